import { layout } from "./layout.ts";
import type { SiteHandler } from "./local-site.ts";
import type { PagedOptions } from "./paged-lists.ts";
import { pageOf, tenders, type Tender } from "./tenders.ts";

const NEWS = [
  "Council meets on Tuesday",
  "Library opens late",
  "New park benches",
  "Road closed for repairs",
  "Town fair in June",
];

/** A home page with news that look like records; the list is two links away. */
export function listBehindMenu({ count, size }: PagedOptions): SiteHandler {
  return ({ path, query }) => {
    if (path === "/") {
      const news = NEWS.map(
        (title, at) => `<li><a href="/news/${at}">${title} and everybody is welcome to it</a></li>`,
      );
      return {
        body: layout(
          "Welcome",
          `<h2>News</h2><ul>${news.join("")}</ul><p><a href="/business">Doing business: bids and contracts</a></p>`,
        ),
      };
    }
    if (path === "/business")
      return {
        body: layout("Business", `<p>All notices stand on one page.</p><p><a href="/open">Open tenders</a></p>`),
      };
    if (path !== "/open") return null;
    const page = Number(query.get("page") ?? "1");
    const next = page * size < count ? `<p><a href="/open?page=${page + 1}">Next</a></p>` : "";
    return {
      body: layout("Open tenders", `<p>${count} tenders</p>${tableOf(pageOf(tenders(count), page, size))}${next}`),
    };
  };
}

/** A list that a script shows when a tab is pressed; the address stays the same. */
export function listBehindTab({ count }: PagedOptions): SiteHandler {
  const data = JSON.stringify(
    tenders(count).map(({ reference, title, closes, href }) => ({ reference, title, closes, href })),
  );
  return ({ path }) =>
    path !== "/"
      ? null
      : {
          body: layout(
            "Register",
            `<div role="tablist"><button type="button" role="tab" id="about">About us</button><button type="button" role="tab" id="open">Open notices</button></div>
             <div id="panel"><p>We buy for the borough.</p></div>`,
            `<script>document.getElementById("open").addEventListener("click", () => {
               document.getElementById("panel").innerHTML = "<table>" + ${data}.map((t) => "<tr><td>" + t.reference + "</td><td><a href='" + t.href + "'>" + t.title + "</a></td><td>" + t.closes + "</td></tr>").join("") + "</table>";
             });</script>`,
          ),
        };
}

/** A register that shows its list only after a search was sent, with a token that is good for one visitor. */
export function listBehindSearch({ count, size }: PagedOptions): SiteHandler {
  return ({ path, form, query, cookies, askedBefore }) => {
    const token = `t${askedBefore}`;
    if (path === "/") return { body: layout("Register", `<p>Welcome.</p><p><a href="/search">Find notices</a></p>`) };
    if (path === "/search") {
      const fields = `<input type="hidden" name="__token" value="${token}"><label>Keyword <input type="search" name="q"></label>
        <label>State <select name="state"><option value="">any</option><option value="open">open</option></select></label>`;
      const search = `<form role="search" method="post" action="/results">${fields}<button name="go" value="1">Search</button></form>`;
      return { headers: { "set-cookie": `token=${token}; Path=/` }, body: layout("Search", search) };
    }
    const isSearched = form.get("__token") !== null && form.get("__token") === cookies.get("token");
    if (path !== "/results" || !(isSearched || (cookies.has("token") && query.has("page")))) return null;
    const page = Number(query.get("page") ?? "1");
    const next = page * size < count ? `<p><a href="/results?page=${page + 1}">Next</a></p>` : "";
    return {
      body: layout("Results", `<p>${count} notices found</p>${tableOf(pageOf(tenders(count), page, size))}${next}`),
    };
  };
}

/** Without headers and with words that a rule could trip over. */
function tableOf(rows: readonly Tender[]): string {
  const cells = rows.map(
    ({ reference, title, closes, href }) =>
      `<tr><td>${reference}</td><td><a href="${href}">${title}</a></td><td>${closes}</td></tr>`,
  );
  return `<table>${cells.join("")}</table>`;
}
