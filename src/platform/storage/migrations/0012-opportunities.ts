import { sql, type Kysely } from "kysely";

/** Opportunities grow up: many keys for one identity, a history, links to their like, reviews, and a search in full text. */
export async function up(db: Kysely<any>): Promise<void> {
  await widenOpportunities(db);
  await createKeys(db);
  await createHistory(db);
  await createLinks(db);
  await createSavedViews(db);
}

async function widenOpportunities(db: Kysely<any>): Promise<void> {
  await sql`
    alter table opportunity
      add column list_url text,
      add column list_state text check (list_state in ('complete', 'incomplete', 'unknown')),
      add column closes_at timestamptz,
      add column filled double precision not null default 0 check (filled between 0 and 1),
      add column has_documents boolean not null default false,
      add column classification_codes text[] not null default '{}',
      add column unclear jsonb not null default '[]',
      add column field_confidence jsonb not null default '{}',
      add column detail_fields text[] not null default '{}',
      add column vanished_at timestamptz,
      add column review text not null default 'none'
        check (review in ('none', 'waiting', 'accepted', 'corrected', 'rejected')),
      add column review_reasons jsonb not null default '[]',
      add column reviewed_hash text,
      add column reviewed_by text,
      add column reviewed_at timestamptz,
      add column corrections jsonb not null default '{}',
      add column search tsvector not null default '',
      add constraint a_review_has_a_reviewer check
        ((review in ('accepted', 'corrected', 'rejected')) <= (reviewed_by is not null and reviewed_at is not null))`.execute(
    db,
  );
  await sql`
    update opportunity set
      has_documents = jsonb_array_length(coalesce(document -> 'documents', '[]')) > 0,
      search = to_tsvector('simple', lower(concat_ws(' ', title, reference_number, external_id, agency, document ->> 'description')))`.execute(
    db,
  );
  await sql`create index opportunity_search on opportunity using gin (search)`.execute(db);
  await sql`create index opportunity_classified on opportunity using gin (classification_codes)`.execute(db);
  await sql`create index opportunity_by_value on opportunity (coalesce(value_max, value_min, -1), id)`.execute(db);
  await sql`create index opportunity_by_title on opportunity ((lower(title) collate "C"), id)`.execute(db);
  await sql`
    create index opportunity_in_review on opportunity (confidence, id) where review = 'waiting'`.execute(db);
  await sql`
    create index opportunity_present on opportunity (portal_id, list_url, last_seen_at) where vanished_at is null`.execute(
    db,
  );
}

async function createKeys(db: Kysely<any>): Promise<void> {
  await sql`
    create table opportunity_key (
      portal_id text not null references portal (id),
      key text not null,
      opportunity_id uuid not null references opportunity (id),
      primary key (portal_id, key)
    )`.execute(db);
  await sql`insert into opportunity_key select portal_id, identity, id from opportunity`.execute(db);
  await sql`create index opportunity_key_of on opportunity_key (opportunity_id)`.execute(db);
}

async function createHistory(db: Kysely<any>): Promise<void> {
  await sql`
    create table opportunity_event (
      id bigint primary key generated always as identity,
      opportunity_id uuid not null references opportunity (id),
      at timestamptz not null,
      kind text not null,
      field text,
      old_value jsonb,
      new_value jsonb,
      old_quote text,
      new_quote text,
      old_evidence jsonb,
      new_evidence jsonb,
      artifacts text[] not null default '{}',
      job_id text,
      actor text,
      note text,
      constraint a_change_names_its_field check ((kind in ('changed', 'deadline_amended', 'reread')) <= (field is not null))
    )`.execute(db);
  await sql`create index opportunity_event_of on opportunity_event (opportunity_id, id)`.execute(db);
  await sql`create index opportunity_event_in_time on opportunity_event (at, id)`.execute(db);
  await sql`create index opportunity_event_artifact on opportunity_event using gin (artifacts)`.execute(db);
  await sql`
    create function refuse_opportunity_history_change() returns trigger language plpgsql as $$
    begin
      raise exception 'the history of an opportunity only grows';
    end $$`.execute(db);
  await sql`
    create trigger opportunity_event_only_grows before update or delete on opportunity_event
    for each row execute function refuse_opportunity_history_change()`.execute(db);
}

async function createLinks(db: Kysely<any>): Promise<void> {
  await sql`
    create table opportunity_block (
      key text not null,
      opportunity_id uuid not null references opportunity (id),
      primary key (key, opportunity_id)
    )`.execute(db);
  await sql`create index opportunity_block_of on opportunity_block (opportunity_id)`.execute(db);
  await sql`
    create table opportunity_link (
      id uuid primary key,
      first_id uuid not null references opportunity (id),
      second_id uuid not null references opportunity (id),
      state text not null check (state in ('linked', 'confirmed', 'split', 'dropped')),
      confidence double precision not null check (confidence between 0 and 1),
      reasons jsonb not null,
      found_at timestamptz not null,
      decided_by text,
      decided_at timestamptz,
      note text,
      constraint one_link_a_pair unique (first_id, second_id),
      constraint a_pair_has_one_order check (first_id < second_id),
      constraint a_decision_has_a_person check
        ((state in ('confirmed', 'split')) = (decided_by is not null and decided_at is not null))
    )`.execute(db);
  await sql`create index opportunity_link_of_second on opportunity_link (second_id)`.execute(db);
  await sql`
    create index opportunity_link_to_decide on opportunity_link (confidence, id) where state = 'linked'`.execute(db);
}

async function createSavedViews(db: Kysely<any>): Promise<void> {
  await sql`
    create table saved_view (
      id uuid primary key,
      owner text not null,
      name text not null check (length(name) between 1 and 100),
      search jsonb not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      constraint one_view_a_name unique (owner, name)
    )`.execute(db);
}
