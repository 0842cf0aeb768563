import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { JsonObject } from "#kernel";

/** JSON is written as text, so that both drivers send the same, and read as values. */
type Json = ColumnType<JsonObject, string, string>;

export interface ApiKeyTable {
  id: string;
  name: string;
  /** The first characters of the key, for people to tell keys apart. */
  prefix: string;
  key_sha256: string;
  role: "viewer" | "operator" | "admin" | "bot";
  created_by: string;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

/** Grows only: a trigger refuses update, delete and truncate. */
export interface AuditEventTable {
  id: GeneratedAlways<number>;
  at: Date;
  actor: string;
  action: string;
  subject: string | null;
  details: Json;
}

export interface AttentionTable {
  id: string;
  kind: string;
  subject: string;
  reason: string;
  details: Json;
  state: Generated<"open" | "claimed" | "resolved">;
  opened_at: Date;
  claimed_by: string | null;
  claimed_at: Date | null;
  resolved_by: string | null;
  resolved_at: Date | null;
  resolution: string | null;
}

export interface OperatorTables {
  api_key: ApiKeyTable;
  audit_event: AuditEventTable;
  attention: AttentionTable;
}
