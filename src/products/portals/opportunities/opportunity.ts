import { z } from "zod";

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

/** An opportunity with all that proves it, as one run found it. */
export interface FoundOpportunity {
  opportunity: Opportunity;
  /** The words of the page behind each normalised field. */
  raw: Record<string, string>;
  evidence: z.infer<typeof EvidenceByFieldSchema>;
  verification: "verified" | "unverified";
  recordId: string;
}

/** A stored opportunity: what is known of it now, and since when. */
export interface StoredOpportunity extends FoundOpportunity {
  id: string;
  portalId: string;
  runId: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  /** When its values last differed from what was known. */
  changedAt: Date;
}
