import { z } from "zod";
import {
  CorrectionsSchema,
  highlightsIn,
  OpportunitySchema,
  REVIEW_STATES,
  UnclearSchema,
  type StoredOpportunity,
} from "#products/portals";
import { Instant } from "../../../schemas.ts";

/** A stored opportunity as the API shows it: the page's values, and beside them what people and Gleaner say about them. */
export const OpportunityView = OpportunitySchema.extend({
  id: z.string(),
  portalId: z.string(),
  verification: z
    .enum(["verified", "unverified"])
    .describe("Unverified: a value of its record could not be found again, and is not here."),
  run: z.string(),
  recordId: z.string(),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  changedAt: Instant,
  vanishedAt: Instant.nullable().describe("Since when its list no longer has it."),
  closesAt: Instant.nullable().describe("The moment of the deadline, where a time zone is known."),
  completeness: z
    .enum(["complete", "incomplete", "unknown"])
    .nullable()
    .describe("How much of its list came home when it was last seen."),
  unclear: z.array(UnclearSchema).describe("What the page says and nobody can read for sure: no value was guessed."),
  review: z.object({
    state: z.enum(REVIEW_STATES),
    reasons: z.array(z.string()).describe("Why a person has to look."),
    by: z.string().nullable(),
    at: Instant.nullable(),
  }),
  corrections: CorrectionsSchema.describe(
    "By field, what a person says instead of the page. Lists are narrowed and sorted by it; the page's value stays beside it.",
  ),
}).meta({ id: "StoredOpportunity" });

export function viewOfOpportunity(found: StoredOpportunity): z.output<typeof OpportunityView> {
  const { id, portalId, opportunity, verification, runId, recordId, review, listState, unclear, corrections } = found;
  return {
    ...opportunity,
    ...{ id, portalId, verification, run: runId, recordId },
    firstSeenAt: found.firstSeenAt.toISOString(),
    lastSeenAt: found.lastSeenAt.toISOString(),
    changedAt: found.changedAt.toISOString(),
    vanishedAt: found.vanishedAt?.toISOString() ?? null,
    closesAt: found.closesAt?.toISOString() ?? null,
    completeness: listState,
    unclear: unclear.map((each) => ({ ...each })),
    review: { state: review.state, reasons: [...review.reasons], by: review.by, at: review.at?.toISOString() ?? null },
    corrections,
  };
}

const MARKED = ["title", "referenceNumber", "agency", "department", "description"] as const;

/** Where the words that were looked for stand in each text: start and end, counted in characters of JavaScript. */
export const Highlights = z.record(z.string(), z.array(z.tuple([z.int(), z.int()])));

export function highlightsOf({ opportunity }: StoredOpportunity, q: string): z.output<typeof Highlights> {
  const marked = MARKED.flatMap((field) => {
    const places = highlightsIn(opportunity[field] ?? "", q);
    return places.length === 0 ? [] : [[field, places] as const];
  });
  return Object.fromEntries(marked);
}
