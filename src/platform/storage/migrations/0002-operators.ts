import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table api_key (
      id uuid primary key,
      name text not null check (name <> ''),
      prefix text not null,
      key_sha256 text not null unique check (key_sha256 ~ '^[0-9a-f]{64}$'),
      role text not null check (role in ('viewer', 'operator', 'admin', 'bot')),
      created_by text not null,
      created_at timestamptz not null,
      expires_at timestamptz,
      revoked_at timestamptz,
      last_used_at timestamptz
    )`.execute(db);
  await createAuditLog(db);
  await sql`
    create table attention (
      id uuid primary key,
      kind text not null,
      subject text not null,
      reason text not null,
      details jsonb not null,
      state text not null default 'open' check (state in ('open', 'claimed', 'resolved')),
      opened_at timestamptz not null,
      claimed_by text,
      claimed_at timestamptz,
      resolved_by text,
      resolved_at timestamptz,
      resolution text,
      constraint claimed_has_owner check (state <> 'claimed' or num_nonnulls(claimed_by, claimed_at) = 2),
      constraint open_has_no_owner check (state <> 'open' or num_nonnulls(claimed_by, claimed_at) = 0),
      constraint resolved_is_signed
        check ((state = 'resolved') = (num_nonnulls(resolved_by, resolved_at, resolution) = 3))
    )`.execute(db);
  await sql`create unique index attention_open_once on attention (kind, subject) where state <> 'resolved'`.execute(db);
  await sql`create index attention_by_state on attention (state, opened_at)`.execute(db);
}

/** The triggers are there so that a bug, or a hurried operator with a shell, cannot rewrite what happened. */
async function createAuditLog(db: Kysely<any>): Promise<void> {
  await sql`
    create table audit_event (
      id bigint primary key generated always as identity,
      at timestamptz not null,
      actor text not null check (actor <> ''),
      action text not null check (action <> ''),
      subject text,
      details jsonb not null
    )`.execute(db);
  await sql`create index audit_event_by_time on audit_event (at)`.execute(db);
  await sql`
    create function refuse_to_rewrite_history() returns trigger language plpgsql as $$
    begin
      raise exception 'the audit log only grows: % is refused', tg_op using errcode = 'insufficient_privilege';
    end $$`.execute(db);
  await sql`
    create trigger audit_event_rows_stay before update or delete on audit_event
    for each row execute function refuse_to_rewrite_history()`.execute(db);
  await sql`
    create trigger audit_event_stays before truncate on audit_event
    for each statement execute function refuse_to_rewrite_history()`.execute(db);
}
