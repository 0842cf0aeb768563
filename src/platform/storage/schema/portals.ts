import type { ColumnType, Generated, GeneratedAlways } from "kysely";

/** A column that holds JSON: read as a value, written as its text. */
type Json<Value> = ColumnType<Value, string, string>;
type OptionalJson<Value> = ColumnType<Value | null, string | null | undefined, string | null>;
type JsonRecord = Record<string, unknown>;

export interface PortalTable {
  id: string;
  name: string;
  url: string;
  state: string | null;
  capital: string | null;
  status: Generated<"pending" | "in_progress" | "completed" | "failed">;
  configuration: Json<JsonRecord>;
  recipe_id: string | null;
  robots: Generated<"respect" | "ignore">;
  robots_reason: string | null;
  consecutive_failures: Generated<number>;
  last_count: number | null;
  last_scraped_at: Date | null;
  last_successful_scrape_at: Date | null;
  watched: Generated<boolean>;
  schedule: string | null;
  timezone: Generated<string>;
  next_run_at: Date | null;
  paused_at: Date | null;
  paused_by: string | null;
  pause_reason: string | null;
  created_at: Date;
  updated_at: Date;
}

export interface ScrapeJobTable {
  id: string;
  /** Grows with every job; the key that pages of the job list go by. */
  sequence: GeneratedAlways<number>;
  portal_id: string;
  request: Json<JsonRecord>;
  request_hash: string;
  status: "queued" | "running" | "paused" | "needs_person" | "completed" | "incomplete" | "failed" | "cancelled";
  attempt: number;
  lost_workers: number;
  run_id: string | null;
  recipe_id: string | null;
  progress: Json<JsonRecord>;
  wall: OptionalJson<JsonRecord>;
  attention_id: string | null;
  person_until: Date | null;
  completeness: OptionalJson<JsonRecord>;
  error: OptionalJson<JsonRecord>;
  cancel_requested_at: Date | null;
  pause_requested_at: Date | null;
  queued_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  updated_at: Date;
}

export interface ScrapeJobEventTable {
  id: GeneratedAlways<number>;
  job_id: string;
  at: Date;
  kind: string;
  data: Json<JsonRecord>;
}

export interface InteractionTable {
  job_id: string;
  step: number;
  at: Date;
  action: string;
  description: string;
  target: OptionalJson<JsonRecord>;
  result: "success" | "failure" | "partial";
  error: string | null;
  screenshot: string | null;
  duration_ms: number;
  llm_tokens_used: number | null;
}

/** How to sign in at a portal. `secrets` and `session` are sealed. */
export interface PortalLoginTable {
  portal_id: string;
  secrets: string;
  username_hint: string;
  has_codes: boolean;
  url: string | null;
  origins: Json<string[]>;
  status: "untried" | "accepted" | "refused";
  refusal: string | null;
  open_tries: number;
  tried_at: Date | null;
  accepted_at: Date | null;
  /** Of the one-time codes; none of it or of an earlier one is given out again. */
  last_code_step: number | null;
  session: string | null;
  session_until: Date | null;
  updated_at: Date;
  updated_by: string;
}

export interface PortalTables {
  portal_login: PortalLoginTable;
  portal: PortalTable;
  scrape_job: ScrapeJobTable;
  scrape_job_event: ScrapeJobEventTable;
  interaction: InteractionTable;
}
