import { sql, type Kysely } from "kysely";

/** The files that opportunities name with their text, and subscriptions with what was told to whom. */
export async function up(db: Kysely<any>): Promise<void> {
  await createDocuments(db);
  await createSubscriptions(db);
  await sql`alter table delivery drop constraint delivery_kind_check`.execute(db);
  await sql`
    alter table delivery add constraint delivery_kind_check check (kind in ('webhook', 'email'))`.execute(db);
}

async function createDocuments(db: Kysely<any>): Promise<void> {
  await sql`
    create table document (
      id uuid primary key,
      portal_id text not null references portal (id),
      url text not null,
      url_sha256 text not null check (url_sha256 ~ '^[0-9a-f]{64}$'),
      state text not null default 'pending' check (state in ('pending', 'text', 'no_text', 'failed')),
      reason text,
      artifact text check (artifact ~ '^[0-9a-f]{64}$'),
      kind text,
      size bigint check (size >= 0),
      pages integer check (pages >= 0),
      has_macros boolean not null default false,
      is_cut boolean not null default false,
      etag text,
      last_modified text,
      attempts integer not null default 0 check (attempts >= 0),
      next_attempt_at timestamptz,
      named_at timestamptz not null,
      fetched_at timestamptz,
      checked_at timestamptz,
      constraint one_document_an_address unique (portal_id, url_sha256),
      constraint a_failed_document_says_why check ((state = 'failed') = (reason is not null)),
      constraint what_was_read_is_kept check (state not in ('text', 'no_text') or artifact is not null)
    )`.execute(db);
  await sql`
    create index document_due on document (portal_id, next_attempt_at) where next_attempt_at is not null`.execute(db);
  await sql`create index document_by_artifact on document (artifact) where artifact is not null`.execute(db);
  await sql`
    create table opportunity_document (
      opportunity_id uuid not null references opportunity (id),
      document_id uuid not null references document (id),
      name text not null,
      type text,
      position integer not null,
      primary key (opportunity_id, document_id)
    )`.execute(db);
  await sql`create index opportunity_document_of on opportunity_document (document_id)`.execute(db);
  await sql`
    create table document_page (
      artifact text not null check (artifact ~ '^[0-9a-f]{64}$'),
      page integer not null check (page > 0),
      text text not null,
      search tsvector not null generated always as (to_tsvector('simple', text)) stored,
      primary key (artifact, page)
    )`.execute(db);
  await sql`create index document_page_search on document_page using gin (search)`.execute(db);
}

async function createSubscriptions(db: Kysely<any>): Promise<void> {
  await sql`
    create table opportunity_news (
      id bigint primary key generated always as identity,
      opportunity_id uuid not null references opportunity (id),
      kind text not null check (kind in ('new', 'changed', 'deadline_amended', 'vanished')),
      at timestamptz not null,
      changes jsonb not null default '[]',
      matched_at timestamptz
    )`.execute(db);
  await sql`create index opportunity_news_waiting on opportunity_news (id) where matched_at is null`.execute(db);
  await sql`create index opportunity_news_by_time on opportunity_news (at)`.execute(db);
  await sql`
    create table subscription (
      id uuid primary key,
      name text not null check (length(name) between 1 and 200),
      filter jsonb not null,
      events text[] not null check (cardinality(events) > 0),
      cadence text not null check (cadence in ('at_once', 'daily')),
      hour integer check (hour between 0 and 23),
      timezone text not null default 'UTC',
      channel text not null check (channel in ('webhook', 'email')),
      target text not null,
      secret text,
      unsubscribe_key text not null,
      paused_at timestamptz,
      paused_by text,
      next_digest_at timestamptz,
      created_by text not null,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      constraint a_digest_has_its_hour check ((cadence = 'daily') = (hour is not null)),
      constraint a_pause_has_a_name check ((paused_at is null) = (paused_by is null)),
      constraint a_running_digest_has_its_time check
        ((cadence = 'daily' and paused_at is null) = (next_digest_at is not null))
    )`.execute(db);
  await sql`
    create index subscription_due on subscription (next_digest_at) where next_digest_at is not null`.execute(db);
  await sql`
    create table subscription_notice (
      id uuid primary key,
      subscription_id uuid not null references subscription (id) on delete cascade,
      kind text not null check (kind in ('at_once', 'digest', 'test')),
      changes integer not null check (changes >= 0),
      delivery_id uuid not null,
      created_at timestamptz not null
    )`.execute(db);
  await sql`
    create index subscription_notice_of on subscription_notice (subscription_id, created_at desc, id desc)`.execute(db);
  await sql`
    create table subscription_match (
      subscription_id uuid not null references subscription (id) on delete cascade,
      news_id bigint not null references opportunity_news (id) on delete cascade,
      notice_id uuid references subscription_notice (id) on delete cascade,
      primary key (subscription_id, news_id)
    )`.execute(db);
  await sql`
    create index subscription_match_untold on subscription_match (subscription_id, news_id)
    where notice_id is null`.execute(db);
  await sql`create index subscription_match_of_news on subscription_match (news_id)`.execute(db);
}
