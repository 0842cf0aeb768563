import { z } from "zod";
import type { Unclear } from "./values/reading.ts";

const text = z.string().optional();
const isoDate = z.string().describe("ISO 8601, as exact as the page is.").optional();

/** A tender as the documents spell it. What the page does not say is absent. */
export const OpportunitySchema = z
  .object({
    externalId: text.describe("The portal's own id for it."),
    referenceNumber: text,
    title: z.string(),
    description: text,
    opportunityType: text.describe("RFP, RFQ, ITB, IFB …"),
    status: text.describe("Open, Closed, Awarded …"),
    postedDate: isoDate,
    closingDate: isoDate,
    lastModified: isoDate,
    category: text,
    department: text,
    agency: text,
    estimatedValue: text.describe("As the page writes it."),
    valueMin: z.number().optional(),
    valueMax: z.number().optional(),
    currency: text.describe("ISO 4217."),
    contactName: text,
    contactEmail: text,
    contactPhone: text,
    detailUrl: text,
    documents: z.array(z.object({ name: z.string(), url: z.string(), type: text })).optional(),
    classifications: z
      .array(
        z.object({
          scheme: z.enum(["CPV", "NAICS", "UNSPSC"]),
          id: z.string(),
          description: text.describe("The words beside the code on the page."),
        }),
      )
      .optional()
      .describe("Codes of public vocabularies that the page names."),
    rawText: text.describe("The whole record as the list shows it."),
    sourceHtml: text.describe("Never filled: the evidence names the stored page and the place in it."),
    confidence: z.number().min(0).max(1),
    extractedAt: z.iso.datetime(),
  })
  .meta({ id: "Opportunity" });
export type Opportunity = z.infer<typeof OpportunitySchema>;
export type OpportunityField = keyof Opportunity;

/** Where one value stands in stored bytes. `artifact` is null when the run was told to keep no evidence. */
export const OpportunityEvidenceSchema = z
  .object({
    artifact: z.string().nullable(),
    url: z.string(),
    path: z.string(),
    attribute: z.string().optional(),
    range: z.tuple([z.number(), z.number()]).readonly().optional(),
    quote: z.string(),
    capturedAt: z.iso.datetime(),
  })
  .meta({ id: "OpportunityEvidence" });
export type OpportunityEvidence = z.infer<typeof OpportunityEvidenceSchema>;

/** Field name to its places; `documents` has one for each document. */
export const EvidenceByFieldSchema = z.record(z.string(), z.array(OpportunityEvidenceSchema));

/** Something the page says that nobody can read for sure. Its words are kept; no value is made of them. */
export const UnclearSchema = z
  .object({
    field: z.string(),
    reason: z.enum(["date_order", "unreadable", "time_zone", "currency"]),
    quote: z.string(),
    message: z.string().describe("What is open, and what would settle it."),
  })
  .meta({ id: "UnclearValue" });

/** An opportunity as one run found it. */
export interface FoundOpportunity extends ReadOpportunity {
  /** Whether this run looked at the record's own page at all. */
  openedPage: boolean;
}

/** What was read of an opportunity, with all that proves it. */
export interface ReadOpportunity {
  opportunity: Opportunity;
  /** The words of the page behind each normalised field. */
  raw: Record<string, string>;
  evidence: z.infer<typeof EvidenceByFieldSchema>;
  verification: "verified" | "unverified";
  recordId: string;
  /** What was left open rather than guessed. */
  unclear: readonly Unclear[];
  /** How sure each field is, 0 to 1. */
  fieldConfidence: Record<string, number>;
  /** The moment of the deadline, where a time zone is known. */
  closesAt: Date | null;
  /** Fields that the record's own page said. */
  detailFields: readonly string[];
}

/** What a person says instead of the page. What the page said stands beside it and is never overwritten. */
export const CorrectionSchema = z
  .object({
    value: z
      .union([z.string(), z.number()])
      .nullable()
      .describe("Null: the page's value is wrong, and nobody knows the right one."),
    observed: z.unknown().describe("What the page said when it was corrected."),
    by: z.string(),
    at: z.iso.datetime(),
    note: z.string().optional(),
  })
  .meta({ id: "Correction" });
export type Correction = z.infer<typeof CorrectionSchema>;
export const CorrectionsSchema = z.record(z.string(), CorrectionSchema);

export const REVIEW_STATES = ["none", "waiting", "accepted", "corrected", "rejected"] as const;

/** Whether a person has to look, or has looked. */
export interface Review {
  state: (typeof REVIEW_STATES)[number];
  /** Why a person has to look, for people. */
  reasons: readonly string[];
  /** The content that was looked at: while the page says the same, the decision stands. */
  contentHash: string | null;
  by: string | null;
  at: Date | null;
}

/** How much of the list an opportunity was in came home. */
export type ListState = "complete" | "incomplete" | "unknown";

/** A stored opportunity: what is known of it now, and since when. */
export interface StoredOpportunity extends ReadOpportunity {
  id: string;
  portalId: string;
  identity: string;
  runId: string;
  /** The list it was last seen in; null when that was before lists were noted. */
  listUrl: string | null;
  listState: ListState | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** When its values last differed from what was known. */
  changedAt: Date;
  /** Since when its list no longer has it, though all of the list came home. */
  vanishedAt: Date | null;
  review: Review;
  corrections: Record<string, Correction>;
}

/** What counts: the page's values, but where a person said otherwise. */
export function effective({
  opportunity,
  corrections,
}: Pick<StoredOpportunity, "opportunity" | "corrections">): Opportunity {
  const said = Object.entries(corrections);
  if (said.length === 0) return opportunity;
  const kept = Object.entries(opportunity).filter(([field]) => !Object.hasOwn(corrections, field));
  const corrected = said.flatMap(([field, { value }]) => (value === null ? [] : [[field, value] as const]));
  return OpportunitySchema.parse({ title: opportunity.title, ...Object.fromEntries([...kept, ...corrected]) });
}
