import type { Selectable } from "kysely";
import { expect, test } from "vitest";
import { useOpenTestDatabase } from "../testing.ts";
import type { Schema } from "./index.ts";

const database = await useOpenTestDatabase();

type Sql =
  | "int4"
  | "int8"
  | "float8"
  | "numeric"
  | "bool"
  | "text"
  | "_text"
  | "uuid"
  | "timestamptz"
  | "date"
  | "jsonb"
  | "bytea";

/** A type of PostgreSQL, with a question mark where the table's type allows null, and only there. */
type Column<Value> = unknown extends Value ? Sql | "jsonb?" : null extends Value ? `${Sql}?` : Sql;

/** The compiler compares this with the table types, the test with the migrated database: so the two agree. */
const TABLES: {
  [Table in keyof Schema]: { [Name in keyof Selectable<Schema[Table]>]: Column<Selectable<Schema[Table]>[Name]> };
} = {
  api_key: {
    id: "uuid",
    name: "text",
    prefix: "text",
    key_sha256: "text",
    role: "text",
    created_by: "text",
    created_at: "timestamptz",
    expires_at: "timestamptz?",
    revoked_at: "timestamptz?",
    last_used_at: "timestamptz?",
  },
  artifact: {
    sha256: "text",
    size: "int8",
    stored_size: "int8",
    media_type: "text",
    kind: "text",
    source_url: "text?",
    stored_at: "timestamptz",
  },
  attention: {
    id: "uuid",
    kind: "text",
    subject: "text",
    reason: "text",
    details: "jsonb",
    state: "text",
    opened_at: "timestamptz",
    claimed_by: "text?",
    claimed_at: "timestamptz?",
    resolved_by: "text?",
    resolved_at: "timestamptz?",
    resolution: "text?",
  },
  audit_event: {
    id: "int8",
    at: "timestamptz",
    actor: "text",
    action: "text",
    subject: "text?",
    details: "jsonb",
  },
  delivery: {
    id: "uuid",
    kind: "text",
    url: "text",
    destination: "text",
    body: "text",
    secrets: "text?",
    idempotency_key: "text",
    state: "text",
    attempts: "int4",
    next_attempt_at: "timestamptz",
    last_error: "text?",
    last_status: "int4?",
    created_at: "timestamptz",
    delivered_at: "timestamptz?",
    died_at: "timestamptz?",
  },
  harvest_run: {
    id: "uuid",
    recipe_id: "uuid?",
    recipe_version: "int4?",
    request: "jsonb",
    status: "text",
    checkpoint: "jsonb?",
    completeness: "jsonb?",
    outcome: "jsonb?",
    page_count: "int4",
    record_count: "int4",
    unverified_count: "int4",
    started_at: "timestamptz",
    finished_at: "timestamptz?",
  },
  interaction: {
    job_id: "text",
    step: "int4",
    at: "timestamptz",
    action: "text",
    description: "text",
    target: "jsonb?",
    result: "text",
    error: "text?",
    screenshot: "text?",
    duration_ms: "int4",
    llm_tokens_used: "int4?",
  },
  known_page: {
    recipe_id: "uuid",
    url: "text",
    etag: "text?",
    last_modified: "text?",
    artifact: "text",
    media_type: "text",
    seen_at: "timestamptz",
  },
  opportunity: {
    id: "uuid",
    portal_id: "text",
    identity: "text",
    external_id: "text?",
    reference_number: "text?",
    title: "text",
    opportunity_type: "text?",
    status: "text?",
    posted_date: "text?",
    closing_date: "text?",
    category: "text?",
    department: "text?",
    agency: "text?",
    value_min: "float8?",
    value_max: "float8?",
    currency: "text?",
    confidence: "float8",
    verification: "text",
    document: "jsonb",
    raw: "jsonb",
    evidence: "jsonb",
    content_hash: "text",
    run_id: "text",
    record_id: "text",
    first_seen_at: "timestamptz",
    last_seen_at: "timestamptz",
    changed_at: "timestamptz",
  },
  opportunity_sighting: {
    job_id: "text",
    opportunity_id: "uuid",
    position: "int4",
    document: "jsonb",
  },
  portal: {
    id: "text",
    name: "text",
    url: "text",
    state: "text?",
    capital: "text?",
    status: "text",
    configuration: "jsonb",
    recipe_id: "text?",
    robots: "text",
    robots_reason: "text?",
    consecutive_failures: "int4",
    last_count: "int4?",
    last_scraped_at: "timestamptz?",
    last_successful_scrape_at: "timestamptz?",
    watched: "bool",
    schedule: "text?",
    timezone: "text",
    next_run_at: "timestamptz?",
    paused_at: "timestamptz?",
    paused_by: "text?",
    pause_reason: "text?",
    created_at: "timestamptz",
    updated_at: "timestamptz",
  },
  recipe: {
    id: "uuid",
    name: "text",
    source_url: "text",
    version: "int4",
    created_at: "timestamptz",
    updated_at: "timestamptz",
  },
  recipe_event: {
    number: "int8",
    recipe_id: "uuid",
    run_id: "uuid?",
    kind: "text",
    body: "jsonb",
    at: "timestamptz",
  },
  recipe_version: {
    recipe_id: "uuid",
    version: "int4",
    body: "jsonb",
    sha256: "text",
    origin: "text",
    note: "text?",
    created_at: "timestamptz",
  },
  run_detail: {
    run_id: "uuid",
    page: "int4",
    position: "int4",
    url: "text",
    artifact: "text?",
    media_type: "text",
    http_status: "int4",
    captured_at: "timestamptz",
    detail: "bytea?",
    problem: "text?",
  },
  run_page: {
    run_id: "uuid",
    number: "int4",
    url: "text",
    step_key: "text?",
    action: "text",
    label: "text",
    duration_ms: "int4",
    artifact: "text?",
    media_type: "text",
    http_status: "int4",
    captured_at: "timestamptz",
    reused: "bool",
    record_count: "int4",
    duplicate_count: "int4",
    unverified_count: "int4",
    records: "bytea",
  },
  scrape_job: {
    id: "text",
    sequence: "int8",
    portal_id: "text",
    request: "jsonb",
    request_hash: "text",
    status: "text",
    attempt: "int4",
    lost_workers: "int4",
    run_id: "text?",
    recipe_id: "text?",
    progress: "jsonb",
    wall: "jsonb?",
    attention_id: "text?",
    completeness: "jsonb?",
    error: "jsonb?",
    cancel_requested_at: "timestamptz?",
    queued_at: "timestamptz",
    started_at: "timestamptz?",
    finished_at: "timestamptz?",
    updated_at: "timestamptz",
  },
  scrape_job_event: {
    id: "int8",
    job_id: "text",
    at: "timestamptz",
    kind: "text",
    data: "jsonb",
  },
  signal_payload: {
    id: "int8",
    payload: "text",
    stored_at: "timestamptz",
  },
};

test("the table types say what the migrations made", async () => {
  const { rows } = await database.executeSql(
    `select table_name, column_name, udt_name || case is_nullable when 'YES' then '?' else '' end as type
     from information_schema.columns where table_schema = current_schema() and table_name <> 'migration'`,
  );

  const declared = Object.entries(TABLES).flatMap(([table_name, columns]) =>
    Object.entries(columns).map(([column_name, type]) => ({ table_name, column_name, type })),
  );
  const inOrder = (all: readonly unknown[]) => all.map((column) => JSON.stringify(column)).sort();
  expect(inOrder(rows)).toEqual(inOrder(declared));
});
