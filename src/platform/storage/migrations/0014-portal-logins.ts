import { sql, type Kysely } from "kysely";

/** How to sign in at portals: secrets and sessions are sealed, all else may be shown. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table portal_login (
      portal_id text primary key references portal (id) on delete cascade,
      secrets text not null check (secrets like 'v1.%'),
      username_hint text not null,
      has_codes boolean not null,
      url text,
      origins jsonb not null check (jsonb_typeof(origins) = 'array' and jsonb_array_length(origins) > 0),
      status text not null check (status in ('untried', 'accepted', 'refused')),
      refusal text,
      open_tries integer not null check (open_tries >= 0),
      tried_at timestamptz,
      accepted_at timestamptz,
      last_code_step bigint,
      session text check (session like 'v1.%'),
      session_until timestamptz,
      updated_at timestamptz not null,
      updated_by text not null,
      constraint a_refusal_says_why check ((status = 'refused') = (refusal is not null)),
      constraint a_session_ends check ((session is null) = (session_until is null))
    )`.execute(db);
  await sql`
    alter table scrape_job add constraint no_credentials_in_requests
      check (not (request -> 'configuration') ? 'authCredentials')`.execute(db);
}
