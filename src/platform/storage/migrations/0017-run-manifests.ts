import { sql, type Kysely } from "kysely";

/** A run that ended is sealed as a whole: its rows, their order, times and artifacts. Null for runs of older versions. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    alter table harvest_run add column manifest text check (manifest like 'v1.%'),
      add constraint only_what_ended_is_sealed check (status = 'finished' or manifest is null)`.execute(db);
}
