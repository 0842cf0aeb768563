import { BEFORE, without, type Change } from "./changing-portals.ts";
import type { Design } from "./designed-site.ts";
import * as free from "./free-looks.ts";
import type { Choice, Shown } from "./free-looks.ts";
import { tableLook, type Part } from "./looks.ts";
import { notices, type Notice } from "./notices.ts";
import type { TrueRecord } from "./portal.ts";
import { FRENCH, ITALIAN, type Tongue } from "./tongues.ts";

const rowwise =
  (change: (row: Notice, at: number) => Notice): Change =>
  (design, rows) => ({ design, rows: rows.map(change) });
const spoken =
  (change: (tongue: Tongue) => Partial<Tongue>): Change =>
  (design, rows) => ({ design: { ...design, tongue: { ...design.tongue, ...change(design.tongue) } }, rows });
const shown =
  (draw: Parameters<typeof free.drawn>[0], choose: Choice, truth?: (record: TrueRecord) => TrueRecord): Change =>
  (design, rows) => ({ design: { ...design, look: free.drawn(draw, choose) }, rows, ...(truth ? { truth } : {}) });
const rewritten =
  (rewrite: (html: string) => string): Change =>
  (design, rows) => ({ design, rows, rewrite });
const says = (record: TrueRecord, fields: TrueRecord["fields"]): TrueRecord => ({
  ...record,
  fields: { ...record.fields, ...fields },
});
const extra = (label: string, of: Shown["of"]): Shown => ({ part: "extra", label, of });
const replaced =
  (part: Part, by: (column: Shown, tongue: Tongue) => readonly Shown[]): Choice =>
  (columns, tongue) =>
    columns.flatMap((column) => (column.part === part ? by(column, tongue) : [column]));
const dropped =
  (part: Part, choose: Choice): Choice =>
  (columns, tongue) =>
    choose(columns, tongue).filter((column) => column.part !== part);
const weekday = (language: string, iso: string): string =>
  new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" }).format(new Date(iso));
/** German, Italian and the like: day, month and a year of two digits. */
const short = (iso: string): string => `${iso.slice(8)}.${iso.slice(5, 7)}.${iso.slice(2, 4)}`;
const tableOf = ({ tongue, order }: Design, rows: readonly Notice[]): string => tableLook(rows, tongue, order);

/** Changes as real portals go through them, which the rules had not been tried with when they were written. */
export const UNFORESEEN: Readonly<Record<string, Change>> = {
  "references bear a word before them": rowwise((row) => ({ ...row, reference: `No ${row.reference}` })),
  "references bear a word before them, and all is redrawn": (design, rows) => ({
    design: { ...design, look: free.drawn(free.tiles) },
    rows: rows.map((row) => ({ ...row, reference: `No ${row.reference}` })),
  }),
  "references bear letters before them, and all is redrawn": (design, rows) => ({
    design: { ...design, look: free.drawn(free.bareRows) },
    rows: rows.map((row) => ({ ...row, reference: `XB/${row.reference}` })),
  }),
  "references bear a letter behind them, and all is redrawn": (design, rows) => ({
    design: { ...design, look: free.drawn(free.sheet) },
    rows: rows.map((row) => ({ ...row, reference: `${row.reference}/A` })),
  }),
  "references have leading zeros": rowwise((row) => ({
    ...row,
    reference: row.reference.replace(/\d{4,}/, (number) => number.padStart(8, "0")),
  })),
  "reference and title become one text": shown(
    free.sheet,
    dropped(
      "reference",
      replaced("title", (title) => [
        { ...title, of: ({ href, reference, title: name }) => `<a href="${href}">${reference} – ${name}</a>` },
      ]),
    ),
  ),
  "the two dates become one text": shown(
    free.sheet,
    dropped(
      "posted",
      replaced("closes", (closes, tongue) => [
        { ...closes, of: (row) => `${tongue.date(row.posted)} – ${tongue.date(row.closes)}` },
      ]),
    ),
  ),
  "buyer and value become one text": shown(
    free.sheet,
    dropped(
      "buyer",
      replaced("value", (value, tongue) => [
        { ...value, label: "Buyer, value", of: (row) => `${row.buyer}, ${tongue.money(row.value)}` },
      ]),
    ),
  ),
  "deadlines come with their hour": (design, rows) => ({
    design: {
      ...design,
      look: free.drawn(
        free.sheet,
        replaced("closes", (closes, tongue) => [{ ...closes, of: (row) => `${tongue.date(row.closes)} 12:00` }]),
      ),
    },
    rows,
    truth: (record) => says(record, { closingDate: `${record.fields["closingDate"] ?? ""}T12:00` }),
  }),
  "dates come with the day of the week": spoken(({ language, date }) => ({
    date: (iso) => `${weekday(language, iso)} ${date(iso)}`,
  })),
  "years have two digits": spoken(() => ({ date: short })),
  "a promoted tender stands first, once more": (design, rows) => {
    const [first] = rows;
    return first
      ? {
          design: { ...design, before: `<div class="promoted"><h2>Promoted</h2>${tableOf(design, [first])}</div>` },
          rows,
        }
      : { design, rows };
  },
  "a tender of another list is pinned on top": (design, rows) => {
    const [pinned] = notices(design.tongue, 1, 300);
    return { design, rows: pinned ? [pinned, ...rows] : rows };
  },
  "rows are counted": shown(free.sheet, (columns) => {
    let count = 0;
    return [extra("#", () => String((count += 1))), ...columns];
  }),
  "rows can be ticked": shown(free.sheet, (columns) => [
    extra("", ({ reference }) => `<input type="checkbox" name="pick" value="${reference}">`),
    ...columns,
  ]),
  "a state is shown": shown(
    free.tiles,
    replaced("buyer", (buyer) => [extra("Status", () => `<span class="badge">Open</span>`), buyer]),
  ),
  "heads sort when they are pressed": shown(free.sheet, (columns) =>
    columns.map((column) => ({ ...column, label: `<a href="?sort=${column.part}">${column.label} ▲▼</a>` })),
  ),
  "heads bear marks of notes": shown(free.sheet, (columns) =>
    columns.map((column, at) => ({ ...column, label: `${column.label} <sup>${at + 1})</sup>` })),
  ),
  "closed tenders stand first, hidden behind a tab": (design, rows) => {
    const closed = rows.map((row) => ({
      ...row,
      reference: row.reference.replace(/\d{4,}/, (number) => String(Number(number) + 40_000)),
      title: `${row.title} II`,
      href: row.href.replace("/notice/", "/closed/"),
      posted: row.posted.replace("2026", "2024"),
      closes: row.closes.replace("2026", "2024"),
    }));
    const tab = `<div role="tabpanel" id="closed" hidden>${design.look(closed, design.tongue, design.order)}</div>`;
    return { design: { ...design, before: tab }, rows };
  },
  "a row says how many there are": (design, rows) => ({
    design,
    rows,
    rewrite: (html) => html.replace(/<\/table>/, `<tr class="sum"><td colspan="6">${rows.length} ✓</td></tr></table>`),
  }),
  "the number of all is told otherwise": (design, rows) => ({
    design: { ...design, total: true, tongue: { ...design.tongue, total: (count) => `1–${count} / ${count}` } },
    rows,
  }),
  "the currency moves into the label": (design, rows) => {
    const { tongue } = design;
    const labels = { ...tongue.labels, value: `${tongue.labels.value} (${tongue.currency})` };
    return { design: { ...design, tongue: { ...tongue, labels, money: (amount) => String(amount) } }, rows };
  },
  "amounts are told in thousands": spoken(({ currency }) => ({ money: (amount) => `${amount / 1000}k ${currency}` })),
  "titles are cut short": rowwise((row) => ({ ...row, title: `${row.title.slice(0, 22)}…` })),
  "titles are in another language": (design, rows) => {
    const other = design.tongue === FRENCH ? ITALIAN : FRENCH;
    const titles = notices(other, rows.length, 3).map(({ title }) => title);
    return { design, rows: rows.map((row, at) => ({ ...row, title: titles[at] ?? "" })) };
  },
  "links lead through a counter": rowwise((row) => ({ ...row, href: `/go?to=${encodeURIComponent(row.href)}` })),
  "addresses are relative to a base": (design, rows) => ({
    design,
    rows,
    rewrite: (html) =>
      html.replace("<head>", '<head><base href="/eproc/">').replace(/href="\/notice\//g, 'href="notice/'),
    truth: (record) => says(record, { detailUrl: `/eproc${record.fields["detailUrl"] ?? ""}` }),
  }),
  "a hidden row with more follows each": (design, rows) => ({
    design: { ...design, look: free.drawn(free.sheet) },
    rows,
    rewrite: (html) =>
      html.replace(
        /<\/td><\/tr>/g,
        '</td></tr><tr class="more" style="display:none"><td colspan="6">Papers are handed out at the office, room 12.</td></tr>',
      ),
  }),
  "a list for telephones stands beside it": (design, rows) => {
    const phone = free.drawn(free.tiles)(rows, design.tongue);
    return { design: { ...design, after: `<div class="d-md-none mobile">${phone}</div>` }, rows };
  },
  "a list for telephones stands before it": (design, rows) => {
    const phone = free.drawn(free.oneLiners)(rows, design.tongue);
    return { design: { ...design, before: `<div class="d-md-none mobile">${phone}</div>` }, rows };
  },
  "tenders are grouped under their buyers": (design, rows) => {
    const groups = [...Map.groupBy(rows, ({ buyer }) => buyer)];
    const look = free.drawn(
      free.sheet,
      dropped("buyer", (columns) => columns),
    );
    const html = groups
      .map(([buyer, some]) => `<details open><summary>${buyer}</summary>${look(some, design.tongue)}</details>`)
      .join("");
    return { design: { ...design, look: () => html }, rows };
  },
  "end tags are left out": rewritten((html) => html.replace(/<\/(td|tr|th|li|dd|dt|p|thead|tbody)>/g, "")),
  "long words may break": rewritten((html) =>
    html.replace(/>([^<>]+)</g, (_, text: string) => `>${text.replace(/(\p{L}{6})(?=\p{L}{3})/gu, "$1&shy;")}<`),
  ),
  "rows are made of roles": rewritten((html) =>
    html
      .replace(/<table[^>]*>/g, '<div role="table">')
      .replace(/<tr[^>]*>/g, '<div role="row">')
      .replace(/<td[^>]*>/g, '<div role="cell">')
      .replace(/<th\b[^>]*>/g, '<div role="columnheader">')
      .replace(/<(thead|tbody)>/g, '<div role="rowgroup">')
      .replace(/<\/(table|tr|td|th|thead|tbody)>/g, "</div>"),
  ),
  "elements bear names of their own": rewritten((html) =>
    html
      .replace(/<(\/?)(article|section|li|dl)\b/g, "<$1tender-item")
      .replace(/<(\/?)(dd|dt|p|h3|h4|strong)\b/g, "<$1tender-part"),
  ),
  "the buyer is shown only in some": (design, rows) => {
    const some = rows.map((row, at) => (at % 3 === 0 ? { ...row, buyer: "" } : row));
    return {
      design,
      rows: some,
      truth: (record) => (record.fields["agency"] === "" ? without(record, "agency") : record),
    };
  },
  "an amount of a bond takes the place of the value": shown(
    free.sheet,
    replaced("value", (_, tongue) => [extra("Bid bond", ({ value }) => tongue.money(Math.round(value / 20)))]),
    (record) => without(record, "estimatedValue"),
  ),
  "the day of the award takes the place of the deadline": (design, rows) => ({
    design: {
      ...design,
      look: free.drawn(
        free.bareSheet,
        replaced("closes", (_, tongue) => [
          extra("Award", ({ closes }) => tongue.date(closes.replace("2026", "2027"))),
        ]),
      ),
    },
    rows,
    truth: (record) => without(record, "closingDate"),
  }),
};

/** What nothing on the page decides: a program that heals by itself after these has guessed. */
export const FOR_A_PERSON: ReadonlySet<string> = new Set([
  "amounts are told in thousands",
  "titles are cut short",
  "an amount of a bond takes the place of the value",
  "the day of the award takes the place of the deadline",
]);

const TABLES = ["a blog's table", "an old table", "an office's table", "numbered pages", "next and previous"];
/** A look in which all parts stand in one order cannot show fewer, or others. */
const PORTALS = Object.keys(BEFORE).filter((portal) => portal !== "two rows a record");
const ONLY: Readonly<Record<string, readonly string[]>> = {
  "years have two digits": ["an office's table", "labelled lines"],
  "a row says how many there are": TABLES,
  "rows are made of roles": TABLES,
  "elements bear names of their own": ["cards", "labelled lines"],
  "tenders are grouped under their buyers": ["a blog's table", "an old table", "cards", "rows of fields"],
  "a promoted tender stands first, once more": ["cards", "rows of fields", "labelled lines"],
  "a list for telephones stands beside it": ["a blog's table", "an old table", "a grid"],
  "a list for telephones stands before it": ["a blog's table", "an office's table", "rows of fields"],
};

/** Two portals for each change, in turn. */
export const UNFORESEEN_CASES: readonly (readonly [portal: string, change: string])[] = Object.keys(UNFORESEEN).flatMap(
  (change, nth) => {
    const portals = ONLY[change] ?? PORTALS;
    const at = (nth * 2) % portals.length;
    return [at, (at + 1) % portals.length].map((place) => [portals[place] ?? "", change] as const);
  },
);
