import { sql, type Kysely } from "kysely";

/** Runs that ended before runs were sealed are marked: of every other one the seal must be there. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table harvest_run add column predates_seals boolean not null default false`.execute(db);
  await sql`update harvest_run set predates_seals = true where status = 'finished' and manifest is null`.execute(db);
}
