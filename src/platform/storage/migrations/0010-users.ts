import { sql, type Kysely } from "kysely";

/** People who sign in to the dashboard, their sessions, and the brake on guessing passwords. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table user_account (
      id uuid primary key,
      name text not null unique check (name <> '' and name = lower(name)),
      password_hash text not null check (password_hash like '$argon2id$%'),
      role text not null check (role in ('viewer', 'operator', 'admin')),
      created_by text not null,
      created_at timestamptz not null,
      password_changed_at timestamptz not null,
      disabled_at timestamptz,
      last_signed_in_at timestamptz
    )`.execute(db);
  await sql`
    create table user_session (
      id uuid primary key,
      user_id uuid not null references user_account (id) on delete cascade,
      token_sha256 text not null unique check (length(token_sha256) = 64 and token_sha256 !~ '[^0-9a-f]'),
      started_at timestamptz not null,
      seen_at timestamptz not null,
      expires_at timestamptz not null,
      ended_at timestamptz,
      address text not null,
      constraint session_lasts check (expires_at > started_at)
    )`.execute(db);
  await sql`create index user_session_of_user on user_session (user_id, address)`.execute(db);
  await sql`
    create table sign_in_brake (
      subject text primary key,
      failures integer not null check (failures > 0),
      failed_at timestamptz not null,
      closed_until timestamptz not null
    )`.execute(db);
  await sql`create index audit_event_by_actor on audit_event (actor, id)`.execute(db);
  await sql`create index audit_event_by_action on audit_event (action text_pattern_ops, id)`.execute(db);
  await sql`create index audit_event_by_subject on audit_event (subject, id) where subject is not null`.execute(db);
}
