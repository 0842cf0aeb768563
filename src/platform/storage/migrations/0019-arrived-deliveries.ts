import { sql, type Kysely } from "kysely";

/** Health asks every few seconds when the last message arrived, and the clean-up which ones arrived long ago. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create index delivery_arrived on delivery (delivered_at) where state = 'delivered'`.execute(db);
}
