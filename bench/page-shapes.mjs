// Pages of three shapes for `read-page.mjs`, each with the selectors that a person would write for the same fields in cheerio.
import { renderPage, rowsOf } from "./list-site.mjs";

/** A table of 20 rows and 5 columns: what `replay-http.mjs` serves. */
const table = {
  name: "table, 20 rows of 5 columns",
  render: (page) => renderPage(page, 2000, 20),
  rows: "#tenders > tbody > tr",
  cells: {
    reference: "td.reference",
    title: "td.title",
    buyer: "td.buyer",
    closing: "td.closing",
    value: "td.value",
  },
  links: { url: "td.title > a" },
};

/** Cards as portals made with a framework have them: nested boxes, labels in bold, dates in words, badges, odd spacing. */
const cards = {
  name: "cards, 25 with nested boxes",
  render: (page) => renderCards(page),
  rows: "section.results > article.card",
  cells: {
    title: "h3.card-title > a",
    reference: "dd.reference",
    buyer: "span.buyer",
    closing: "time.closing",
    value: "dd.value",
    summary: "p.summary",
  },
  links: { url: "h3.card-title > a" },
};

/** A long register in one table, with plain cells: nothing but their place tells the columns apart. */
const register = {
  name: "register, 150 rows of 7 columns",
  render: (page) => renderRegister(page),
  rows: "table.register > tbody > tr:not(:first-child)",
  cells: {
    reference: "td:nth-child(1)",
    title: "td:nth-child(2)",
    buyer: "td:nth-child(3)",
    published: "td:nth-child(4)",
    closing: "td:nth-child(5)",
    value: "td:nth-child(6)",
    state: "td:nth-child(7)",
  },
  links: { url: "td:nth-child(1) > a" },
};

export const SHAPES = [table, cards, register];

const MONTHS = "January February March April May June July August September October November December".split(" ");
const inWords = (iso) => `${Number(iso.slice(8))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`;

function frame(title, body) {
  const menu = Array.from(
    { length: 12 },
    (_, at) => `<li class="menu-item"><a href="/topic/${at}">Topic ${at}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${title}</title>
    <link rel="stylesheet" href="/assets/site.css">
    <script>window.settings = {"area": "north", "tracking": false};</script>
  </head>
  <body class="page page--list">
    <header class="site-header"><nav aria-label="Main"><ul class="menu">${menu.join("\n")}</ul></nav></header>
    <main>
      <h1>${title}</h1>
${body}
    </main>
    <footer><p>Published by the northern councils &amp; their partners.</p></footer>
  </body>
</html>`;
}

function renderCards(page) {
  const cards = rowsOf(page, 25).map(
    (row, at) => `
      <article class="card ${at % 2 ? "odd" : "even"}" id="notice-${page * 25 + at}">
        <div class="card-head">
          <h3 class="card-title"><a href="/notices/${row.reference.toLowerCase()}">${row.title}</a></h3>
          <span class="badge badge--${at % 3 ? "open" : "new"}">${at % 3 ? "Open" : "New"}</span>
        </div>
        <div class="card-body">
          <p class="summary">The ${row.buyer} asks for <em>offers</em> for
            ${row.title.toLowerCase()} &ndash; see the documents.</p>
          <dl>
            <dt>Reference</dt><dd class="reference">${row.reference}</dd>
            <dt>Value</dt><dd class="value"><strong>${row.value}</strong></dd>
          </dl>
          <div class="meta">
            <span class="buyer">${row.buyer}</span>
            <time class="closing" datetime="${row.closing}">${inWords(row.closing)}, 12:00</time>
          </div>
        </div>
      </article>`,
  );
  return frame(`Notices, page ${page}`, `      <section class="results">${cards.join("")}\n      </section>`);
}

const STATES = ["Open", "Closed", "Awarded", "Cancelled"];

function renderRegister(page) {
  const rows = rowsOf(page, 150).map(
    (row, at) =>
      `<tr><td><a href="case.aspx?id=${page * 150 + at}">${row.reference}</a></td><td>${row.title}</td><td>${row.buyer}</td>` +
      `<td>${row.closing.split("-").reverse().join("/")}</td><td>${inWords(row.closing)}</td><td>${row.value}</td>` +
      `<td>${STATES[(page + at * 7) % STATES.length]}</td></tr>`,
  );
  const heads = ["Case", "Subject", "Authority", "Published", "Closing", "Value", "State"].map(
    (text) => `<td><b>${text}</b></td>`,
  );
  return frame(
    `Register, page ${page}`,
    `<table class="register" cellspacing="0"><tr>${heads.join("")}</tr>\n${rows.join("\n")}\n</table>`,
  );
}
