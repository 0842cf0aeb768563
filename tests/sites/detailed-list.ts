import { layout, pagerOf, tableOf } from "./layout.ts";
import type { SiteHandler } from "./local-site.ts";
import type { PagedOptions } from "./paged-lists.ts";
import { pageOf, tenders, type Tender } from "./tenders.ts";

/** Every tender has a page of its own with a contact and documents. */
export function detailedList({ count, size }: PagedOptions): SiteHandler {
  const truth = tenders(count);
  const pages = Math.ceil(count / size);
  return ({ path, query }) => {
    const one = truth.find(({ href }) => href === path);
    if (one) return { body: detail(one) };
    const page = Number(query.get("page") ?? "1");
    if (path !== "/tenders" || !(page >= 1 && page <= pages)) return null;
    const pager = pagerOf(page, pages, (number) => `/tenders?page=${number}`);
    return { body: layout("Tenders", tableOf(pageOf(truth, page, size)) + pager) };
  };
}

export function contactOf({ reference }: Tender): string {
  return `bids-${reference.toLowerCase()}@exampleton.example`;
}

function detail(one: Tender): string {
  const { reference, title, agency, closes, value } = one;
  return layout(
    title,
    `<dl><dt>Reference number</dt><dd>${reference}</dd><dt>Department</dt><dd>${agency}</dd><dt>Closing date</dt><dd>${closes}</dd>
<dt>Estimated value</dt><dd>${value}</dd><dt>Contact</dt><dd><a href="mailto:${contactOf(one)}">${contactOf(one)}</a></dd></dl>
<h2>Documents</h2>
<ul class="documents"><li><a href="/files/${reference}-notice.pdf">Notice (PDF)</a></li><li><a href="/files/${reference}-terms.pdf">Terms (PDF)</a></li></ul>`,
  );
}
