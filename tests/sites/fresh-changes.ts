import { BEFORE, without, type Change, type Now } from "./changing-portals.ts";
import { LIST, type Design } from "./designed-site.ts";
import * as free from "./free-looks.ts";
import { COLUMNS, type Look } from "./looks.ts";
import { notices, type Notice } from "./notices.ts";
import { AMERICAN, DUTCH, FRENCH } from "./tongues.ts";

const looks =
  (look: Look, more: Partial<Now> = {}): Change =>
  (design, rows) => ({ design: { ...design, look }, rows, ...more });
const designs =
  (change: (design: Design, rows: readonly Notice[]) => Partial<Design>): Change =>
  (design, rows) => ({ design: { ...design, ...change(design, rows) }, rows });
const rewritten =
  (rewrite: (html: string) => string): Change =>
  (design, rows) => ({ design, rows, rewrite });
const hiding =
  (part: (typeof COLUMNS)[number], field: string): Change =>
  (design, rows) => ({
    design: { ...design, order: COLUMNS.filter((one) => one !== part) },
    rows,
    truth: (record) => without(record, field),
  });
const listOf = ({ look, tongue, order }: Design, rows: readonly Notice[]): string => look(rows, tongue, order);
const year = (iso: string, by: number): string => `${Number(iso.slice(0, 4)) + by}${iso.slice(4)}`;

/** What stands beside the list and looks like it. */
const beside =
  (
    where: "before" | "after",
    heading: string,
    of: (rows: readonly Notice[], design: Design) => readonly Notice[],
  ): Change =>
  (design, rows) => {
    const other = listOf(design, of(rows, design));
    const html =
      where === "before" ? `<h2>${heading}</h2>${other}<h2>${design.tongue.list}</h2>` : `<h2>${heading}</h2>${other}`;
    return { design: { ...design, [where]: html }, rows };
  };

/** Changes that were thought of after the rules of healing were written, none of them looked at while writing. */
export const FRESH: Readonly<Record<string, Change>> = {
  "it is redrawn as tiles": looks(free.drawn(free.tiles)),
  "it is redrawn as lists of terms": looks(free.drawn(free.terms)),
  "it is redrawn as rows without labels": looks(free.drawn(free.bareRows)),
  "it is redrawn as a table without a head": looks(free.drawn(free.bareSheet)),
  "each record becomes one line": looks(free.drawn(free.oneLiners)),
  "records are grouped under months": looks(free.drawn(free.monthly)),
  "the list is cut into two tables": looks(free.drawn(free.halves)),
  "advertisements stand between the rows": looks(free.drawn(free.sheetWithAds)),
  "a date of a visit stands before the deadline": looks(free.drawn(free.sheet, free.visits)),
  "a date of a visit stands before the deadline, without a head": looks(free.drawn(free.bareSheet, free.visits)),
  "a second amount stands before the value": looks(free.drawn(free.sheet, free.deposits)),
  "a second number stands before the reference": looks(free.drawn(free.sheet, free.files)),
  "a second number and a deposit are added to tiles": looks(
    free.drawn(free.tiles, (columns, tongue) => free.files(free.deposits(columns, tongue), tongue)),
  ),
  "a button leads to the record": looks(free.drawn(free.sheet, free.buttons)),
  "a button leads to the record, in tiles": looks(free.drawn(free.tiles, free.buttons)),
  "a picture with the link stands first": looks(free.drawn(free.tiles, free.pictures)),
  "titles are links no longer": looks(free.drawn(free.sheet, free.plainTitles), {
    truth: (record) => without(record, "detailUrl"),
  }),
  "columns are turned around": designs(() => ({ order: COLUMNS.toReversed() })),
  "reference and buyer change places": designs(() => ({
    order: ["buyer", "title", "reference", "posted", "closes", "value"],
  })),
  "the deadline is no longer shown": hiding("closes", "closingDate"),
  "the day of publication is no longer shown": hiding("posted", "postedDate"),
  "related tenders stand below": beside("after", "Related tenders", (_, { tongue }) => notices(tongue, 4, 400)),
  "related tenders stand above": beside("before", "Related tenders", (_, { tongue }) => notices(tongue, 4, 400)),
  "many planned tenders stand above": beside("before", "Planned", (_, { tongue }) =>
    notices(tongue, 40, 500).map((row) => ({ ...row, posted: year(row.posted, 1), closes: year(row.closes, 1) })),
  ),
  "the same tenders stand above with later dates": beside("before", "Draft of next year", (rows) =>
    rows.map((row) => ({ ...row, posted: year(row.posted, 1), closes: year(row.closes, 1) })),
  ),
  "awards of the same tenders stand above": beside("before", "Awards", (rows) =>
    rows.map((row) => ({ ...row, title: `Award: ${row.title}`, value: row.value + 777, closes: year(row.closes, 1) })),
  ),
  "dates and amounts are written as elsewhere": (design, rows) => {
    const other = design.tongue === FRENCH ? DUTCH : FRENCH;
    const { date, labels, language } = other;
    return { design: { ...design, tongue: { ...design.tongue, date, labels, language } }, rows };
  },
  "day and month change places": (design, rows) => {
    const date = (iso: string): string => {
      const [of = "", month = "", day = ""] = iso.split("-");
      return design.tongue === AMERICAN ? `${day}/${month}/${of}` : `${month}/${day}/${of}`;
    };
    return { design: { ...design, tongue: { ...design.tongue, date } }, rows };
  },
  "amounts are written with other marks": (design, rows) => {
    const isAmerican = design.tongue === AMERICAN;
    const money = (amount: number): string => {
      const [whole, mark, part] = [String(amount).slice(0, -3), isAmerican ? "." : ",", isAmerican ? "," : "."];
      return `${whole}${mark}${String(amount).slice(-3)}${part}00 ${design.tongue.currency}`;
    };
    return { design: { ...design, tongue: { ...design.tongue, money } }, rows };
  },
  "references are written otherwise": (design, rows) => ({
    design,
    rows: rows.map((row) => ({ ...row, reference: row.reference.replace(/[^A-Z0-9]+/g, "") })),
  }),
  "titles are in capitals": (design, rows) => ({
    design,
    rows: rows.map((row) => ({ ...row, title: row.title.toUpperCase() })),
  }),
  "the list stands in a frame": (design, rows) => ({
    design,
    rows,
    around: (handle) => (request) => {
      if (request.path === LIST && !request.query.has("framed"))
        return {
          body: `<!doctype html><title>Tenders</title><h1>Tenders</h1><iframe src="${LIST}?framed=1"></iframe>`,
        };
      return handle(request);
    },
  }),
  "every class is a hash": rewritten((html) => {
    let at = 0;
    return html.replace(/ class="[^"]+"/g, () => ` class="css-${((at += 1) * 7919).toString(36)}"`);
  }),
  "cells are nested": rewritten((html) =>
    html.replace(/<(td|dd|li)([^>]*)>/g, "<$1$2><div><span>").replace(/<\/(td|dd|li)>/g, "</span></div></$1>"),
  ),
};

const TABLES = ["a blog's table", "an old table", "an office's table", "numbered pages", "next and previous"];
const PORTALS = Object.keys(BEFORE);
/** A look in which all parts stand in one order cannot show fewer, or others. */
const FIXED = "two rows a record";
const ONLY: Readonly<Record<string, readonly string[]>> = {
  "day and month change places": ["an old table", "numbered pages", "a grid"],
  "advertisements stand between the rows": TABLES,
  "a date of a visit stands before the deadline, without a head": TABLES,
};

/** Two portals for each change, in turn. */
export const FRESH_CASES: readonly (readonly [portal: string, change: string])[] = Object.keys(FRESH).flatMap(
  (change, nth) => {
    const portals = (ONLY[change] ?? PORTALS).filter((portal) => portal !== FIXED || nth % 3 === 0);
    const step = portals.length > 5 ? 5 : 2;
    return [0, step].map((turn) => [portals[(nth * 2 + turn) % portals.length] ?? FIXED, change] as const);
  },
);
