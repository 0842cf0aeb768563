import { detailedList, contactOf } from "../detailed-list.ts";
import type { SiteHandler } from "../local-site.ts";
import { ODD_PAGERS, PARTS_OF_LISTS, listBesideOtherLists } from "../odd-lists.ts";
import { loopingList, pinnedList } from "../paged-lists.ts";
import type { Portal, PortalTruth, TrueRecord } from "../portal.ts";
import { postBackGrid } from "../post-back-grid.ts";
import { scriptedList } from "../scripted-lists.ts";
import { breakingLoadMore, SCRIPTED_PAGERS } from "../scripted-pagers.ts";
import { tenders, type Tender } from "../tenders.ts";

export type TenderField = "referenceNumber" | "title" | "agency" | "closingDate" | "estimatedValue" | "detailUrl";

const READ: Readonly<Record<TenderField, (tender: Tender) => string>> = {
  referenceNumber: ({ reference }) => reference,
  title: ({ title }) => title,
  agency: ({ agency }) => agency,
  closingDate: ({ closesIso }) => closesIso,
  estimatedValue: ({ value }) => `${value.replace(/[£,]/g, "")} GBP`,
  detailUrl: ({ href }) => href,
};

export const TABLE_FIELDS: readonly TenderField[] = [
  "referenceNumber",
  "title",
  "agency",
  "closingDate",
  "estimatedValue",
  "detailUrl",
];
const CARD_FIELDS: readonly TenderField[] = ["referenceNumber", "title", "agency", "closingDate", "detailUrl"];

export function tenderRecord(tender: Tender, fields: readonly TenderField[] = TABLE_FIELDS): TrueRecord {
  return { mark: tender.reference, fields: Object.fromEntries(fields.map((field) => [field, READ[field](tender)])) };
}

interface Plan extends Partial<PortalTruth> {
  readonly kind: string;
  readonly needs?: Portal["needs"];
  readonly handle: () => SiteHandler;
  readonly of: readonly Tender[];
  readonly fields?: readonly TenderField[];
  readonly path?: string;
}

/** A portal of the borough whose tenders are known. */
export function boroughPortal(
  name: string,
  { kind, needs = "nothing", handle, of, fields, path, ...truth }: Plan,
): Portal {
  const records = of.map((tender) => tenderRecord(tender, fields));
  return {
    name,
    kind,
    needs,
    path: path ?? "/tenders",
    open: handle,
    truth: { records, completeness: "complete", ...truth },
  };
}

const thirty = { count: 30, size: 10 };

const odd = Object.entries(ODD_PAGERS).map(([name, site]) =>
  boroughPortal(name, { kind: "odd pagers", handle: () => site, of: tenders(30) }),
);

/** Which of the thirty each part of a list shows. */
const PARTS: Readonly<Record<keyof typeof PARTS_OF_LISTS, readonly Tender[]>> = {
  "a page that ends in the middle of its table": tenders(7),
  "a middle page that ends in the middle of its table": [...tenders(15), ...tenders(30).slice(20)],
  "one year of an archive": tenders(13),
  "one letter of an alphabet": tenders(13),
  "one tab of several": tenders(13),
  "the first part of a script's data": tenders(13),
  "a count in Japanese": tenders(13),
  "a list that shrank while it was read": tenders(30).filter((_, at) => at !== 10),
  "a last page that sends its visitor to the front page": tenders(20),
};

/** These say how many there are; the others only offer more, or break off. */
const SAYING_MORE: ReadonlySet<string> = new Set(["the first part of a script's data", "a count in Japanese"]);

export const PART_PORTALS: readonly Portal[] = Object.entries(PARTS_OF_LISTS).map(([name, site]) =>
  boroughPortal(name, {
    kind: "parts of lists",
    handle: () => site,
    of: Object.entries(PARTS).find(([part]) => part === name)?.[1] ?? [],
    completeness: SAYING_MORE.has(name) ? "incomplete" : "unknown",
  }),
);

const scripted = Object.entries(SCRIPTED_PAGERS).map(([name, site]) =>
  boroughPortal(`a script behind ${name}`, {
    kind: "next/previous pages",
    needs: "browser",
    handle: () => site,
    of: tenders(30),
  }),
);

/** Thirty records, a script and no pager: nothing proves that they are all. */
const drawn = (
  [
    ["drawn by a script at once", "JavaScript-rendered", "whole", "unknown"],
    ["a button that loads more", "load more", "load-more", "complete"],
    ["more while scrolling", "infinite scroll", "scroll", "complete"],
    ["in an open shadow root", "shadow DOM", "shadow", "unknown"],
  ] as const
).map(([name, kind, growth, completeness]) =>
  boroughPortal(name, {
    kind,
    needs: "browser",
    handle: () => scriptedList(growth, thirty),
    of: tenders(30),
    fields: CARD_FIELDS,
    completeness,
  }),
);

const detailed: Portal = {
  ...boroughPortal("a page for each record", {
    kind: "details with documents",
    handle: () => detailedList({ count: 12, size: 6 }),
    of: [],
  }),
  details: true,
  truth: {
    completeness: "complete",
    stopped: "last_page",
    records: tenders(12).map((tender) => {
      const { mark, fields } = tenderRecord(tender);
      return { mark, fields: { ...fields, contactEmail: contactOf(tender) } };
    }),
  },
};

/** The borough's sites that go well. */
export const BOROUGH_PORTALS: readonly Portal[] = [
  ...odd,
  ...scripted,
  ...drawn,
  detailed,
  boroughPortal("a grid that posts back", {
    kind: "post-back grid",
    handle: () => postBackGrid(thirty),
    of: tenders(30),
    fields: CARD_FIELDS,
    path: "/Tenders.aspx",
  }),
  boroughPortal("a tender on top of every page", {
    kind: "numbered pages",
    handle: () => pinnedList({ count: 31, size: 10 }),
    of: tenders(31),
  }),
  boroughPortal("a last page that leads to itself", {
    kind: "next/previous pages",
    handle: () => loopingList(thirty),
    of: tenders(30),
    completeness: "unknown",
    stopped: "repeated_page",
  }),
  boroughPortal("all of something else beside the list", {
    kind: "static table",
    handle: () => listBesideOtherLists,
    of: tenders(13),
  }),
  boroughPortal("a server that fails while more is loaded", {
    kind: "load more",
    needs: "browser",
    handle: () => breakingLoadMore,
    of: tenders(20),
    completeness: "unknown",
  }),
];
