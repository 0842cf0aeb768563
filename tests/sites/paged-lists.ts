import { cardsOf, layout, nextPagerOf, pagerOf, tableOf } from "./layout.ts";
import type { SiteHandler } from "./local-site.ts";
import { pageOf, tenders, type Tender } from "./tenders.ts";

export interface PagedOptions {
  readonly count: number;
  readonly size: number;
  /** Say "1–10 of 34" above the list. */
  readonly declaresTotal?: boolean;
}

function declared(page: number, size: number, count: number): string {
  return `<p>Showing ${(page - 1) * size + 1}–${Math.min(count, page * size)} of ${count} tenders</p>`;
}

/** A table cut into numbered pages, `/tenders?page=2`. */
export function numberedTable({ count, size, declaresTotal = false }: PagedOptions): SiteHandler {
  const truth = tenders(count);
  const pages = Math.ceil(count / size);
  return ({ path, query }) => {
    const page = Number(query.get("page") ?? "1");
    if (path !== "/tenders" || !(page >= 1 && page <= pages)) return null;
    const total = declaresTotal ? declared(page, size, count) : "";
    const pager = pages > 1 ? pagerOf(page, pages, (number) => `/tenders?page=${number}`) : "";
    return { body: layout("Tenders", total + tableOf(pageOf(truth, page, size)) + pager) };
  };
}

/** Cards with "Next page" only. */
export function cardList({ count, size }: PagedOptions): SiteHandler {
  const truth = tenders(count);
  const pages = Math.ceil(count / size);
  return ({ path }) => {
    const page = path === "/tenders" ? 1 : Number(/^\/tenders\/page\/(\d+)$/.exec(path)?.[1] ?? "0");
    if (!(page >= 1 && page <= pages)) return null;
    const pager = nextPagerOf(page, pages, (number) => `/tenders/page/${number}`);
    return { body: layout("Tenders", cardsOf(pageOf(truth, page, size)) + pager) };
  };
}

/** One tender stands on top of every page. */
export function pinnedList({ count, size }: PagedOptions): SiteHandler {
  const all = tenders(count);
  const [pinned, ...rest] = all;
  const pages = Math.ceil(rest.length / size);
  return ({ path, query }) => {
    const page = Number(query.get("page") ?? "1");
    if (path !== "/tenders" || !pinned || !(page >= 1 && page <= pages)) return null;
    const pager = pagerOf(page, pages, (number) => `/tenders?page=${number}`);
    return { body: layout("Tenders", tableOf([pinned, ...pageOf(rest, page, size)]) + pager) };
  };
}

/** The last "Next page" leads to the last page again. */
export function loopingList({ count, size }: PagedOptions): SiteHandler {
  const truth = tenders(count);
  const pages = Math.ceil(count / size);
  return ({ path, query }) => {
    const asked = Number(query.get("page") ?? "1");
    if (path !== "/tenders") return null;
    const page = Math.min(asked, pages);
    const pager = nextPagerOf(asked, asked + 1, (number) => `/tenders?page=${number}`);
    return { body: layout("Tenders", tableOf(pageOf(truth, page, size)) + pager) };
  };
}

/** New tenders arrive on top while the list is read, so that every page begins with records of the page before. */
export function changingList({ count, size }: PagedOptions, arrivals: readonly Tender[]): SiteHandler {
  let current = tenders(count);
  const waiting = [...arrivals];
  return ({ path, query }) => {
    const page = Number(query.get("page") ?? "1");
    if (path !== "/tenders") return null;
    const arrived = page > 1 ? waiting.shift() : undefined;
    if (arrived) current = [arrived, ...current];
    const pages = Math.ceil(current.length / size);
    if (page > pages) return null;
    const pager = nextPagerOf(page, pages, (number) => `/tenders?page=${number}`);
    return { body: layout("Tenders", tableOf(pageOf(current, page, size)) + pager) };
  };
}

/** Every page carries an ETag and is answered with 304 while it does not change. */
export function validatedList(options: PagedOptions): SiteHandler {
  const plain = numberedTable(options);
  return (request) => {
    const answer = plain(request);
    if (!answer) return null;
    const etag = `"page-${request.query.get("page") ?? "1"}-v1"`;
    if (request.headers["if-none-match"] === etag) return { status: 304, headers: { etag } };
    return { ...answer, headers: { etag } };
  };
}
