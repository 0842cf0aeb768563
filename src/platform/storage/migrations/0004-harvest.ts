import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<any>): Promise<void> {
  await recipes(db);
  await runs(db);
}

async function recipes(db: Kysely<any>): Promise<void> {
  await sql`
    create table recipe (
      id uuid primary key,
      name text not null,
      source_url text not null,
      version integer not null check (version >= 1),
      created_at timestamptz not null,
      updated_at timestamptz not null
    )`.execute(db);
  await sql`create index recipe_by_source on recipe (source_url, updated_at desc)`.execute(db);
  await sql`
    create table recipe_version (
      recipe_id uuid not null references recipe on delete cascade,
      version integer not null check (version >= 1),
      body jsonb not null,
      sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
      origin text not null check (origin in ('learned', 'imported', 'edited', 'healed')),
      note text,
      created_at timestamptz not null,
      primary key (recipe_id, version)
    )`.execute(db);
  await sql`
    create table known_page (
      recipe_id uuid not null references recipe on delete cascade,
      url text not null,
      etag text,
      last_modified text,
      artifact text not null check (artifact ~ '^[0-9a-f]{64}$'),
      media_type text not null,
      seen_at timestamptz not null,
      primary key (recipe_id, url),
      constraint known_by_something check (num_nonnulls(etag, last_modified) > 0)
    )`.execute(db);
}

async function runs(db: Kysely<any>): Promise<void> {
  await sql`
    create table harvest_run (
      id uuid primary key,
      recipe_id uuid,
      recipe_version integer,
      request jsonb not null,
      status text not null check (status in ('running', 'finished')),
      checkpoint jsonb,
      completeness jsonb,
      outcome jsonb,
      page_count integer not null default 0 check (page_count >= 0),
      record_count integer not null default 0 check (record_count >= 0),
      unverified_count integer not null default 0 check (unverified_count between 0 and record_count),
      started_at timestamptz not null,
      finished_at timestamptz,
      foreign key (recipe_id, recipe_version) references recipe_version on delete cascade,
      constraint recipe_has_version check (num_nonnulls(recipe_id, recipe_version) <> 1),
      constraint finished_is_judged check ((status = 'finished') = (num_nonnulls(completeness, outcome, finished_at) = 3)),
      constraint finished_forgets_its_checkpoint check (status = 'running' or checkpoint is null)
    )`.execute(db);
  await sql`create index harvest_run_by_recipe on harvest_run (recipe_id, started_at desc)`.execute(db);
  await sql`
    create table run_page (
      run_id uuid not null references harvest_run on delete cascade,
      number integer not null check (number >= 1),
      url text not null,
      step_key text,
      action text not null,
      label text not null,
      duration_ms integer not null check (duration_ms >= 0),
      artifact text check (artifact ~ '^[0-9a-f]{64}$'),
      media_type text not null,
      http_status integer not null,
      captured_at timestamptz not null,
      reused boolean not null,
      record_count integer not null check (record_count >= 0),
      duplicate_count integer not null check (duplicate_count >= 0),
      unverified_count integer not null check (unverified_count between 0 and record_count),
      records bytea not null,
      primary key (run_id, number)
    )`.execute(db);
  // The records are compressed already: letting the server try again costs time and gains nothing.
  await sql`alter table run_page alter column records set storage external`.execute(db);
  await sql`
    create table run_detail (
      run_id uuid not null,
      page integer not null,
      position integer not null check (position >= 1),
      url text not null,
      artifact text check (artifact ~ '^[0-9a-f]{64}$'),
      media_type text not null,
      http_status integer not null,
      captured_at timestamptz not null,
      detail bytea,
      problem text,
      primary key (run_id, page, position),
      foreign key (run_id, page) references run_page on delete cascade,
      constraint detail_or_problem check (num_nonnulls(detail, problem) = 1)
    )`.execute(db);
  await sql`create index run_page_by_artifact on run_page (artifact) where artifact is not null`.execute(db);
  await sql`create index run_detail_by_artifact on run_detail (artifact) where artifact is not null`.execute(db);
  await sql`create index known_page_by_artifact on known_page (artifact)`.execute(db);
  await sql`
    create table recipe_event (
      number bigint primary key generated always as identity,
      recipe_id uuid not null references recipe on delete cascade,
      run_id uuid references harvest_run on delete set null,
      kind text not null check (kind in ('learned', 'imported', 'edited', 'drift', 'shrunk', 'healed', 'heal_refused')),
      body jsonb not null,
      at timestamptz not null
    )`.execute(db);
  await sql`create index recipe_event_by_recipe on recipe_event (recipe_id, number)`.execute(db);
}
