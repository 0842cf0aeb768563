import type { ColumnType, Generated, GeneratedAlways, Selectable } from "kysely";

/** A column that holds JSON: read as a value, written as its text. */
type Json<Value> = ColumnType<Value, string, string>;
type OptionalJson<Value> = ColumnType<Value | null, string | null | undefined, string | null>;
type GeneratedJson<Value> = ColumnType<Value, string | undefined, string>;
type JsonRecord = Record<string, unknown>;

export interface OpportunityTable {
  id: string;
  portal_id: string;
  identity: string;
  external_id: string | null;
  reference_number: string | null;
  title: string;
  opportunity_type: string | null;
  status: string | null;
  posted_date: string | null;
  closing_date: string | null;
  category: string | null;
  department: string | null;
  agency: string | null;
  value_min: number | null;
  value_max: number | null;
  currency: string | null;
  confidence: number;
  verification: "verified" | "unverified";
  /** The whole documented opportunity, the quotes it was read from, and where each stands in the stored bytes. */
  document: Json<JsonRecord>;
  raw: Json<Record<string, string>>;
  evidence: Json<JsonRecord>;
  content_hash: string;
  run_id: string;
  record_id: string;
  first_seen_at: Date;
  last_seen_at: Date;
  changed_at: Date;
  /** The list that it was last seen in, and how much of that list came home. */
  list_url: string | null;
  list_state: "complete" | "incomplete" | "unknown" | null;
  /** The very moment of the deadline, where the page or its portal tell the time zone. */
  closes_at: Date | null;
  /** Share of the usual fields that are known. */
  filled: Generated<number>;
  has_documents: Generated<boolean>;
  /** `CPV:45233141`. */
  classification_codes: Generated<string[]>;
  /** What the page says and nobody can read for sure. */
  unclear: GeneratedJson<JsonRecord[]>;
  field_confidence: GeneratedJson<Record<string, number>>;
  /** Fields that came from the record's own page, which not every job opens. */
  detail_fields: Generated<string[]>;
  vanished_at: Date | null;
  review: Generated<"none" | "waiting" | "accepted" | "corrected" | "rejected">;
  review_reasons: GeneratedJson<string[]>;
  /** Its content when it was reviewed: while that is the same, the review stands. */
  reviewed_hash: string | null;
  reviewed_by: string | null;
  reviewed_at: Date | null;
  /** By field, what a person says instead of the page. */
  corrections: GeneratedJson<JsonRecord>;
  /** The words of it, as PostgreSQL writes them: `'bridg':1A`. */
  search: Generated<string>;
}

/** What one job saw of one opportunity, kept as it was then. */
export interface OpportunitySightingTable {
  job_id: string;
  opportunity_id: string;
  position: number;
  document: Json<JsonRecord>;
}

/** Everything that an opportunity is known by in its portal. */
export interface OpportunityKeyTable {
  portal_id: string;
  key: string;
  opportunity_id: string;
}

/** What happened to an opportunity. Only grows. */
export interface OpportunityEventTable {
  id: GeneratedAlways<number>;
  opportunity_id: string;
  at: Date;
  kind: string;
  field: string | null;
  old_value: OptionalJson<unknown>;
  new_value: OptionalJson<unknown>;
  old_quote: string | null;
  new_quote: string | null;
  old_evidence: OptionalJson<unknown>;
  new_evidence: OptionalJson<unknown>;
  /** The stored pages that the evidence points at. */
  artifacts: Generated<string[]>;
  job_id: string | null;
  actor: string | null;
  note: string | null;
}

/** What opportunities have in common that may be the same one: only those that share a key are compared. */
export interface OpportunityBlockTable {
  key: string;
  opportunity_id: string;
}

/** Two entries that are, or may be, one opportunity. */
export interface OpportunityLinkTable {
  id: string;
  first_id: string;
  second_id: string;
  state: "linked" | "confirmed" | "split" | "dropped";
  confidence: number;
  reasons: Json<JsonRecord[]>;
  found_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  note: string | null;
}

export interface SavedViewTable {
  id: string;
  owner: string;
  name: string;
  search: Json<JsonRecord>;
  created_at: Date;
  updated_at: Date;
}

export interface OpportunityTables {
  opportunity: OpportunityTable;
  opportunity_sighting: OpportunitySightingTable;
  opportunity_key: OpportunityKeyTable;
  opportunity_event: OpportunityEventTable;
  opportunity_block: OpportunityBlockTable;
  opportunity_link: OpportunityLinkTable;
  saved_view: SavedViewTable;
}

/** Rows as they are read. */
export type OpportunityRow = Selectable<OpportunityTable>;
export type OpportunityEventRow = Selectable<OpportunityEventTable>;
export type OpportunityLinkRow = Selectable<OpportunityLinkTable>;
