import { layout, nextPagerOf, pagerOf } from "./layout.ts";
import type { SiteHandler } from "./local-site.ts";
import { pageOf, type Tender } from "./tenders.ts";

/** Lists that nobody finds, or tells apart, without understanding words. */

interface PagedList {
  readonly rows: readonly Tender[];
  readonly size: number;
}

/** Without headers: what a column holds has to be seen. */
function bareTable(rows: readonly Tender[], name: string | null = "notices"): string {
  const cells = rows.map(
    ({ reference, title, closes, href }) =>
      `<tr><td>${reference}</td><td><a href="${href}">${title}</a></td><td>${closes}</td></tr>`,
  );
  return `<table${name === null ? "" : ` class="${name}"`}>${cells.join("")}</table>`;
}

/** A welcome with news that look like records; behind one link a register in numbered pages. */
export function registerBehindWelcome({ rows, size }: PagedList): SiteHandler {
  const pages = Math.ceil(rows.length / size);
  const news = ["Council meets on Tuesday", "Library opens late", "New park benches"]
    .map((title, at) => `<li><a href="/news/${at}">${title} and everybody is welcome to it</a></li>`)
    .join("");
  return ({ path, query }) => {
    if (path === "/")
      return { body: layout("Welcome", `<ul>${news}</ul><p><a href="/register">Open tenders of the borough</a></p>`) };
    if (path !== "/register") return null;
    const page = Number(query.get("page") ?? "1");
    const pager = pagerOf(page, pages, (to) => `/register?page=${to}`);
    const told = `<p>${rows.length} tenders</p>`;
    return { body: layout("Open tenders", `${told}${bareTable(pageOf(rows, page, size))}${pager}`) };
  };
}

const NEWS = [
  "Council meets again",
  "Library opens late",
  "New benches in the park",
  "Road closed for repairs",
  "Fair in June",
];

/** More news than tenders, each with a date, a link and a few words: more of a list than the list below it. */
function newsOf(count: number): string {
  const items = Array.from({ length: count }, (_, at) => {
    const title = `${NEWS[at % NEWS.length] ?? ""} in the ${at + 1}th week`;
    const words = "Everybody is welcome to come and see, the mayor said to the local paper this week.";
    return `<li><time>${(at % 28) + 1} March 2026</time> <a href="/news/${at}">${title}</a><p>${words}</p></li>`;
  });
  return `<h2>News</h2><ul class="news">${items.join("")}</ul>`;
}

/** A home page whose news look more like records than the few tenders below them. */
export function tendersBelowNews(rows: readonly Tender[]): SiteHandler {
  return ({ path }) =>
    path === "/" ? { body: layout("Welcome", `${newsOf(24)}<h2>Open tenders</h2>${bareTable(rows)}`) } : null;
}

/** A home page that is all news; the tenders are behind one link. */
export function tendersBehindNews(rows: readonly Tender[]): SiteHandler {
  return ({ path }) => {
    if (path === "/")
      return { body: layout("Welcome", `${newsOf(24)}<p><a href="/open">Open tenders of the borough</a></p>`) };
    return path === "/open" ? { body: layout("Open tenders", bareTable(rows)) } : null;
  };
}

/** What a search for each state finds; a search for none finds nothing, and says so. */
export interface SearchedLists {
  readonly lists: Readonly<Record<string, readonly Tender[]>>;
  readonly size: number;
}

/** A form whose state has to be chosen before it finds anything. */
export function listBehindChoice({ lists, size }: SearchedLists): SiteHandler {
  const options = Object.keys(lists).map((state) => `<option value="${state}">${state}</option>`);
  const form = `<form role="search" action="/found"><label>State of the tender
    <select name="state"><option value="">please choose</option>${options.join("")}</select></label>
    <button>Search</button></form>`;
  return ({ path, query }) => {
    if (path === "/") return { body: layout("Search the register", form) };
    if (path !== "/found") return null;
    const state = query.get("state") ?? "";
    const rows = lists[state];
    if (!rows) return { body: layout("Nothing found", `<p>Please choose a state.</p>${form}`) };
    const page = Number(query.get("page") ?? "1");
    const pager = nextPagerOf(page, Math.ceil(rows.length / size), (to) => `/found?state=${state}&page=${to}`);
    const told = `<p>${rows.length} tenders found</p>`;
    return { body: layout("Results", `${told}${bareTable(pageOf(rows, page, size))}${pager}`) };
  };
}

/** Two lists that look the same but for the heading above them. */
export function twinLists(lists: Readonly<Record<string, readonly Tender[]>>): SiteHandler {
  const sections = Object.entries(lists).map(([heading, rows]) => {
    const id = heading.toLowerCase().replaceAll(" ", "-");
    return `<section><h2>${heading}</h2>${bareTable(rows, id)}</section>`;
  });
  return ({ path }) => (path === "/tenders" ? { body: layout("Notices", sections.join("")) } : null);
}

/** The same with nothing of their own, not even a class. */
export function bareTwins(lists: Readonly<Record<string, readonly Tender[]>>): SiteHandler {
  const sections = Object.entries(lists).map(
    ([heading, rows]) => `<section><h2>${heading} (${rows.length})</h2>${bareTable(rows, null)}</section>`,
  );
  return ({ path }) => (path === "/tenders" ? { body: layout("Notices", sections.join("")) } : null);
}

/** Tiles without a word, told apart by their colour alone; a script leads on. */
export function listBehindColour(rows: readonly Tender[]): SiteHandler {
  const colours = ["#1864ab", "#e67700", "#2b8a3e", "#5f3dc4", "#495057"];
  const tiles = colours.map((_, at) => `<button type="button" class="tile t${at}" data-goto="/s/${at}"></button>`);
  const rules = colours.map((colour, at) => `.t${at}{background:${colour}}`);
  const style = `<style>.tile{display:block;width:220px;height:90px;margin:12px;border:0}${rules.join("")}</style>`;
  const script = `<script>for (const tile of document.querySelectorAll("[data-goto]"))
    tile.addEventListener("click", () => location.assign(tile.dataset.goto));</script>`;
  const green = `/s/${colours.indexOf("#2b8a3e")}`;
  return ({ path }) => {
    if (path === "/") return { body: layout("Welcome", `${style}<p>Please choose.</p>${tiles.join("")}`, script) };
    if (path === green) return { body: layout("Notices", bareTable(rows)) };
    return path.startsWith("/s/") ? { body: layout("Something else", "<p>Nothing is bought here.</p>") } : null;
  };
}

/** Closed folds, of which a script fills the one that is opened. */
export function listInAccordion(rows: readonly Tender[]): SiteHandler {
  const folds = ["About the purchasing office", "Open notices", "Terms of purchase"].map(
    (title, at) =>
      `<h2><button type="button" aria-expanded="false" data-fold="${at}">${title}</button></h2><div id="fold-${at}"></div>`,
  );
  const contents = JSON.stringify(["<p>We buy for the borough.</p>", bareTable(rows), "<p>Our terms.</p>"]);
  const script = `<script>const contents = ${contents};
    for (const button of document.querySelectorAll("[data-fold]")) button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", "true");
      document.getElementById("fold-" + button.dataset.fold).innerHTML = contents[button.dataset.fold];
    });</script>`;
  return ({ path }) => (path === "/" ? { body: layout("Purchasing", folds.join(""), script) } : null);
}
