import { sql, type Kysely } from "kysely";

/** A run is sealed at its end: what each page brought is not read again for that. Pages of before have none. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table run_page add column records_sha256 text`.execute(db);
}
