import { sha256Hex } from "#kernel";
import { z } from "zod";
import { BadCorrection, NotCorrected } from "../../errors.ts";
import { contentOf } from "../history/field-changes.ts";
import type { NewOpportunityEvent } from "../history/opportunity-event.ts";
import { effective, type Correction, type Review, type StoredOpportunity } from "../opportunity.ts";
import { momentOf } from "../values/read-moment.ts";
import { AS_THE_PAGE_SAYS } from "../values/reading.ts";
import { isCurrency } from "../values/currency.ts";
import { valueIn } from "./review-rule.ts";

const words = z.string().trim().min(1).max(5_000);
const date = z
  .string()
  .regex(
    /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/,
    "send an ISO 8601 date such as 2026-03-31T14:00+01:00",
  )
  .refine((text) => !Number.isNaN(Date.parse(text)), "there is no such day");
const amount = z.number().min(-1e15).max(1e15);

/** The fields that a person may correct, and what each takes. */
const CORRECTABLE = {
  ...{ title: words.max(500), referenceNumber: words, externalId: words, description: words, opportunityType: words },
  ...{ status: words, category: words, department: words, agency: words, contactName: words, contactPhone: words },
  ...{
    postedDate: date,
    closingDate: date,
    lastModified: date,
    estimatedValue: words,
    valueMin: amount,
    valueMax: amount,
  },
  currency: z.string().refine(isCurrency, "send a code of ISO 4217 such as EUR"),
  contactEmail: z.email("send an e-mail address"),
  detailUrl: z.url({ protocol: /^https?$/, error: "send an http or https address" }),
} as const;
export type CorrectableField = keyof typeof CORRECTABLE;
const FIELDS = Object.keys(CORRECTABLE).join(", ");

/** Null says that the page's value is wrong and nobody knows the right one. */
export type WishedCorrections = Readonly<Record<string, string | number | null>>;

/** What a person decides about one opportunity. */
export type ReviewDecision =
  | { kind: "accept" }
  | { kind: "reject" }
  | { kind: "correct"; fields: WishedCorrections }
  | { kind: "withdraw"; field: string };

export interface Decided {
  by: string;
  at: Date;
  note: string | null;
}

export interface AfterReview {
  after: StoredOpportunity;
  events: NewOpportunityEvent[];
}

/** What becomes of an opportunity by a decision. What the page said stays as it is. @throws BadCorrection, NotCorrected */
export function decideReview(before: StoredOpportunity, decision: ReviewDecision, decided: Decided): AfterReview {
  switch (decision.kind) {
    case "accept":
      return ended(before, "accepted", [{ kind: "accepted" }], decided);
    case "reject":
      return ended(before, "rejected", [{ kind: "rejected" }], decided);
    case "correct":
      return correct(before, decision.fields, decided);
    case "withdraw":
      return withdraw(before, decision.field, decided);
  }
}

function correct(before: StoredOpportunity, fields: WishedCorrections, decided: Decided): AfterReview {
  const { by, at, note } = decided;
  const checked = Object.entries(fields).map(([field, value]) => [field, checkedValue(field, value)] as const);
  const made = checked.map(([field, value]): [string, Correction] => [
    field,
    {
      value,
      observed: valueIn(before.opportunity, field),
      by,
      at: at.toISOString(),
      ...(note === null ? {} : { note }),
    },
  ]);
  const corrected = { ...before, corrections: { ...before.corrections, ...Object.fromEntries(made) } };
  const events = checked.map(([field, value]) => told(before, "corrected", field, value));
  return ended(withMoment(corrected, fields), "corrected", events, decided);
}

function withdraw(before: StoredOpportunity, field: string, decided: Decided): AfterReview {
  if (!Object.hasOwn(before.corrections, field)) throw new NotCorrected(field);
  const corrections = Object.fromEntries(Object.entries(before.corrections).filter(([name]) => name !== field));
  const event = told(before, "correction_withdrawn", field, valueIn(before.opportunity, field));
  const state = Object.keys(corrections).length > 0 ? "corrected" : "accepted";
  return ended(withMoment({ ...before, corrections }, { [field]: null }), state, [event], decided);
}

type Told = Pick<NewOpportunityEvent, "kind" | "field" | "before" | "after">;

/** Before: what counted until now. After: what a person says; it has no place in a page. */
function told(
  stored: StoredOpportunity,
  kind: "corrected" | "correction_withdrawn",
  field: string,
  value: unknown,
): Told {
  const evidence = stored.evidence[field] ?? [];
  const quote = stored.raw[field] ?? null;
  const page = { quote, evidence };
  const person = { quote: null, evidence: [] };
  const [before, after] = kind === "corrected" ? [page, person] : [person, page];
  const current = valueIn(effective(stored), field);
  return { kind, field, before: { value: current, ...before }, after: { value: value ?? null, ...after } };
}

function ended(
  stored: StoredOpportunity,
  state: Review["state"],
  what: readonly Told[],
  { by, at, note }: Decided,
): AfterReview {
  const contentHash = sha256Hex(contentOf(stored.opportunity));
  const events = what.map((each): NewOpportunityEvent => {
    return { ...each, opportunityId: stored.id, at, actor: by, ...(note === null ? {} : { note }) };
  });
  return { after: { ...stored, review: { state, reasons: [], contentHash, by, at } }, events };
}

function withMoment(stored: StoredOpportunity, fields: WishedCorrections): StoredOpportunity {
  if (!Object.hasOwn(fields, "closingDate")) return stored;
  const { closingDate } = effective(stored);
  return { ...stored, closesAt: closingDate === undefined ? null : momentOf(closingDate, AS_THE_PAGE_SAYS) };
}

function checkedValue(field: string, value: string | number | null): string | number | null {
  const [, schema] = Object.entries(CORRECTABLE).find(([name]) => name === field) ?? [];
  if (!schema) throw new BadCorrection(field, `only these fields can be: ${FIELDS}`);
  if (value === null && field === "title")
    throw new BadCorrection(field, "an opportunity without a title is none; reject it instead");
  if (value === null) return null;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new BadCorrection(field, parsed.error.issues[0]?.message ?? "it does not fit");
}
