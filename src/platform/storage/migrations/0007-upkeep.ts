import { sql, type Kysely } from "kysely";

/** Time tables and pauses of portals, and what may be cleared away when it is old. */
export async function up(db: Kysely<any>): Promise<void> {
  await addTimeTables(db);
  await letRetentionForget(db);
  await sql`create index harvest_run_ended on harvest_run (finished_at) where finished_at is not null`.execute(db);
  await sql`create index scrape_job_ended on scrape_job (finished_at) where finished_at is not null`.execute(db);
  await sql`create index opportunity_by_artifact on opportunity
    using gin (jsonb_path_query_array(evidence, '$.*[*].artifact'))`.execute(db);
}

async function addTimeTables(db: Kysely<any>): Promise<void> {
  await sql`
    alter table portal
      add column watched boolean not null default false,
      add column schedule text check (schedule <> ''),
      add column timezone text not null default 'UTC' check (timezone <> ''),
      add column next_run_at timestamptz,
      add column paused_at timestamptz,
      add column paused_by text,
      add column pause_reason text,
      add constraint a_pause_is_signed check (num_nonnulls(paused_at, paused_by, pause_reason) in (0, 3)),
      add constraint only_the_watched_are_due check (next_run_at is null or (watched and paused_at is null))`.execute(
    db,
  );
  await sql`create index portal_due on portal (next_run_at) where next_run_at is not null`.execute(db);
}

/** History still only grows, but for the clean-up of ended jobs, which says so within its transaction. */
async function letRetentionForget(db: Kysely<any>): Promise<void> {
  await sql`
    create or replace function refuse_job_history_change() returns trigger language plpgsql as $$
    begin
      if tg_op = 'DELETE' and current_setting('gleaner.retention', true) = 'on' then
        return old;
      end if;
      raise exception 'the history of a job only grows';
    end $$`.execute(db);
}
