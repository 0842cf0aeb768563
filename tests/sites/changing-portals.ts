import { designedSite, type Design } from "./designed-site.ts";
import type { SiteHandler } from "./local-site.ts";
import {
  cardLook,
  COLUMNS,
  fieldLook,
  gridLook,
  lineLook,
  pairLook,
  plainTableLook,
  tableLook,
  type Part,
} from "./looks.ts";
import { notices, trueRecord, type Notice } from "./notices.ts";
import type { TrueRecord } from "./portal.ts";
import { appShell, blogShell, designShell, officeShell, oldShell } from "./shells.ts";
import { AMERICAN, BRITISH, DUTCH, FRENCH, GERMAN, ITALIAN, SPANISH, type Tongue } from "./tongues.ts";

/** Portals before they change. */
export const BEFORE: Readonly<Record<string, Design & { readonly count: number }>> = {
  "a blog's table": { tongue: BRITISH, shell: blogShell, look: tableLook, paging: "none", size: 20, count: 18 },
  "an old table": { tongue: AMERICAN, shell: oldShell, look: plainTableLook, paging: "none", size: 20, count: 16 },
  "an office's table": { tongue: GERMAN, shell: officeShell, look: tableLook, paging: "none", size: 20, count: 21 },
  cards: { tongue: BRITISH, shell: appShell, look: cardLook, paging: "none", size: 20, count: 14 },
  "rows of fields": { tongue: FRENCH, shell: designShell, look: fieldLook, paging: "none", size: 20, count: 15 },
  "labelled lines": { tongue: ITALIAN, shell: blogShell, look: lineLook, paging: "none", size: 20, count: 13 },
  "a grid": { tongue: AMERICAN, shell: appShell, look: gridLook, paging: "none", size: 20, count: 17 },
  "numbered pages": { tongue: SPANISH, shell: designShell, look: tableLook, paging: "numbered", size: 10, count: 34 },
  "next and previous": { tongue: DUTCH, shell: oldShell, look: plainTableLook, paging: "next", size: 12, count: 30 },
  "two rows a record": { tongue: BRITISH, shell: officeShell, look: pairLook, paging: "none", size: 20, count: 15 },
};

/** A portal as it is after a change, and what a visit must then find. */
export interface Changed {
  readonly handle: SiteHandler;
  readonly truth: readonly TrueRecord[];
}

export interface Now {
  readonly design: Design;
  readonly rows: readonly Notice[];
  /** Last of all, to the markup of every page. */
  readonly rewrite?: (html: string) => string;
  readonly truth?: (record: TrueRecord) => TrueRecord;
  /** Stands before the site: a frame around its list. */
  readonly around?: (handle: SiteHandler) => SiteHandler;
}

export type Change = (design: Design, rows: readonly Notice[]) => Now;

/** Until the second visit three tenders were closed and three are new. */
const LATER = 3;

const plainly =
  (rewrite: (html: string) => string): Change =>
  (design, rows) => ({ design, rows, rewrite });
const redesigned =
  (change: (design: Design) => Partial<Design>): Change =>
  (design, rows) => ({ design: { ...design, ...change(design) }, rows });
export const without = (record: TrueRecord, field: string): TrueRecord => ({
  ...record,
  fields: { ...record.fields, [field]: null },
});
const reversed = (html: string): string =>
  html.replace(
    / class="([^"]+)"/g,
    (_, names: string) => ` class="x${[...names].reverse().join("").replaceAll(" ", "-")}"`,
  );
const otherOrder: readonly Part[] = ["reference", "title", "closes", "value", "posted", "buyer"];
const renamed: Tongue["labels"] = {
  reference: "No.",
  title: "Subject",
  buyer: "Office",
  posted: "Since",
  closes: "Until",
  value: "Budget",
};
/** What others say for the same, in the language of the page. */
const says =
  (labels: Partial<Tongue["labels"]>): Change =>
  (design, rows) => ({
    design: { ...design, tongue: { ...design.tongue, labels: { ...design.tongue.labels, ...labels } } },
    rows,
  });
const twin = (design: Design, rows: readonly Notice[], change: (notice: Notice) => Notice): Now => {
  const { look, tongue, order } = design;
  return {
    design: { ...design, before: `<h2>Archive</h2>${look(rows.map(change), tongue, order)}<h2>${tongue.list}</h2>` },
    rows,
  };
};

/** What happens to a page between two visits. */
export const CHANGES: Readonly<Record<string, Change>> = {
  "classes are renamed": plainly(reversed),
  "classes and ids are gone": plainly((html) => html.replace(/ (class|id)="[^"]*"/g, "")),
  "everything is wrapped twice": plainly((html) =>
    html
      .replace(/<body([^>]*)>/, '<body$1><div class="outer"><div class="inner">')
      .replace("</body>", "</div></div></body>"),
  ),
  "the list moves into another system": redesigned(({ shell }) => ({
    shell: shell === officeShell ? designShell : officeShell,
  })),
  "announcements stand before the list": redesigned(() => ({
    before: `<div class="notice"><h2>2026</h2><p>12.01.2026</p><ul><li><a href="/a/1">A</a></li><li><a href="/a/2">B</a></li><li><a href="/a/3">C</a></li></ul></div>`,
  })),
  "a list of closed tenders stands first": (design, rows) =>
    twin(design, rows, (notice) => ({
      ...notice,
      reference: notice.reference.replace(/\d+/, (number) => String(Number(number) + 50_000)),
      title: `${notice.title} (2019)`,
      closes: notice.closes.replace("2026", "2019"),
      posted: notice.posted.replace("2026", "2019"),
      href: notice.href.replace("/notice/", "/closed/"),
    })),
  "the same tenders stand first with older dates": (design, rows) =>
    twin(design, rows, (notice) => ({
      ...notice,
      closes: notice.closes.replace("2026", "2025"),
      posted: notice.posted.replace("2026", "2025"),
    })),
  "the buyer is no longer shown": (design, rows) => ({
    design: { ...design, order: COLUMNS.filter((part) => part !== "buyer") },
    rows,
    truth: (record) => without(record, "agency"),
  }),
  "the value is no longer shown": (design, rows) => ({
    design: { ...design, order: COLUMNS.filter((part) => part !== "value") },
    rows,
    truth: (record) => without(record, "estimatedValue"),
  }),
  "columns change places": redesigned(() => ({ order: otherOrder })),
  "the two dates change places": redesigned(() => ({
    order: ["reference", "title", "buyer", "closes", "posted", "value"],
  })),
  "it is redesigned as cards": redesigned(({ look }) => ({
    look: look === cardLook ? gridLook : cardLook,
    shell: appShell,
  })),
  "it is redesigned as a table": redesigned(({ look }) => ({
    look: look === tableLook ? plainTableLook : tableLook,
    shell: designShell,
  })),
  "it is redesigned as rows of fields": redesigned(({ look }) => ({ look: look === fieldLook ? lineLook : fieldLook })),
  "labels are others": says(renamed),
  "labels are translated": (design, rows) => ({
    design: {
      ...design,
      tongue: { ...design.tongue, labels: design.tongue === GERMAN ? SPANISH.labels : GERMAN.labels },
    },
    rows,
  }),
  "dates are written otherwise": (design, rows) => ({
    design: { ...design, tongue: { ...design.tongue, date: (iso) => iso } },
    rows,
  }),
  "all stands on one page": redesigned(() => ({ paging: "none" })),
  "the list is cut into pages": redesigned(({ tongue }) => ({ paging: "numbered", size: 7, tongue })),
  "pages are turned otherwise": redesigned(({ paging }) => ({ paging: paging === "numbered" ? "next" : "path" })),
  "addresses of records are others": (design, rows) => {
    const moved = rows.map((row) => ({ ...row, href: row.href.replace("/notice/", "/tender.php?id=") }));
    return { design, rows: moved };
  },
  "classes are renamed and a list of closed tenders stands first": (design, rows) => {
    const now = CHANGES["a list of closed tenders stands first"]?.(design, rows);
    return { design: now?.design ?? design, rows, rewrite: reversed };
  },
};

/** What becomes of a portal by a change: its site, and the truth after it. */
export function changed(before: Design & { readonly count: number }, change: Change): Changed {
  const later = notices(before.tongue, before.count, LATER);
  const { design, rows, rewrite, truth, around = (inner) => inner } = change(before, later);
  const handle = around(designedSite(rows, design));
  const records = rows.map((row) => trueRecord(row, before.tongue));
  return {
    handle: (request) => {
      const answer = handle(request);
      return typeof answer?.body !== "string" || !rewrite ? answer : { ...answer, body: rewrite(answer.body) };
    },
    truth: truth ? records.map(truth) : records,
  };
}

/** Which changes each portal goes through. Looks that cannot be told in another order are left as they are. */
const FIXED = new Set(["two rows a record"]);
const ORDERS = new Set([
  "the buyer is no longer shown",
  "the value is no longer shown",
  "columns change places",
  "the two dates change places",
]);
const PAGED = new Set(["numbered pages", "next and previous"]);

export const CASES: readonly (readonly [portal: string, change: string])[] = Object.keys(BEFORE).flatMap((portal, at) =>
  Object.keys(CHANGES)
    .filter((change) => !(FIXED.has(portal) && ORDERS.has(change)))
    .filter(
      (change) => (change !== "pages are turned otherwise" && change !== "all stands on one page") || PAGED.has(portal),
    )
    .filter((change) => change !== "the list is cut into pages" || !PAGED.has(portal))
    .filter((_, nth) => (nth + at) % 2 === 0)
    .map((change) => [portal, change] as const),
);
