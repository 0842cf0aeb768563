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

export interface UserAccountTable {
  id: string;
  /** What a person signs in with: a name or an e-mail address, in lower case. Never changed, never used twice. */
  name: string;
  /** Argon2id, with its parameters and salt. */
  password_hash: string;
  role: "viewer" | "operator" | "admin";
  created_by: string;
  created_at: Date;
  password_changed_at: Date;
  disabled_at: Date | null;
  last_signed_in_at: Date | null;
}

export interface UserSessionTable {
  id: string;
  user_id: string;
  token_sha256: string;
  started_at: Date;
  /** To the minute. */
  seen_at: Date;
  expires_at: Date;
  /** Signed out, or ended by a changed password or a disabled account. */
  ended_at: Date | null;
  /** Where the person signed in from. */
  address: string;
}

export interface SignInBrakeTable {
  /** An account, an address, or one at the other. */
  subject: string;
  failures: number;
  failed_at: Date;
  /** Until then no password is looked at. */
  closed_until: Date;
}

export interface OperatorTables {
  api_key: ApiKeyTable;
  audit_event: AuditEventTable;
  attention: AttentionTable;
  user_account: UserAccountTable;
  user_session: UserSessionTable;
  sign_in_brake: SignInBrakeTable;
}
