import type { ColumnType, Generated, GeneratedAlways } from "kysely";

/** A file that opportunities of a portal name, once for each address. */
export interface DocumentTable {
  id: string;
  portal_id: string;
  url: string;
  url_sha256: string;
  state: Generated<"pending" | "text" | "no_text" | "failed">;
  /** A code; there exactly with `failed`. */
  reason: string | null;
  /** The bytes, also of a file without text. */
  artifact: string | null;
  /** What the bytes are: pdf, docx … */
  kind: string | null;
  size: number | null;
  pages: number | null;
  has_macros: Generated<boolean>;
  is_cut: Generated<boolean>;
  etag: string | null;
  last_modified: string | null;
  attempts: Generated<number>;
  /** Null: not asked for again by itself. */
  next_attempt_at: Date | null;
  named_at: Date;
  fetched_at: Date | null;
  checked_at: Date | null;
}

export interface OpportunityDocumentTable {
  opportunity_id: string;
  document_id: string;
  name: string;
  /** As the portal says it. */
  type: string | null;
  position: number;
}

/** Text by the bytes that it was read from: the same file under two addresses is read once. */
export interface DocumentPageTable {
  artifact: string;
  page: number;
  text: string;
  search: ColumnType<string, never, never> & GeneratedAlways<string>;
}

export interface DocumentTables {
  document: DocumentTable;
  opportunity_document: OpportunityDocumentTable;
  document_page: DocumentPageTable;
}
