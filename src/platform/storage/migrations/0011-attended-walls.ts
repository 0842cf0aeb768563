import { sql, type Kysely } from "kysely";

/** Until when the browser of a job that needs a person stays open before its wall. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    alter table scrape_job
      add column person_until timestamptz,
      add constraint only_a_wall_is_waited_at check (person_until is null or status = 'needs_person')`.execute(db);
}
