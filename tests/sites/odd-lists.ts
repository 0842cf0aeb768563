import { layout, nextPagerOf, pagerOf, tableOf } from "./layout.ts";
import type { SiteAnswer, SiteHandler, SiteRequest } from "./local-site.ts";
import { pageOf, tenders, type Tender } from "./tenders.ts";

const SIZE = 10;
const TRUTH = tenders(30);
const PAGES = TRUTH.length / SIZE;

const part = (page: number): Tender[] => pageOf(TRUTH, page, SIZE);
const address = (page: number): string => `/tenders?page=${page}`;
const html = (main: string, extra = ""): SiteAnswer => ({ body: layout("Tenders", main, extra) });
const options = (page: number, label: (page: number) => string): string =>
  [1, 2, 3].map((one) => `<option value=${one}${one === page ? " selected" : ""}>${label(one)}</option>`).join("");

/** Thirty tenders on three pages, with whatever pager stands below the table. */
function threePages(draw: (page: number, rows: string) => SiteAnswer): SiteHandler {
  return ({ path, query }) => {
    const page = Number(query.get("page") ?? "1");
    return path === "/tenders" && page >= 1 && page <= PAGES ? draw(page, tableOf(part(page))) : null;
  };
}

function onePage(draw: (request: SiteRequest) => SiteAnswer): SiteHandler {
  return (request) => (request.path === "/tenders" ? draw(request) : null);
}

/** Ways to page that are no row of links. All of them lead to all thirty tenders. */
export const ODD_PAGERS = {
  "a drop-down whose script goes to an address": threePages((page, rows) =>
    html(
      `${rows}<select onchange="window.location='/tenders?page='+this.value">${options(page, (one) => String(one))}</select>`,
    ),
  ),
  "a drop-down beside a button": threePages((page, rows) =>
    html(
      `${rows}<form action="/tenders"><select name="page">${options(page, (one) => String(one))}</select><button>Go</button></form>`,
    ),
  ),
  "a drop-down of ranges": threePages((page, rows) =>
    html(
      `${rows}<form action="/tenders"><select name="page">${options(page, (one) => `${one * 10 - 9}-${one * 10}`)}</select><button>Go</button></form>`,
    ),
  ),
  "buttons with addresses of their own": threePages((page, rows) => {
    const previous = page > 1 ? `<button formaction="${address(page - 1)}">Previous</button>` : "";
    const next = page < PAGES ? `<button formaction="${address(page + 1)}">Next</button>` : "";
    return html(`${rows}<form method="post" action="/nowhere">${previous}${next}</form>`);
  }),
  "buttons with numbers": threePages((page, rows) => {
    const buttons = [1, 2, 3].map(
      (one) => `<button name="page" value="${one}"${one === page ? " disabled" : ""}>${one}</button>`,
    );
    return html(`${rows}<form action="/tenders">${buttons.join("")}</form>`);
  }),
  "cursors in the address": onePage(({ query }) => {
    const after = Number(
      Buffer.from(query.get("after") ?? "", "base64url")
        .toString()
        .slice(4) || "0",
    );
    const cursor = (at: number): string => Buffer.from(`row:${at}`).toString("base64url");
    const previous = after > 0 ? `<a href="/tenders?before=${cursor(after)}">Previous</a>` : "";
    const next = after < 20 ? `<a href="/tenders?after=${cursor(after + SIZE)}">Next</a>` : "";
    return html(`${tableOf(TRUTH.slice(after, after + SIZE))}<p>${previous} ${next}</p>`);
  }),
  "a Link header": threePages((page, rows) => ({
    ...html(rows),
    headers: {
      link: `<${page < PAGES ? address(page + 1) : address(page - 1)}>; rel="${page < PAGES ? "next" : "prev"}"`,
    },
  })),
  "arrows of a page that is written to the left": threePages((page, rows) => {
    const back = page > 1 ? `<a href="${address(page - 1)}">→</a>` : "";
    const on = page < PAGES ? `<a href="${address(page + 1)}">←</a>` : "";
    return html(`<div dir="rtl">${rows}<p class="pager">${back} ${page} ${on}</p></div>`);
  }),
  "a link to all": onePage(({ query }) => {
    const isWhole = query.get("all") === "1";
    return html(
      tableOf(isWhole ? TRUTH : part(1)) + (isWhole ? "" : '<p><a href="/tenders?all=1">Show all 30 tenders</a></p>'),
    );
  }),
  "links to larger pages": onePage(({ query }) => {
    const size = Number(query.get("size") ?? "10");
    const sizes = [10, 25, 50].map((one) => (one === size ? one : `<a href="/tenders?size=${one}">${one}</a>`));
    return html(`<p>Show: ${sizes.join(" | ")} per page</p>${tableOf(TRUTH.slice(0, size))}`);
  }),
  "a page that only sends its visitor on": (request: SiteRequest): SiteAnswer | null =>
    request.path === "/tenders"
      ? { body: '<html><head><meta http-equiv="refresh" content="0; url=/list"></head><body>Moved</body></html>' }
      : request.path === "/list"
        ? html(
            tableOf(part(Number(request.query.get("page") ?? "1"))) +
              pagerOf(Number(request.query.get("page") ?? "1"), PAGES, (page) => `/list?page=${page}`),
          )
        : null,
  "terms above a form that accepts them": (request: SiteRequest): SiteAnswer | null => {
    if (request.path === "/accept")
      return { status: 302, headers: { "set-cookie": "ok=1; Path=/", location: "/tenders" } };
    if (request.cookies.has("ok"))
      return threePages((page, rows) => html(rows + pagerOf(page, PAGES, address)))(request);
    const notice = "<h2>Terms of use</h2><p>You have to accept the terms of use before you see tenders.</p>";
    return html(`${notice}<form method="post" action="/accept"><button>I agree</button></form>`);
  },
} satisfies Record<string, SiteHandler>;

const state = (data: object): SiteAnswer =>
  html(`<div id="app"></div><script id="__NEXT_DATA__" type="application/json">${JSON.stringify(data)}</script>`);
const YEARS = [2026, 2025, 2024].map((year) => `<a href="/tenders?year=${year}">${year}</a>`);
const LETTERS = ["A", "C", "L", "R", "S"].map((letter) => `<a href="/tenders?letter=${letter}">${letter}</a>`);
const TABS = ["Roads", "Estates", "Parks"].map((tab) => `<li><a href="/tenders/${tab.toLowerCase()}">${tab}</a></li>`);

/** Parts of a list that look like all of it: no run over them may claim to be complete. */
export const PARTS_OF_LISTS = {
  "a page that ends in the middle of its table": onePage(() => ({
    body: layout("Tenders", tableOf(part(1))).split(TRUTH[7]?.reference ?? "")[0] ?? "",
  })),
  "a middle page that ends in the middle of its table": threePages((page, rows) => {
    const whole = layout("Tenders", pagerOf(page, PAGES, address) + rows);
    return { body: page === 2 ? (whole.split(TRUTH[15]?.reference ?? "")[0] ?? "") : whole };
  }),
  "one year of an archive": onePage(() => html(`${tableOf(TRUTH.slice(0, 13))}<p>${YEARS.slice(1).join(" | ")}</p>`)),
  "one letter of an alphabet": onePage(() => html(`<p>${LETTERS.join(" ")}</p>${tableOf(TRUTH.slice(0, 13))}`)),
  "one tab of several": onePage(() => html(`<ul class="tabs">${TABS.join("")}</ul>${tableOf(TRUTH.slice(0, 13))}`)),
  "the first part of a script's data": onePage(() => state({ props: { tenders: TRUTH.slice(0, 13), totalCount: 30 } })),
  "a count in Japanese": onePage(() => html(`<p>検索結果：30件</p>${tableOf(TRUTH.slice(0, 13))}`)),
  "a list that shrank while it was read": threePages((page) => {
    const now = page === 1 ? TRUTH : TRUTH.slice(1);
    const rows = tableOf(pageOf(now, page, SIZE));
    return html(`<p>${now.length} tenders found</p>${rows}${pagerOf(page, PAGES, address)}`);
  }),
  "a last page that sends its visitor to the front page": (request: SiteRequest): SiteAnswer | null => {
    if (request.path === "/") return html("<p>Welcome to Exampleton</p>");
    if (request.query.get("page") === "3") return { status: 302, headers: { location: "/" } };
    return threePages((page, rows) => html(rows + nextPagerOf(page, PAGES, address)))(request);
  },
} satisfies Record<string, SiteHandler>;

/** A whole list beside which the site offers all of something else. */
export const listBesideOtherLists: SiteHandler = ({ path }) => {
  if (path === "/tenders") return html(`${tableOf(TRUTH.slice(0, 13))}<p><a href="/news/all">View all news</a></p>`);
  return path === "/news/all" ? html(tableOf(tenders(40).slice(30))) : null;
};
