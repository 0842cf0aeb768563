import { sql, type Kysely } from "kysely";

/** What people decide about healings stands in the ledger of the recipe, once for each healing. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table recipe_event drop constraint recipe_event_kind_check`.execute(db);
  await sql`
    alter table recipe_event add constraint recipe_event_kind_check check (kind in
      ('learned', 'imported', 'edited', 'drift', 'shrunk', 'healed', 'heal_refused', 'heal_approved', 'heal_rejected'))`.execute(
    db,
  );
  await sql`
    create unique index a_healing_is_decided_once on recipe_event (((body->>'event')::bigint))
    where kind in ('heal_approved', 'heal_rejected')`.execute(db);
}
