import type { Tender } from "./tender.ts";

export const PAGE_SIZE = 10;

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem;color:#1b2733}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #d5dde5}
nav ul{display:flex;flex-wrap:wrap;gap:.8rem;list-style:none;padding:0}.pager a,.pager b{padding:0 .4rem}
dt{font-weight:600}.off-screen{display:none}`;

const MONEY = new Intl.NumberFormat("en-GB", { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

/** One of the list pages, from 1. */
export function listPage(tenders: readonly Tender[], page: number): string {
  const pages = Math.ceil(tenders.length / PAGE_SIZE);
  const from = (page - 1) * PAGE_SIZE;
  const shown = tenders.slice(from, from + PAGE_SIZE);
  const rows = shown.map(
    (tender) => `<tr>
  <td>${tender.reference}</td>
  <td><a href="/tenders/${tender.reference}">${escape(tender.title)}</a></td>
  <td>${escape(tender.department)}</td>
  <td>${tender.kind}</td>
  <td>${day(tender.published)}</td>
  <td>${day(tender.closes)}</td>
  <td>${tender.status}</td>
</tr>`,
  );
  const links = Array.from({ length: pages }, (_, at) =>
    at + 1 === page ? `<b aria-current="page">${at + 1}</b>` : `<a href="/tenders?page=${at + 1}">${at + 1}</a>`,
  );
  const next = page < pages ? `<a rel="next" href="/tenders?page=${page + 1}">Next</a>` : "";
  const previous = page > 1 ? `<a rel="prev" href="/tenders?page=${page - 1}">Previous</a>` : "";
  return frame(
    `Tenders, page ${page}`,
    `<h1>Current tenders</h1>
<p>Showing ${from + 1}–${from + shown.length} of ${tenders.length} tenders</p>
<table>
<thead><tr><th>Reference</th><th>Title</th><th>Department</th><th>Type</th><th>Published</th><th>Closing date</th><th>Status</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
<p class="pager">${previous} ${links.join(" ")} ${next}</p>
<p class="off-screen"><a href="/calendar/2026-01">Calendar of all months</a></p>`,
  );
}

export function detailPage(tender: Tender): string {
  const { contact, documents } = tender;
  const files = documents.map(({ file, label }) => `<li><a href="/documents/${file}">${label}</a></li>`);
  return frame(
    tender.title,
    `<h1>${escape(tender.title)}</h1>
<p>${escape(tender.summary)}</p>
<dl>
<dt>Reference</dt><dd>${tender.reference}</dd>
<dt>Department</dt><dd>${escape(tender.department)}</dd>
<dt>Published</dt><dd>${day(tender.published)}</dd>
<dt>Closing date</dt><dd>${day(tender.closes)}, 12:00 UTC</dd>
<dt>Estimated value</dt><dd>${MONEY.format(tender.value)}</dd>
<dt>Contact</dt><dd>${contact.name}</dd>
<dt>E-mail</dt><dd><a href="mailto:${contact.email}">${contact.email}</a></dd>
<dt>Telephone</dt><dd>${contact.phone}</dd>
</dl>
<h2>Documents</h2>
<ul>
${files.join("\n")}
</ul>
<p><a href="/tenders">Back to all tenders</a></p>`,
  );
}

/** The trap: looks like a list with a next page, holds nothing, and never ends. robots.txt forbids it. */
export function calendarPage(month: string): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  const next = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1)).toISOString().slice(0, 7);
  const days = Array.from(
    { length: 28 },
    (_, index) => `<li><a href="/calendar/${month}?day=${index + 1}">${index + 1}</a></li>`,
  );
  return frame(
    `Calendar ${month}`,
    `<h1>${month}</h1><ul>${days.join("")}</ul><a rel="next" href="/calendar/${next}">Next month</a>`,
  );
}

export function homePage(): string {
  return frame(
    "Welcome",
    `<h1>Port Merrow</h1><p>A harbour town that does not exist. <a href="/tenders">See what it wants to buy.</a></p>`,
  );
}

export function missingPage(): string {
  return frame("Not found", "<h1>Not found</h1><p>There is no such page in Port Merrow.</p>");
}

function frame(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escape(title)} – Port Merrow</title><style>${STYLE}</style></head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/tenders">Tenders</a></li><li><a href="/">Council</a></li><li><a href="/">News</a></li></ul></nav>
<main>
${body}
</main>
<footer><p>Port Merrow is part of Gleaner's demonstration. Write to council@portmerrow.example</p></footer>
</body>
</html>
`;
}

function day(iso: string): string {
  return `<time datetime="${iso}">${DAY.format(new Date(iso))}</time>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
