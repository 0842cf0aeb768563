import type { OpportunityQuery } from "../api/resources.ts";

export type OpportunitySort = NonNullable<OpportunityQuery["sort"]>;

const SORTS = [
  "closingDate",
  "-closingDate",
  "postedDate",
  "-postedDate",
  "title",
  "-title",
  "firstSeen",
  "-firstSeen",
  "lastSeen",
  "-lastSeen",
  "changed",
  "-changed",
  "value",
  "-value",
  "confidence",
  "-relevance",
] as const satisfies readonly OpportunitySort[];
const CLOSINGS = ["open", "week", "month", "past"] as const;
const SEEN = ["new-day", "new-week", "changed-day", "changed-week"] as const;
const VERIFICATIONS = ["verified", "unverified"] as const;
const COMPLETENESS = ["complete", "incomplete", "unknown"] as const;
const REVIEWS = ["none", "waiting", "accepted", "corrected", "rejected"] as const;
const YES_NO = ["yes", "no"] as const;
const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** What the table shows, as the address of the page says it. Spans are relative, so that a saved view stays true tomorrow. */
export interface OpportunitySearch {
  q?: string;
  portalId?: string;
  jobId?: string;
  status?: string;
  closing?: (typeof CLOSINGS)[number];
  seen?: (typeof SEEN)[number];
  verification?: (typeof VERIFICATIONS)[number];
  /** `CPV:45233141`, or the beginning of a code. */
  code?: string;
  currency?: string;
  /** Amounts, as a person writes them. */
  valueFrom?: string;
  valueTo?: string;
  /** Days: from and to, of the deadline and of the publication. */
  closingFrom?: string;
  closingTo?: string;
  postedFrom?: string;
  postedTo?: string;
  documents?: (typeof YES_NO)[number];
  present?: (typeof YES_NO)[number];
  completeness?: (typeof COMPLETENESS)[number];
  review?: (typeof REVIEWS)[number];
  sort?: OpportunitySort;
  /** The opportunity and the field whose evidence is shown. */
  open?: string;
  field?: string;
}

/** Reads an address that anybody may have written: what is not known is left out. */
export function readOpportunitySearch(raw: Record<string, unknown>): OpportunitySearch {
  const text = (name: string): Record<string, string> => {
    const value = raw[name];
    return (typeof value === "string" || typeof value === "number") && value !== ""
      ? { [name]: String(value).slice(0, 300) }
      : {};
  };
  const choice = (name: string, choices: readonly string[]): object => {
    const value = raw[name];
    return typeof value === "string" && choices.includes(value) ? { [name]: value } : {};
  };
  const pattern = (name: string, form: RegExp): Record<string, string> => {
    const value = raw[name];
    const written = typeof value === "number" ? String(value) : value;
    return typeof written === "string" && form.test(written) ? { [name]: written } : {};
  };
  return {
    ...text("q"),
    ...text("portalId"),
    ...text("jobId"),
    ...text("status"),
    ...choice("closing", CLOSINGS),
    ...choice("seen", SEEN),
    ...choice("verification", VERIFICATIONS),
    ...pattern("code", /^(CPV|NAICS|UNSPSC)(:\d{0,8})?$/i),
    ...pattern("currency", /^[a-z]{3}$/i),
    ...pattern("valueFrom", /^\d{1,15}(\.\d+)?$/),
    ...pattern("valueTo", /^\d{1,15}(\.\d+)?$/),
    ...pattern("closingFrom", DAY),
    ...pattern("closingTo", DAY),
    ...pattern("postedFrom", DAY),
    ...pattern("postedTo", DAY),
    ...choice("documents", YES_NO),
    ...choice("present", YES_NO),
    ...choice("completeness", COMPLETENESS),
    ...choice("review", REVIEWS),
    ...choice("sort", SORTS),
    ...text("open"),
    ...text("field"),
  };
}

/** What the API is asked for. Days begin at midnight UTC; spans are rounded, so that the same view is the same request for a while. */
export function queryOf(search: OpportunitySearch, now: number): OpportunityQuery {
  const { q, portalId, jobId, status, closing, seen, verification, sort } = search;
  const day = (offset: number): string => new Date(now + offset * DAY_MS).toISOString().slice(0, 10);
  const since = (days: number): string =>
    new Date(Math.floor(now / 3_600_000) * 3_600_000 - days * DAY_MS).toISOString();
  const span = seen?.endsWith("week") === true ? 7 : 1;
  return {
    ...(q === undefined ? {} : { q }),
    ...(portalId === undefined ? {} : { portalId }),
    ...(jobId === undefined ? {} : { jobId }),
    ...(status === undefined ? {} : { status }),
    ...(verification === undefined ? {} : { verification }),
    ...(closing === undefined || closing === "past" ? {} : { closingFrom: day(0) }),
    ...(closing === "week" ? { closingTo: day(7) } : closing === "month" ? { closingTo: day(30) } : {}),
    ...(closing === "past" ? { closingTo: day(-1) } : {}),
    ...(seen?.startsWith("new") === true ? { firstSeenSince: since(span) } : {}),
    ...(seen?.startsWith("changed") === true ? { changedSince: since(span) } : {}),
    ...moreOf(search),
    sort: sort ?? (q === undefined ? "-firstSeen" : "-relevance"),
  };
}

/** What stands behind "More filters". */
export const MORE = [
  ...([
    "status",
    "code",
    "currency",
    "valueFrom",
    "valueTo",
    "closingFrom",
    "closingTo",
    "postedFrom",
    "postedTo",
  ] as const),
  ...(["documents", "present", "completeness", "review"] as const),
] as const;
const NARROWING = ["q", "portalId", "jobId", "closing", "seen", "verification", ...MORE] as const;

function moreOf(search: OpportunitySearch): OpportunityQuery {
  const { code, currency, valueFrom, valueTo, documents, present, completeness, review } = search;
  const { closingFrom, closingTo, postedFrom, postedTo } = search;
  return {
    ...(code === undefined ? {} : { classification: code }),
    ...(currency === undefined ? {} : { currency }),
    ...(valueFrom === undefined ? {} : { valueFrom: Number(valueFrom) }),
    ...(valueTo === undefined ? {} : { valueTo: Number(valueTo) }),
    ...(closingFrom === undefined ? {} : { closingFrom }),
    ...(closingTo === undefined ? {} : { closingTo }),
    ...(postedFrom === undefined ? {} : { postedFrom }),
    ...(postedTo === undefined ? {} : { postedTo }),
    ...(documents === undefined ? {} : { hasDocuments: documents === "yes" ? ("true" as const) : ("false" as const) }),
    ...(present === undefined ? {} : { isPresent: present === "yes" ? ("true" as const) : ("false" as const) }),
    ...(completeness === undefined ? {} : { completeness }),
    ...(review === undefined ? {} : { review }),
  };
}

/** Whether anything narrows the list: then an empty one is no reason to add a portal. */
export function isNarrowed(search: OpportunitySearch): boolean {
  return NARROWING.some((name) => search[name] !== undefined);
}

/** The same list, with its order, without what is open beside it: what a saved view keeps. */
export function viewOf({ sort, ...search }: OpportunitySearch): OpportunitySearch {
  const kept = NARROWING.filter((name) => search[name] !== undefined).map((name) => [name, search[name]]);
  return { ...readOpportunitySearch(Object.fromEntries(kept)), ...(sort === undefined ? {} : { sort }) };
}
