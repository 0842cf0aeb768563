import { COLUMNS, type Look, type Part } from "./looks.ts";
import type { Notice } from "./notices.ts";
import type { Tongue } from "./tongues.ts";

/** What stands in one place of every record. */
export interface Shown {
  readonly part: Part | "extra";
  readonly label: string;
  readonly of: (notice: Notice) => string;
}

/** Changes what a list shows before it is drawn. */
export type Choice = (columns: readonly Shown[], tongue: Tongue) => readonly Shown[];

const link = ({ href, title }: Notice): string => `<a href="${href}">${title}</a>`;

export function columnsFor(tongue: Tongue, order: readonly Part[] = COLUMNS): Shown[] {
  const of: Readonly<Record<Part, Shown["of"]>> = {
    reference: ({ reference }) => reference,
    title: link,
    buyer: ({ buyer }) => buyer,
    posted: ({ posted }) => tongue.date(posted),
    closes: ({ closes }) => tongue.date(closes),
    value: ({ value }) => tongue.money(value),
  };
  return order.map((part) => ({ part, label: tongue.labels[part], of: of[part] }));
}

type Draw = (rows: readonly Notice[], columns: readonly Shown[]) => string;

/** A look of any columns. */
export function drawn(draw: Draw, choose: Choice = (columns) => columns): Look {
  return (rows, tongue, order) => draw(rows, choose(columnsFor(tongue, order), tongue));
}

const each = (rows: readonly Notice[], draw: (notice: Notice, at: number) => string): string =>
  rows.map(draw).join("\n");
const cellsOf = (notice: Notice, columns: readonly Shown[]): string =>
  columns.map(({ of }) => `<td>${of(notice)}</td>`).join("");
const headOf = (columns: readonly Shown[]): string =>
  `<thead><tr>${columns.map(({ label }) => `<th scope="col">${label}</th>`).join("")}</tr></thead>`;

export const sheet: Draw = (rows, columns) =>
  `<table class="wp-block-table sortable">${headOf(columns)}<tbody>
${each(rows, (notice) => `<tr>${cellsOf(notice, columns)}</tr>`)}</tbody></table>`;

/** Without a head, classes or labels. */
export const bareSheet: Draw = (rows, columns) =>
  `<table>${each(rows, (notice) => `<tr>${cellsOf(notice, columns)}</tr>`)}</table>`;

export const sheetWithAds: Draw = (rows, columns) =>
  `<table class="wp-block-table sortable">${headOf(columns)}<tbody>
${each(rows, (notice, at) => `<tr>${cellsOf(notice, columns)}</tr>${at % 5 === 4 ? `<tr class="ad"><td colspan="${columns.length}">Advertisement: <a href="https://ads.example/${at}">Office chairs from 99.00</a></td></tr>` : ""}`)}</tbody></table>`;

/** A row with the month stands above the tenders that close in it. */
export const monthly: Draw = (rows, columns) => {
  const months = [...Map.groupBy(rows, ({ closes }) => closes.slice(0, 7))].sort(([a], [b]) => a.localeCompare(b));
  return `<table class="agenda">${headOf(columns)}<tbody>${months
    .map(
      ([month, some]) =>
        `<tr class="month"><th colspan="${columns.length}">${month}</th></tr>${each(some, (notice) => `<tr>${cellsOf(notice, columns)}</tr>`)}`,
    )
    .join("")}</tbody></table>`;
};

/** The first five stand in a table of their own. */
export const halves: Draw = (rows, columns) =>
  [rows.slice(0, 5), rows.slice(5)]
    .map((some, at) => `<h3>${at === 0 ? "Closing soon" : "All others"}</h3>${sheet(some, columns)}`)
    .join("");

export const tiles: Draw = (rows, columns) =>
  `<div class="tiles">${each(
    rows,
    (notice) =>
      `<section class="tile">${columns
        .map(({ part, label, of }) =>
          part === "title" ? `<h4>${of(notice)}</h4>` : `<p><b>${label}</b> <span>${of(notice)}</span></p>`,
        )
        .join("")}</section>`,
  )}</div>`;

export const terms: Draw = (rows, columns) =>
  each(
    rows,
    (notice) =>
      `<dl class="entry">${columns.map(({ label, of }) => `<dt>${label}</dt><dd>${of(notice)}</dd>`).join("")}</dl>`,
  );

export const bareRows: Draw = (rows, columns) =>
  `<div class="feed">${each(rows, (notice) => `<div class="entry">${columns.map(({ of }) => `<div>${of(notice)}</div>`).join("")}</div>`)}</div>`;

export const oneLiners: Draw = (rows, columns) =>
  `<ul class="feed">${each(rows, (notice) => `<li>${columns.map(({ of }) => of(notice)).join(" · ")}</li>`)}</ul>`;

/** The title is plain, and a button leads on. */
export const buttons: Choice = (columns) => [
  ...columns.map((column) => (column.part === "title" ? { ...column, of: ({ title }: Notice) => title } : column)),
  { part: "extra", label: "", of: ({ href }) => `<a class="button" href="${href}">Open</a>` },
];

export const plainTitles: Choice = (columns) =>
  columns.map((column) => (column.part === "title" ? { ...column, of: ({ title }: Notice) => title } : column));

export const pictures: Choice = (columns) => [
  { part: "extra", label: "", of: ({ href }) => `<a href="${href}"><img src="/logo.png" alt=""></a>` },
  ...columns,
];

const shifted = (iso: string, days: number): string =>
  new Date(Date.parse(iso) + days * 86_400_000).toISOString().slice(0, 10);

/** Puts a column before the one of a part. */
const before =
  (part: Part, extra: (tongue: Tongue) => Shown): Choice =>
  (columns, tongue) =>
    columns.flatMap((column) => (column.part === part ? [extra(tongue), column] : [column]));

export const visits: Choice = before("closes", (tongue) => ({
  part: "extra",
  label: "Site visit",
  of: ({ closes }) => tongue.date(shifted(closes, -9)),
}));
export const deposits: Choice = before("value", (tongue) => ({
  part: "extra",
  label: "Deposit",
  of: ({ value }) => tongue.money(Math.round(value / 50)),
}));
export const files: Choice = before("reference", () => ({
  part: "extra",
  label: "File",
  of: ({ value }) => `F-${value}`,
}));
