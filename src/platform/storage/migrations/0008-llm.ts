import { sql, type Kysely } from "kysely";

/** The ledger of questions to models, with what is reserved for those under way, and the answers that may be given again. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table llm_call (
      id uuid primary key,
      at timestamptz not null,
      job_id text,
      portal_id text,
      record_id text,
      purpose text not null check (purpose <> ''),
      provider text not null,
      model text not null,
      question_hash text not null check (question_hash ~ '^[0-9a-f]{64}$'),
      pictures integer not null check (pictures >= 0),
      outcome text not null check (outcome in ('reserved', 'answered', 'cached', 'failed')),
      error text,
      requests integer not null default 0 check (requests >= 0),
      repairs integer not null default 0 check (repairs >= 0),
      input_tokens integer not null default 0 check (input_tokens >= 0),
      output_tokens integer not null default 0 check (output_tokens >= 0),
      microusd bigint check (microusd >= 0),
      duration_ms integer not null default 0 check (duration_ms >= 0),
      held_tokens integer not null check (held_tokens >= 0),
      held_microusd bigint not null check (held_microusd >= 0),
      constraint only_a_failure_has_an_error check ((outcome = 'failed') = (error is not null)),
      constraint a_cached_answer_is_free check (outcome <> 'cached' or (requests = 0 and held_tokens = 0))
    )`.execute(db);
  await sql`create index llm_call_by_day on llm_call (at)`.execute(db);
  await sql`create index llm_call_by_job on llm_call (job_id) where job_id is not null`.execute(db);
  await sql`create index llm_call_by_portal on llm_call (portal_id, at) where portal_id is not null`.execute(db);
  await sql`create index llm_call_by_record on llm_call (record_id) where record_id is not null`.execute(db);
  await sql`
    create table llm_answer (
      question_hash text not null check (question_hash ~ '^[0-9a-f]{64}$'),
      model text not null,
      answer jsonb not null,
      answered_at timestamptz not null,
      expires_at timestamptz not null,
      primary key (question_hash, model),
      constraint lives_after_its_birth check (expires_at > answered_at)
    )`.execute(db);
  await sql`create index llm_answer_expiry on llm_answer (expires_at)`.execute(db);
}
