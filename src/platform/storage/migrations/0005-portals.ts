import { sql, type Kysely } from "kysely";

/** Portals, scrape jobs with their history, and the opportunities that were found. */
export async function up(db: Kysely<any>): Promise<void> {
  await createPortals(db);
  await createJobs(db);
  await createHistory(db);
  await createOpportunities(db);
}

async function createPortals(db: Kysely<any>): Promise<void> {
  await sql`
    create table portal (
      id text primary key check (length(id) between 1 and 200),
      name text not null,
      url text not null,
      state text,
      capital text,
      status text not null default 'pending' check (status in ('pending', 'in_progress', 'completed', 'failed')),
      configuration jsonb not null default '{}',
      recipe_id text,
      robots text not null default 'respect' check (robots in ('respect', 'ignore')),
      robots_reason text,
      consecutive_failures integer not null default 0 check (consecutive_failures >= 0),
      last_count integer,
      last_scraped_at timestamptz,
      last_successful_scrape_at timestamptz,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      constraint ignoring_robots_has_a_reason check (robots = 'respect' or length(robots_reason) > 0),
      constraint no_credentials_at_rest check (not configuration ? 'authCredentials')
    )`.execute(db);
}

async function createJobs(db: Kysely<any>): Promise<void> {
  await sql`
    create table scrape_job (
      id text primary key check (length(id) between 1 and 200),
      sequence bigint generated always as identity unique,
      portal_id text not null references portal (id),
      request jsonb not null,
      request_hash text not null,
      status text not null
        check (status in ('queued', 'running', 'needs_person', 'completed', 'incomplete', 'failed', 'cancelled')),
      attempt integer not null default 0 check (attempt >= 0),
      lost_workers integer not null default 0 check (lost_workers >= 0),
      run_id text,
      recipe_id text,
      progress jsonb not null,
      wall jsonb,
      attention_id text,
      completeness jsonb,
      error jsonb,
      cancel_requested_at timestamptz,
      queued_at timestamptz not null,
      started_at timestamptz,
      finished_at timestamptz,
      updated_at timestamptz not null,
      constraint final_has_an_end check
        ((status in ('completed', 'incomplete', 'failed', 'cancelled')) = (finished_at is not null)),
      constraint running_has_a_start check (status not in ('running', 'needs_person') or started_at is not null),
      constraint a_wall_needs_a_person check ((status = 'needs_person') = (wall is not null)),
      constraint an_end_says_how_complete check ((status in ('completed', 'incomplete')) = (completeness is not null)),
      constraint a_failure_says_why check ((status = 'failed') = (error is not null))
    )`.execute(db);
  await sql`create index scrape_job_of_portal on scrape_job (portal_id, sequence desc)`.execute(db);
  await sql`create index scrape_job_open on scrape_job (status, sequence) where finished_at is null`.execute(db);
}

async function createHistory(db: Kysely<any>): Promise<void> {
  await sql`
    create table scrape_job_event (
      id bigint primary key generated always as identity,
      job_id text not null references scrape_job (id),
      at timestamptz not null,
      kind text not null,
      data jsonb not null default '{}'
    )`.execute(db);
  await sql`create index scrape_job_event_of_job on scrape_job_event (job_id, id)`.execute(db);
  await sql`
    create function refuse_job_history_change() returns trigger language plpgsql as $$
    begin
      raise exception 'the history of a job only grows';
    end $$`.execute(db);
  await sql`
    create trigger scrape_job_event_only_grows before update or delete on scrape_job_event
    for each row execute function refuse_job_history_change()`.execute(db);
  await sql`
    create table interaction (
      job_id text not null references scrape_job (id),
      step integer not null check (step > 0),
      at timestamptz not null,
      action text not null
        check (action in ('navigate', 'click', 'scroll', 'extract', 'wait', 'fill', 'analyze')),
      description text not null,
      target jsonb,
      result text not null check (result in ('success', 'failure', 'partial')),
      error text,
      screenshot text,
      duration_ms integer not null check (duration_ms >= 0),
      llm_tokens_used integer,
      primary key (job_id, step)
    )`.execute(db);
}

async function createOpportunities(db: Kysely<any>): Promise<void> {
  await sql`
    create table opportunity (
      id uuid primary key,
      portal_id text not null references portal (id),
      identity text not null,
      external_id text,
      reference_number text,
      title text not null check (title <> ''),
      opportunity_type text,
      status text,
      posted_date text collate "C",
      closing_date text collate "C",
      category text,
      department text,
      agency text,
      value_min double precision,
      value_max double precision,
      currency text,
      confidence double precision not null check (confidence between 0 and 1),
      verification text not null check (verification in ('verified', 'unverified')),
      document jsonb not null,
      raw jsonb not null,
      evidence jsonb not null,
      content_hash text not null,
      run_id text not null,
      record_id text not null,
      first_seen_at timestamptz not null,
      last_seen_at timestamptz not null,
      changed_at timestamptz not null,
      constraint opportunity_identity unique (portal_id, identity),
      constraint seen_in_order check (first_seen_at <= last_seen_at)
    )`.execute(db);
  await sql`create index opportunity_by_closing on opportunity (coalesce(closing_date, '~'), id)`.execute(db);
  await sql`create index opportunity_by_posted on opportunity (coalesce(posted_date, ''), id)`.execute(db);
  await sql`create index opportunity_by_first_seen on opportunity (first_seen_at, id)`.execute(db);
  await sql`create index opportunity_by_last_seen on opportunity (last_seen_at, id)`.execute(db);
  await sql`
    create table opportunity_sighting (
      job_id text not null references scrape_job (id),
      opportunity_id uuid not null references opportunity (id),
      position integer not null,
      document jsonb not null,
      primary key (job_id, opportunity_id)
    )`.execute(db);
  await sql`create index opportunity_sighting_in_order on opportunity_sighting (job_id, position)`.execute(db);
}
