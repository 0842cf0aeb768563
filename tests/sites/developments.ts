import type { Change } from "./changing-portals.ts";
import { notices, type Notice } from "./notices.ts";

const later = (iso: string, days: number): string =>
  new Date(Date.parse(iso) + days * 86_400_000).toISOString().slice(0, 10);
const each =
  (change: (row: Notice, at: number) => Notice): Change =>
  (design, rows) => ({ design, rows: rows.map(change) });
const list =
  (of: (rows: readonly Notice[], tongue: Parameters<Change>[0]["tongue"]) => readonly Notice[]): Change =>
  (design, rows) => ({ design, rows: of(rows, design.tongue) });
/** Notices of value 0 show none. */
const unpriced =
  (which: (at: number) => boolean): Change =>
  (design, rows) => {
    const { tongue } = design;
    const money = (amount: number): string => (amount === 0 ? "" : tongue.money(amount));
    const some = rows.map((row, at) => (which(at) ? { ...row, value: 0 } : row));
    return {
      design: { ...design, tongue: { ...tongue, money } },
      rows: some,
      truth: (record) =>
        record.fields["estimatedValue"]?.startsWith("0 ") === true
          ? { ...record, fields: { ...record.fields, estimatedValue: null } }
          : record,
    };
  };

/** What happens on lists from day to day. Nothing of it may stop a portal. */
export const DEVELOPMENTS: Readonly<Record<string, Change>> = {
  "three tenders are new": (design, rows) => ({ design, rows }),
  "all tenders are others": list((rows, tongue) => notices(tongue, rows.length, 200)),
  "the list grows threefold": list((rows, tongue) => notices(tongue, rows.length * 3, 3)),
  "three tenders are left": list((rows) => rows.slice(0, 3)),
  "one tender is left": list((rows) => rows.slice(0, 1)),
  "the order is turned around": list((rows) => rows.toReversed()),
  "it is sorted by title": list((rows) => rows.toSorted((a, b) => a.title.localeCompare(b.title))),
  "all deadlines move by two weeks": each((row) => ({ ...row, closes: later(row.closes, 14) })),
  "one deadline is moved forward": each((row, at) => (at === 2 ? { ...row, closes: later(row.closes, -3) } : row)),
  "all were published anew": each((row) => ({ ...row, posted: later(row.posted, 30) })),
  "half of the values are corrected": each((row, at) => (at % 2 === 0 ? { ...row, value: row.value + 1_111 } : row)),
  "titles say that they were amended": each((row) => ({ ...row, title: `${row.title} (2)` })),
  "buyers have other names": each((row) => ({ ...row, buyer: `${row.buyer} II` })),
  "all have the same buyer": each((row, _at) => ({ ...row, buyer: "Office of the Mayor" })),
  "new tenders have no value": unpriced((at) => at > 9),
  "some tenders have no value": unpriced((at) => at % 4 === 1),
  "addresses are others": each((row) => ({ ...row, href: `${row.href}/index.html` })),
  "news stand above": (design, rows) => ({
    design: { ...design, before: `<p>We are closed on 24.12.2026. <a href="/news/1">More</a></p>` },
    rows,
  }),
  "titles that were seen last are named below": (design, rows) => ({
    design: {
      ...design,
      after: `<aside><h3>Seen last</h3><ul>${rows
        .slice(0, 4)
        .map(({ href, title }) => `<li><a href="${href}">${title}</a></li>`)
        .join("")}</ul></aside>`,
    },
    rows,
  }),
  "the page tells how many there are": (design, rows) => ({ design: { ...design, total: true }, rows }),
  "one deadline for all": each((row) => ({ ...row, closes: "2027-05-05" })),
  "the menu is another": (design, rows) => ({
    design: { ...design, tongue: { ...design.tongue, menu: ["Home", "Contact", "News", "Map"] } },
    rows,
  }),
};
