import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table artifact (
      sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
      size bigint not null check (size >= 0),
      stored_size bigint not null check (stored_size >= 0),
      media_type text not null,
      kind text not null check (kind in ('page', 'screenshot', 'document', 'har', 'export')),
      source_url text,
      stored_at timestamptz not null
    )`.execute(db);
  await sql`create index artifact_by_age on artifact (stored_at)`.execute(db);
}
