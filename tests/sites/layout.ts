import type { Tender } from "./tenders.ts";

/** A whole page of the made-up authority, with the navigation and footer that real pages have around their list. */
export function layout(title: string, main: string, extra = ""): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} – Borough of Exampleton</title></head>
<body>
<header><a href="/">Borough of Exampleton</a>
<nav><ul><li><a href="/council">Council</a></li><li><a href="/services">Services</a></li><li><a href="/tenders">Tenders</a></li><li><a href="/news">News</a></li></ul></nav></header>
<main><h1>${title}</h1>
${main}
</main>
<footer><p>Town Hall, 1 High Street, Exampleton</p><ul><li><a href="/privacy">Privacy</a></li><li><a href="/contact">Contact</a></li></ul></footer>
${extra}
</body></html>`;
}

export function tableOf(tenders: readonly Tender[]): string {
  const rows = tenders.map(
    ({ reference, title, agency, closes, value, href }) =>
      `<tr><td>${reference}</td><td><a href="${href}">${title}</a></td><td>${agency}</td><td>${closes}</td><td>${value}</td></tr>`,
  );
  return `<table class="tenders"><thead><tr><th>Reference</th><th>Title</th><th>Department</th><th>Closing date</th><th>Value</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody></table>`;
}

export function cardsOf(tenders: readonly Tender[]): string {
  const cards = tenders.map(
    ({ reference, title, agency, closes, href }) => `<article class="card">
<h2><a href="${href}">${title}</a></h2>
<p class="reference">Reference: <strong>${reference}</strong></p>
<dl><dt>Department</dt><dd>${agency}</dd><dt>Closing date</dt><dd>${closes}</dd></dl>
</article>`,
  );
  return `<section class="cards">\n${cards.join("\n")}\n</section>`;
}

/** `1 2 3 … Next`, the current page unlinked. */
export function pagerOf(page: number, pages: number, href: (page: number) => string): string {
  const links = Array.from({ length: pages }, (_, at) => at + 1).map((number) =>
    number === page ? `<span class="current">${number}</span>` : `<a href="${href(number)}">${number}</a>`,
  );
  const previous = page > 1 ? `<a rel="prev" href="${href(page - 1)}">Previous</a> ` : "";
  const next = page < pages ? ` <a rel="next" href="${href(page + 1)}">Next</a>` : "";
  return `<nav class="pager" aria-label="Pages">${previous}${links.join(" ")}${next}</nav>`;
}

/** Only `Previous` and `Next`. */
export function nextPagerOf(page: number, pages: number, href: (page: number) => string): string {
  const previous = page > 1 ? `<a href="${href(page - 1)}">Previous page</a>` : "";
  const next = page < pages ? `<a href="${href(page + 1)}">Next page</a>` : "";
  return `<p class="paging">${previous} ${next}</p>`;
}
