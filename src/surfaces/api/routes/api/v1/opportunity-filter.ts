import { z } from "zod";
import { OPPORTUNITY_SORTS, REVIEW_STATES, type OpportunityFilter } from "#products/portals";
import { ClientId, NamedInstant } from "../../../schemas.ts";

const words = z.string().min(1).max(300).optional();
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/, "An ISO 8601 date")
  .optional();
const amount = z.coerce.number().optional();

/** What a list or an export of opportunities is narrowed to, and its order. */
export const OpportunityQuery = z.object({
  portalId: ClientId.optional(),
  jobId: ClientId.optional().describe("Only what this job saw."),
  q: words.describe(
    'Words to look for, all of them; each may be the beginning of a longer one. `"road works"` stands as it is, `-lighting` must not be there. Found in an opportunity, or on one page of a document that it names.',
  ),
  status: words,
  opportunityType: words,
  category: words,
  department: words,
  agency: words,
  currency: z.string().length(3).optional(),
  closingFrom: date,
  closingTo: date,
  postedFrom: date,
  postedTo: date,
  firstSeenSince: NamedInstant.optional(),
  changedSince: NamedInstant.optional(),
  valueFrom: amount,
  valueTo: amount,
  verification: z.enum(["verified", "unverified"]).optional(),
  classification: z
    .string()
    .regex(
      /^(CPV|NAICS|UNSPSC)(:\d{0,8})?$/i,
      "CPV:45233141, the beginning of a code, or the name of a vocabulary alone",
    )
    .optional()
    .describe("`CPV:45233141`; the beginning of a code means all below it."),
  hasDocuments: z.stringbool().optional(),
  completeness: z
    .enum(["complete", "incomplete", "unknown"])
    .optional()
    .describe("How much of its list came home when it was last seen."),
  filledFrom: z.coerce.number().min(0).max(1).optional().describe("Smallest share of the usual fields that is known."),
  isPresent: z.stringbool().optional().describe("Whether its list still has it."),
  review: z.enum(REVIEW_STATES).optional().describe("Rejected ones are shown only when they are asked for."),
  sort: z
    .enum(OPPORTUNITY_SORTS)
    .default("-lastSeen")
    .describe("A minus turns the order round. `-relevance` puts what fits the words best first."),
});

export function filterOf({
  firstSeenSince,
  changedSince,
  ...rest
}: Omit<z.output<typeof OpportunityQuery>, "sort">): OpportunityFilter {
  return {
    ...rest,
    firstSeenSince: firstSeenSince === undefined ? undefined : new Date(firstSeenSince),
    changedSince: changedSince === undefined ? undefined : new Date(changedSince),
  };
}
