import type { Located } from "../embedded/embedded-data.ts";
import { leafText } from "../embedded/quote-leaf.ts";
import { locate } from "../embedded/record-arrays.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import type { DataPaging } from "./data-paging-rule.ts";
import type { LinkStep } from "./pagination.ts";

/** What an answer tells of the rest: its records, and how many there are in all. */
export interface DataPart {
  readonly data: Located | null;
  readonly count: number;
  readonly total: number | null;
}

/** Where the next part is; null where this is the last one. An address leads only to the host it was asked of. */
export function nextPart(paging: DataPaging, page: Page, { data, count, total }: DataPart): LinkStep | null {
  const here = page.url === null ? null : URL.parse(page.url);
  if (!here || count === 0) return null;
  if (paging.by === "number") return numbered(paging, here, { count, total });
  const leaf = data && locate(data, paging.keys);
  const said = leaf ? leafText(leaf) : "";
  if (said === "") return null;
  if (paging.by === "cursor") return link(withParameter(here, paging.parameter, said), here);
  const next = URL.parse(resolveUrl(said, page.baseUrl) ?? "");
  return next && next.host === here.host ? link(next, here) : null;
}

function numbered(
  { parameter: name, first, step, size }: Extract<DataPaging, { by: "number" }>,
  here: URL,
  { count, total }: { count: number; total: number | null },
): LinkStep | null {
  const said = here.searchParams.get(name);
  const now = said !== null && /^\d{1,9}$/.test(said) ? Number(said) : first;
  const page = Math.round((now - first) / step) + 1;
  const isLast = total === null ? count < size : (page - 1) * size + count >= total;
  return isLast ? null : link(withParameter(here, name, String(now + step)), here, page + 1);
}

function withParameter(here: URL, name: string, value: string): URL {
  const next = new URL(here);
  next.searchParams.set(name, value);
  return next;
}

/** An answer that names itself as the next one would be asked for for ever. */
function link(next: URL, here: URL, page?: number): LinkStep | null {
  if (next.href === here.href) return null;
  return { kind: "link", url: next.href, role: "next", label: "", ...(page === undefined ? {} : { page }) };
}
