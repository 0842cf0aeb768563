import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table signal_payload (
      id bigint primary key generated always as identity,
      payload text not null,
      stored_at timestamptz not null
    )`.execute(db);
  await sql`create index signal_payload_by_age on signal_payload (stored_at)`.execute(db);
}
