import { storableJson } from "../../storable-json.ts";
import type { FoundOpportunity, Opportunity, StoredOpportunity } from "../opportunity.ts";
import type { FieldState } from "./opportunity-event.ts";

type Observed = Pick<StoredOpportunity, "opportunity" | "raw" | "evidence">;

/** One field that is not as it was. */
export interface FieldChange {
  field: string;
  kind: "changed" | "deadline_amended" | "reread";
  before: FieldState;
  after: FieldState;
}

/** What differs from one sighting to the next and is no news: how sure it is, when it was read, and the record as a whole. */
const NO_NEWS: ReadonlySet<string> = new Set(["confidence", "extractedAt", "rawText", "sourceHtml"]);

/** The fields in which two states of one opportunity differ, each with its words and places before and after. */
export function changesBetween(before: Observed, after: Observed): FieldChange[] {
  const fields = new Set([...Object.keys(before.opportunity), ...Object.keys(after.opportunity)]);
  return [...fields].flatMap((field) => {
    const [old, now] = [stateOf(before, field), stateOf(after, field)];
    if (NO_NEWS.has(field) || isSame(old.value, now.value)) return [];
    const isSaidAlike = wordsBehind(before, field) !== null && wordsBehind(before, field) === wordsBehind(after, field);
    const kind = isSaidAlike ? "reread" : kindOf(field, old, now);
    return [{ field, kind, before: old, after: now }];
  });
}

/** The content of an opportunity as text: the same text, no news. */
export function contentOf(opportunity: Opportunity): string {
  const content = Object.entries(opportunity).filter(([field, value]) => !NO_NEWS.has(field) && value !== undefined);
  return storableJson(content.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * A new sighting with what it could not see of the old one: fields of a page that was not opened this time, and values
 * that could not be verified this time. They keep their old evidence.
 */
export function withUnseen(before: StoredOpportunity, found: FoundOpportunity): FoundOpportunity {
  const kept = Object.keys(before.opportunity).filter((field) => {
    if (NO_NEWS.has(field) || Object.hasOwn(found.raw, field) || valueOf(found.opportunity, field) !== undefined)
      return false;
    return found.verification === "unverified" || (!found.openedPage && before.detailFields.includes(field));
  });
  if (kept.length === 0) return found;
  const pick = <Value>(from: Record<string, Value>) =>
    Object.fromEntries(Object.entries(from).filter(([field]) => kept.includes(field)));
  return {
    ...found,
    opportunity: { ...found.opportunity, ...pick(before.opportunity) },
    raw: { ...found.raw, ...pick(before.raw) },
    evidence: { ...found.evidence, ...pick(before.evidence) },
    fieldConfidence: { ...found.fieldConfidence, ...pick(before.fieldConfidence) },
    closesAt: kept.includes("closingDate") ? before.closesAt : found.closesAt,
    detailFields: [...new Set([...found.detailFields, ...kept.filter((field) => before.detailFields.includes(field))])],
  };
}

function stateOf({ opportunity, raw, evidence }: Observed, field: string): FieldState {
  const value = valueOf(opportunity, field);
  const source = PROVEN_BY[field] ?? field;
  return {
    value: value ?? null,
    quote: value === undefined ? null : (raw[source] ?? null),
    evidence: value === undefined ? [] : (evidence[source] ?? []),
  };
}

/** Numbers and currency of an amount stand where the amount stands. */
const PROVEN_BY: Readonly<Record<string, string>> = {
  valueMin: "estimatedValue",
  valueMax: "estimatedValue",
  currency: "estimatedValue",
};

function valueOf(opportunity: Opportunity, field: string): unknown {
  return Object.entries(opportunity).find(([name]) => name === field)?.[1];
}

/** The words of the page, also where no value could be made of them. */
function wordsBehind({ raw }: Observed, field: string): string | null {
  return raw[PROVEN_BY[field] ?? field] ?? null;
}

function kindOf(field: string, before: FieldState, after: FieldState): Exclude<FieldChange["kind"], "reread"> {
  return field === "closingDate" && isAmended(before.value, after.value) ? "deadline_amended" : "changed";
}

/** Another day or another hour. A deadline that gained its hour is the same one, said more exactly. */
function isAmended(before: unknown, after: unknown): boolean {
  if (typeof before !== "string" || typeof after !== "string") return false;
  const isExact = (text: string) => text.includes("T");
  return isExact(before) && isExact(after) ? before !== after : before.slice(0, 10) !== after.slice(0, 10);
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || storableJson(a) === storableJson(b);
}
