import { sha256Hex } from "#kernel";
import { contentOf } from "../history/field-changes.ts";
import type { Correction, FoundOpportunity, Opportunity, Review } from "../opportunity.ts";

type Looked = Pick<FoundOpportunity, "opportunity" | "verification" | "unclear" | "fieldConfidence"> & {
  corrections: Record<string, Correction>;
};

/** What must be right for an opportunity to be of use: one unsure value of these is enough to ask a person. */
const ESSENTIAL = ["title", "referenceNumber", "closingDate", "postedDate", "estimatedValue", "agency"] as const;

/**
 * Whether a person has to look. A decision stands as long as the page says what it said then; what is said otherwise later
 * is looked at again, and so is a correction that the page has overtaken.
 */
export function reviewAfter(before: Review, seen: Looked, threshold: number): Review {
  const contentHash = sha256Hex(contentOf(seen.opportunity));
  const isDecided = before.state !== "none" && before.state !== "waiting";
  if (isDecided && before.contentHash === contentHash) return before;
  const reasons = [...overtaken(seen), ...reasonsFor(seen, threshold)];
  if (reasons.length > 0) return { state: "waiting", reasons, contentHash: null, by: null, at: null };
  return isDecided ? { ...before, contentHash } : { state: "none", reasons: [], contentHash: null, by: null, at: null };
}

function reasonsFor({ opportunity, verification, unclear, fieldConfidence }: Looked, threshold: number): string[] {
  const unsure = ESSENTIAL.filter((field) => (fieldConfidence[field] ?? 1) < threshold);
  const open = unclear.filter(({ reason }) => reason !== "time_zone");
  return [
    ...open.map(({ message }) => message),
    ...(verification === "unverified" ? ["A value could not be found again in the stored page."] : []),
    ...unsure.map((field) => `It is not sure that this is the ${NAMES[field]}.`),
    ...(unsure.length === 0 && opportunity.confidence < threshold ? ["The reading as a whole is not sure."] : []),
  ];
}

const NAMES: Readonly<Record<(typeof ESSENTIAL)[number], string>> = {
  title: "title",
  referenceNumber: "reference",
  closingDate: "closing date",
  postedDate: "date of publication",
  estimatedValue: "value",
  agency: "buyer",
};

/** A person said what is right, and since then the page has changed its word. */
function overtaken({ opportunity, corrections }: Looked): string[] {
  return Object.entries(corrections).flatMap(([field, { value, observed }]) => {
    const now = valueIn(opportunity, field);
    return same(now, observed) || same(now, value)
      ? []
      : [`The page has changed what a person had corrected: it now says “${String(now ?? "nothing")}”.`];
  });
}

export function valueIn(opportunity: Opportunity, field: string): unknown {
  return Object.entries(opportunity).find(([name]) => name === field)?.[1] ?? null;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
