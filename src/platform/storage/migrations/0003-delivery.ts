import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table delivery (
      id uuid primary key,
      kind text not null check (kind in ('webhook')),
      url text not null,
      destination text not null,
      body text not null,
      secrets text,
      idempotency_key text not null unique,
      state text not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
      attempts integer not null default 0 check (attempts >= 0),
      next_attempt_at timestamptz not null,
      last_error text,
      last_status integer,
      created_at timestamptz not null,
      delivered_at timestamptz,
      died_at timestamptz,
      constraint delivered_has_time check ((state = 'delivered') = (delivered_at is not null)),
      constraint dead_has_time check ((state = 'dead') = (died_at is not null))
    )`.execute(db);
  await sql`create index delivery_due on delivery (next_attempt_at) where state = 'pending'`.execute(db);
  await sql`create index delivery_dead on delivery (died_at) where state = 'dead'`.execute(db);
}
