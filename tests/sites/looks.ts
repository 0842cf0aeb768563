import type { Notice } from "./notices.ts";
import type { Tongue } from "./tongues.ts";

export const COLUMNS = ["reference", "title", "buyer", "posted", "closes", "value"] as const;

export type Part = (typeof COLUMNS)[number];

/** How a list is drawn: which parts of a notice, in this order. Without an order all of them. */
export type Look = (rows: readonly Notice[], tongue: Tongue, order?: readonly Part[]) => string;

const link = ({ href, title }: Notice): string => `<a href="${href}">${title}</a>`;
const cells = (notice: Notice, tongue: Tongue): Readonly<Record<Part, string>> => ({
  reference: notice.reference,
  title: link(notice),
  buyer: notice.buyer,
  posted: tongue.date(notice.posted),
  closes: tongue.date(notice.closes),
  value: tongue.money(notice.value),
});
const each = (rows: readonly Notice[], draw: (notice: Notice) => string): string => rows.map(draw).join("\n");

/** A table with a head. */
export const tableLook: Look = (
  rows,
  tongue,
  order = COLUMNS,
) => `<table class="wp-block-table sortable"><thead><tr>${order
  .map((part) => `<th scope="col">${tongue.labels[part]}</th>`)
  .join("")}</tr></thead><tbody>
${each(rows, (notice) => `<tr>${order.map((part) => `<td>${cells(notice, tongue)[part]}</td>`).join("")}</tr>`)}
</tbody></table>`;

/** A table without classes whose head is an ordinary row, in colours. */
export const plainTableLook: Look = (
  rows,
  tongue,
  order = COLUMNS,
) => `<table border="1" cellpadding="3"><tr bgcolor="#cccccc">${order
  .map((part) => `<td><b>${tongue.labels[part]}</b></td>`)
  .join("")}</tr>
${each(
  rows,
  (notice) =>
    `<tr>${order.map((part) => `<td><font face="Arial" size="2">${cells(notice, tongue)[part]}</font></td>`).join("")}</tr>`,
)}
</table>`;

/** Cards with a list of terms. */
export const cardLook: Look = (rows, tongue, order = COLUMNS) => `<div class="grid gap-6 md:grid-cols-3">
${each(rows, (notice) => {
  const { title, ...others } = cells(notice, tongue);
  const terms = order
    .filter((part) => part !== "title")
    .map(
      (part) => `<div class="flex"><dt class="font-medium">${tongue.labels[part]}</dt><dd>${others[part]}</dd></div>`,
    );
  return `<article class="rounded-lg border p-4"><h3 class="text-lg">${title}</h3><dl>${terms.join("")}</dl></article>`;
})}
</div>`;

/** List items whose lines begin with their label. */
export const lineLook: Look = (rows, tongue, order = COLUMNS) => `<ul class="tender-list">
${each(rows, (notice) => {
  const { title, ...others } = cells(notice, tongue);
  const lines = order.filter((part) => part !== "title").map((part) => `${tongue.labels[part]}: ${others[part]}`);
  return `<li><strong>${title}</strong><br>${lines.join("<br>")}</li>`;
})}
</ul>`;

/** Rows of a grid of divisions. */
export const gridLook: Look = (rows, tongue, order = COLUMNS) => `<div class="container">
<div class="row header">${order.map((part) => `<div class="col-md-2"><b>${tongue.labels[part]}</b></div>`).join("")}</div>
${each(
  rows,
  (notice) =>
    `<div class="row item">${order.map((part) => `<div class="col-md-2 col-${part}">${cells(notice, tongue)[part]}</div>`).join("")}</div>`,
)}
</div>`;

/** A content system's rows of fields, each with its label. */
export const fieldLook: Look = (rows, tongue, order = COLUMNS) => `<div class="view-content">
${each(rows, (notice) => {
  const { title, ...others } = cells(notice, tongue);
  const fields = order
    .filter((part) => part !== "title")
    .map(
      (part) =>
        `<div class="views-field views-field-field-${part}"><span class="views-label">${tongue.labels[part]}: </span><span class="field-content">${others[part]}</span></div>`,
    );
  return `<div class="views-row"><div class="views-field views-field-title"><span class="field-content">${title}</span></div>${fields.join("")}</div>`;
})}
</div>`;

/** One body of a table for each record, its values in two rows; all of them, in one order. */
export const pairLook: Look = (rows, tongue) => `<table class="ms-listviewtable">
${each(rows, (notice) => {
  const { reference, title, buyer, posted, closes, value } = cells(notice, tongue);
  return `<tbody><tr class="ms-itmhover"><td rowspan="2">${reference}</td><td colspan="3">${title}</td></tr><tr><td>${buyer}</td><td>${tongue.labels.posted} ${posted}<br>${tongue.labels.closes} ${closes}</td><td>${value}</td></tr></tbody>`;
})}
</table>`;
