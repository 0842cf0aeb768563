import type { OpportunityRow } from "#platform/storage";
import { z } from "zod";
import { hashOfContent } from "./history/note-sighting.ts";
import {
  CorrectionsSchema,
  effective,
  EvidenceByFieldSchema,
  OpportunitySchema,
  UnclearSchema,
  type Opportunity,
  type StoredOpportunity,
} from "./opportunity.ts";
import { searchDocument } from "./search/search-document.ts";
import { codeOf } from "./values/classification.ts";

/** What an analyst looks for first. The share of them that is known says how much an entry tells. */
const USUAL = [
  ...(["title", "referenceNumber", "description", "status", "postedDate", "closingDate"] as const),
  ...(["agency", "estimatedValue", "contactEmail", "detailUrl"] as const),
];

/** The SQL type of each column that is written. */
export const OPPORTUNITY_COLUMNS = {
  ...{ id: "uuid", portal_id: "text", identity: "text", external_id: "text", reference_number: "text", title: "text" },
  ...{ opportunity_type: "text", status: "text", posted_date: "text", closing_date: "text", closes_at: "timestamptz" },
  ...{
    category: "text",
    department: "text",
    agency: "text",
    value_min: "float8",
    value_max: "float8",
    currency: "text",
  },
  ...{ confidence: "float8", verification: "text", document: "jsonb", raw: "jsonb", evidence: "jsonb" },
  ...{
    content_hash: "text",
    run_id: "text",
    record_id: "text",
    first_seen_at: "timestamptz",
    last_seen_at: "timestamptz",
  },
  ...{ changed_at: "timestamptz", list_url: "text", list_state: "text", filled: "float8", has_documents: "bool" },
  ...{ classification_codes: "text[]", unclear: "jsonb", field_confidence: "jsonb", detail_fields: "text[]" },
  ...{
    vanished_at: "timestamptz",
    review: "text",
    review_reasons: "jsonb",
    reviewed_hash: "text",
    reviewed_by: "text",
  },
  ...{ reviewed_at: "timestamptz", corrections: "jsonb", search: "tsvector" },
} as const;

/** As it is written. Columns that lists are narrowed and sorted by hold what counts; `document` holds what the page said. */
export type WrittenRow = Record<keyof typeof OPPORTUNITY_COLUMNS, unknown>;

export function toRow(stored: StoredOpportunity): WrittenRow {
  const counts = effective(stored);
  const { review, opportunity } = stored;
  const text = (value: string | undefined) => value ?? null;
  const row: WrittenRow = {
    id: stored.id,
    portal_id: stored.portalId,
    identity: stored.identity,
    external_id: text(counts.externalId),
    reference_number: text(counts.referenceNumber),
    title: counts.title,
    opportunity_type: text(counts.opportunityType),
    status: text(counts.status),
    posted_date: text(counts.postedDate),
    closing_date: text(counts.closingDate),
    closes_at: stored.closesAt,
    category: text(counts.category),
    department: text(counts.department),
    agency: text(counts.agency),
    value_min: counts.valueMin ?? null,
    value_max: counts.valueMax ?? null,
    currency: text(counts.currency),
    confidence: opportunity.confidence,
    verification: stored.verification,
    document: opportunity,
    raw: stored.raw,
    evidence: stored.evidence,
    content_hash: hashOfContent(opportunity),
    run_id: stored.runId,
    record_id: stored.recordId,
    first_seen_at: stored.firstSeenAt,
    last_seen_at: stored.lastSeenAt,
    changed_at: stored.changedAt,
    list_url: stored.listUrl,
    list_state: stored.listState,
    filled: filledShare(counts),
    has_documents: (counts.documents?.length ?? 0) > 0,
    classification_codes: (counts.classifications ?? []).map(codeOf),
    unclear: stored.unclear,
    field_confidence: stored.fieldConfidence,
    detail_fields: stored.detailFields,
    vanished_at: stored.vanishedAt,
    review: review.state,
    review_reasons: review.reasons,
    reviewed_hash: review.contentHash,
    reviewed_by: review.by,
    reviewed_at: review.at,
    corrections: stored.corrections,
    search: searchDocument(counts),
  };
  return row;
}

export function fromRow(row: OpportunityRow): StoredOpportunity {
  return {
    id: row.id,
    portalId: row.portal_id,
    identity: row.identity,
    opportunity: OpportunitySchema.parse(row.document),
    raw: row.raw,
    evidence: EvidenceByFieldSchema.parse(row.evidence),
    verification: row.verification,
    recordId: row.record_id,
    runId: row.run_id,
    unclear: z.array(UnclearSchema).parse(row.unclear),
    fieldConfidence: row.field_confidence,
    closesAt: row.closes_at,
    detailFields: row.detail_fields,
    listUrl: row.list_url,
    listState: row.list_state,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    changedAt: row.changed_at,
    vanishedAt: row.vanished_at,
    review: {
      state: row.review,
      reasons: row.review_reasons,
      contentHash: row.reviewed_hash,
      by: row.reviewed_by,
      at: row.reviewed_at,
    },
    corrections: CorrectionsSchema.parse(row.corrections),
  };
}

export function filledShare(opportunity: Opportunity): number {
  const known = USUAL.filter((field) => opportunity[field] !== undefined).length;
  return Math.round((known / USUAL.length) * 100) / 100;
}
