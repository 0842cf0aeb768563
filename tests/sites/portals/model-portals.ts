import { listBehindMenu, listBehindTab } from "../hidden-lists.ts";
import type { SiteHandler } from "../local-site.ts";
import type { Portal } from "../portal.ts";
import { EUROPEAN, searchedList } from "../searched-lists.ts";
import { tenders, type Tender } from "../tenders.ts";
import {
  bareTwins,
  listBehindChoice,
  listBehindColour,
  listInAccordion,
  registerBehindWelcome,
  tendersBehindNews,
  tendersBelowNews,
  twinLists,
} from "../wished-lists.ts";
import { tenderRecord } from "./borough-portals.ts";

interface Plan {
  readonly kind: string;
  readonly of: readonly Tender[];
  readonly open: () => SiteHandler;
  readonly path?: string;
  readonly wanted?: string;
  readonly completeness?: Portal["truth"]["completeness"];
}

function modelPortal(name: string, plan: Plan): Portal {
  const { kind, of, open, path = "/", wanted, completeness = "complete" } = plan;
  const records = of.map((tender) => tenderRecord(tender, ["referenceNumber", "title", "closingDate", "detailUrl"]));
  return { name, kind, needs: "model", path, open, truth: { records, completeness }, ...(wanted ? { wanted } : {}) };
}

const OPEN = tenders(23);
const AWARDED = tenders(46).slice(23);
const LONG = tenders(200);
const SEARCHED = { count: 60, size: 6, method: "post", dates: EUROPEAN } as const;

/** Portals whose list has to be looked for, or chosen, by somebody who understands words. */
export const MODEL_PORTALS: readonly Portal[] = [
  modelPortal("a list two links behind the news", {
    kind: "behind a menu",
    of: OPEN,
    open: () => listBehindMenu({ count: OPEN.length, size: 10 }),
    wanted: "All open tenders of the borough.",
  }),
  modelPortal("a register that wants a state chosen", {
    kind: "behind a search form",
    of: AWARDED,
    open: () => listBehindChoice({ lists: { open: OPEN, awarded: AWARDED }, size: 10 }),
    wanted: "All tenders that were awarded.",
  }),
  modelPortal("a register that is searched by dates", {
    kind: "behind a search by dates",
    path: "/search",
    // Two are published a week: so many in thirty days.
    of: tenders(11),
    open: () => searchedList({ today: () => new Date().toISOString().slice(0, 10), ...SEARCHED }),
    wanted: "Notices of the last 30 days.",
  }),
  modelPortal("open tenders above awarded ones", {
    kind: "twin lists",
    path: "/tenders",
    of: OPEN,
    open: () => twinLists({ "Open tenders": OPEN, "Awarded contracts": AWARDED }),
    wanted: "All open tenders.",
  }),
  modelPortal("awarded contracts below open ones", {
    kind: "twin lists",
    path: "/tenders",
    of: AWARDED,
    open: () => twinLists({ "Open tenders": OPEN, "Awarded contracts": AWARDED }),
    wanted: "All awarded contracts.",
  }),
  modelPortal("open tenders above awarded ones, in tables without a name", {
    kind: "bare twin lists",
    path: "/tenders",
    of: OPEN,
    open: () => bareTwins({ "Open tenders": OPEN, "Awarded contracts": AWARDED }),
    wanted: "All open tenders.",
  }),
  modelPortal("awarded contracts below open ones, in tables without a name", {
    kind: "bare twin lists",
    path: "/tenders",
    of: AWARDED,
    open: () => bareTwins({ "Open tenders": OPEN, "Awarded contracts": AWARDED }),
    wanted: "All awarded contracts.",
  }),
  modelPortal("a few tenders below much news", {
    kind: "news above the list",
    of: OPEN.slice(0, 7),
    open: () => tendersBelowNews(OPEN.slice(0, 7)),
  }),
  modelPortal("tenders behind a page of news", {
    kind: "news before the list",
    of: OPEN,
    open: () => tendersBehindNews(OPEN),
  }),
  modelPortal("tiles that differ in their colour alone", {
    kind: "needs a picture",
    of: OPEN,
    open: () => listBehindColour(OPEN),
    wanted: "All open tenders. They are behind the green tile.",
  }),
  modelPortal("a tab that a script opens", {
    kind: "behind a tab",
    of: OPEN,
    open: () => listBehindTab({ count: OPEN.length, size: OPEN.length }),
    completeness: "unknown",
  }),
  modelPortal("a fold that a script fills", {
    kind: "behind an accordion",
    of: OPEN,
    open: () => listInAccordion(OPEN),
  }),
  modelPortal("a register of twenty pages behind a welcome", {
    kind: "twenty pages",
    of: LONG,
    open: () => registerBehindWelcome({ rows: LONG, size: 10 }),
  }),
];
