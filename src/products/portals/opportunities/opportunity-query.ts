import { z } from "zod";
import { BadCursor } from "../errors.ts";
import type { ListState, Review } from "./opportunity.ts";

export const SORTS = [
  "firstSeen",
  "-firstSeen",
  "lastSeen",
  "-lastSeen",
  "changed",
  "-changed",
  "closingDate",
  "-closingDate",
  "postedDate",
  "-postedDate",
  "value",
  "-value",
  "confidence",
  "title",
  "-title",
  "-relevance",
] as const;
export type OpportunitySort = (typeof SORTS)[number];

/** What a list of opportunities is narrowed to. Dates are ISO 8601 and compare as text. */
export interface OpportunityFilter {
  portalId?: string | undefined;
  /** Only what this job saw. */
  jobId?: string | undefined;
  /** Words to look for: see `searchQuery`. */
  q?: string | undefined;
  status?: string | undefined;
  opportunityType?: string | undefined;
  category?: string | undefined;
  department?: string | undefined;
  agency?: string | undefined;
  currency?: string | undefined;
  closingFrom?: string | undefined;
  closingTo?: string | undefined;
  postedFrom?: string | undefined;
  postedTo?: string | undefined;
  firstSeenSince?: Date | undefined;
  changedSince?: Date | undefined;
  valueFrom?: number | undefined;
  valueTo?: number | undefined;
  verification?: "verified" | "unverified" | undefined;
  /** `CPV:45233141`; the beginning of a code means all below it. */
  classification?: string | undefined;
  hasDocuments?: boolean | undefined;
  /** How much of its list came home when it was last seen. */
  completeness?: ListState | undefined;
  /** Smallest share of the usual fields that is known, 0 to 1. */
  filledFrom?: number | undefined;
  /** Whether its list still has it. */
  isPresent?: boolean | undefined;
  /** Rejected ones are shown only when they are asked for. */
  review?: Review["state"] | undefined;
}

export interface OpportunityPage {
  sort: OpportunitySort;
  /** Where the last page ended. */
  after?: OpportunityCursor | undefined;
  limit: number;
}

/** What PostgreSQL writes of a time and of a number, and reads again without objections. */
const WrittenTime = z.string().regex(/^(?!0000)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-](0\d|1[0-5])(:[0-5]\d)?$/);
const WrittenNumber = z.string().regex(/^-?(\d+(\.\d+)?(e[+-]\d+)?|Infinity)$/);
const Time = WrittenTime.refine(
  (text) => z.iso.datetime().safeParse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`).success,
);
const Measure = WrittenNumber.refine((text) => isWithinRange(text));
const Words = z.string().refine((text) => text.isWellFormed() && !text.includes("\u0000"));
const KEYS: Readonly<Record<string, z.ZodType<string>>> = {
  firstSeen: Time,
  lastSeen: Time,
  changed: Time,
  value: Measure,
  confidence: Measure,
  relevance: Measure,
};

const CursorSchema = z
  .tuple([z.enum(SORTS), z.string(), z.uuid()])
  .refine(([sort, key]) => (KEYS[sort.replace("-", "")] ?? Words).safeParse(key).success);

/** The place of an entry in one order: the sort, the entry's key in it, its id. */
export type OpportunityCursor = z.infer<typeof CursorSchema>;

export function writeCursor(cursor: OpportunityCursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString("base64url");
}

/** @throws BadCursor when it was not made by `writeCursor` for this sort. */
export function readCursor(text: string, sort: OpportunitySort): OpportunityCursor {
  try {
    const cursor = CursorSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    if (cursor[0] === sort) return cursor;
  } catch {
    throw new BadCursor();
  }
  throw new BadCursor();
}

/** What is too large for a number, or too small to differ from nothing, is refused by the database. */
function isWithinRange(text: string): boolean {
  const value = Number(text);
  return text.endsWith("Infinity") || (Number.isFinite(value) && (value !== 0 || /^-?0$/.test(text)));
}
