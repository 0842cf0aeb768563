import { cardsOf, layout, nextPagerOf, pagerOf, tableOf } from "./layout.ts";
import type { SiteAnswer, SiteHandler } from "./local-site.ts";
import { pageOf, tenders, type Tender } from "./tenders.ts";

const SIZE = 10;
const TRUTH = tenders(30);
const PAGES = TRUTH.length / SIZE;

const address = (page: number): string => `/tenders?page=${page}`;
const part = (page: number, all: readonly Tender[] = TRUTH): Tender[] => pageOf(all, page, SIZE);
const html = (main: string): SiteAnswer => ({ body: layout("Tenders", main) });

/** Pages of ten, by the query. */
function paged(pages: number, draw: (page: number) => SiteAnswer): SiteHandler {
  return ({ path, query }) => {
    const page = Number(query.get("page") ?? "1");
    return path === "/tenders" && page >= 1 && page <= pages ? draw(page) : null;
  };
}

function onePage(main: string): SiteHandler {
  return ({ path }) => (path === "/tenders" ? html(main) : null);
}

const saying = (words: string): SiteHandler =>
  paged(PAGES, (page) => html(`<p>${words}</p>${tableOf(part(page))}${nextPagerOf(page, PAGES, address)}`));

/** Lists that end without being whole, and say so in one way or another. None may be called complete. */
export const FALSE_ENDS = {
  "a total that is only a lower bound": saying("1000+ results"),
  "a total in words that is only a lower bound": saying("More than 500 results found"),
  "a cap that the search reached": saying(
    "Your search returned too many results. Only the first 30 are shown. Please refine your search.",
  ),
  "a filter that hides most": onePage(
    `<form action="/tenders"><select name="status"><option selected>Open</option><option>All</option></select><button>Filter</button></form>
<p>12 of 30 tenders shown. 18 are hidden by the filter.</p>${tableOf(TRUTH.slice(0, 12))}`,
  ),
  "a last row that says how many follow": onePage(
    tableOf(part(1)).replace("</tbody>", '<tr><td colspan="5">… and 20 more tenders</td></tr></tbody>'),
  ),
  "the beginnings of two sections": onePage(
    ["Roads", "Estates"]
      .map((name, at) => {
        const link = `<p><a href="/tenders/${name.toLowerCase()}">View all 15 ${name} tenders</a></p>`;
        return `<h2>${name}</h2>${tableOf(TRUTH.slice(at * 5, at * 5 + 5))}${link}`;
      })
      .join(""),
  ),
  "years that a script unfolds": onePage(
    `<h3>2026 (10)</h3>${tableOf(part(1))}<h3><a href="#" onclick="load(2025)">2025 (20)</a></h3><div id="y2025"></div>`,
  ),
  "a year that is chosen beforehand": onePage(
    `<form action="/tenders"><select name="year"><option selected>2026</option><option>2025</option><option>2024</option></select></form>${tableOf(TRUTH.slice(0, 13))}`,
  ),
  "one month of a calendar": (({ path, query }) => {
    const month = Number(query.get("month") ?? "1");
    const rows = month >= 1 && month <= PAGES ? tableOf(part(month)) : "<p>There are no events in this month.</p>";
    const to = (other: number): string => `/tenders?month=${other}`;
    const ways = `<a href="${to(month - 1)}">« Previous month</a> <a href="${to(month + 1)}">Next month »</a>`;
    return path === "/tenders" ? html(`<p>${ways}</p>${rows}`) : null;
  }) satisfies SiteHandler,
} satisfies Record<string, SiteHandler>;

/** Pagers that lead past pages, or lead on by something else than "next". */
export const LEAPING_PAGERS = {
  "a next link that leads ten pages on": paged(12, (page) => {
    const block = Math.floor((page - 1) / 10) * 10;
    const numbers = Array.from({ length: Math.min(10, 12 - block) }, (_, at) => block + at + 1);
    const links = numbers.map((one) => (one === page ? `<b>${one}</b>` : `<a href="${address(one)}">${one}</a>`));
    const back = block > 0 ? `<a href="${address(block)}">Previous 10</a>` : "";
    const on = block < 10 ? `<a href="${address(11)}">Next 10</a>` : "";
    return html(`${tableOf(part(page, tenders(120)))}<p>${back} ${links.join(" ")} ${on}</p>`);
  }),
  "dots that lead to the next three pages": paged(6, (page) => {
    const block = Math.floor((page - 1) / 3) * 3;
    const links = [1, 2, 3].map((at) => {
      const one = block + at;
      return one === page ? `<span>${one}</span>` : `<a href="${address(one)}">${one}</a>`;
    });
    const back = block > 0 ? `<a href="${address(block)}">...</a>` : "";
    const on = block < 3 ? `<a href="${address(4)}">...</a>` : "";
    return html(`${tableOf(part(page, tenders(60)))}<p>${back} ${links.join(" ")} ${on}</p>`);
  }),
  "buttons whose script goes to an address": paged(PAGES, (page) => {
    const button = (to: number, label: string): string =>
      `<button type="button" onclick="location.href='${address(to)}'">${label}</button>`;
    const ways = `${page > 1 ? button(page - 1, "Back") : ""} ${page < PAGES ? button(page + 1, "Next") : ""}`;
    return html(`${tableOf(part(page))}<p>${ways}</p>`);
  }),
} satisfies Record<string, SiteHandler>;

/** A whole list whose page goes on to another page of the site, not of the list. */
export const nextPageOfTheSite: SiteHandler = ({ path }) => {
  if (path === "/tenders")
    return html(`${tableOf(TRUTH.slice(0, 13))}<nav><a rel="next" href="/about">Next: About us →</a></nav>`);
  return path === "/about" ? html("<p>We are the borough.</p>") : null;
};

/** Advertisements drawn like the records, on every page. */
export const sponsoredCards: SiteHandler = paged(PAGES, (page) => {
  const advertisement = `<article class="card sponsored"><h2><a href="https://ads.example.com/1">Win more contracts</a></h2>
<p class="reference">Sponsored: <strong>Advertisement</strong></p></article>`;
  const cards = cardsOf(part(page)).replace('<section class="cards">', `<section class="cards">${advertisement}`);
  return html(cards + pagerOf(page, PAGES, address));
});
