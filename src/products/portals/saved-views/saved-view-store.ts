import { newId } from "#kernel";
import { sql } from "kysely";
import type { Database } from "#platform/storage";
import { SavedViewNotFound, TooManySavedViews } from "../errors.ts";
import { storableJson, storableText } from "../storable-json.ts";

/** A list that somebody comes back to, as the dashboard writes it. */
export interface SavedView {
  name: string;
  search: Record<string, unknown>;
  updatedAt: Date;
}

const MOST = 100;

/** Lists that people and programs named for themselves. Each sees their own. */
export class SavedViewStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async list(owner: string): Promise<SavedView[]> {
    const rows = await this.#db
      .selectFrom("saved_view")
      .select(["name", "search", "updated_at"])
      .where("owner", "=", owner)
      .orderBy(sql`lower(name)`)
      .execute();
    return rows.map(({ name, search, updated_at }) => ({ name, search, updatedAt: updated_at }));
  }

  /** Replaces the view of that name. @throws TooManySavedViews */
  async save(owner: string, { name, search }: Pick<SavedView, "name" | "search">, now: Date): Promise<SavedView> {
    return this.#db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`views of ${owner}`}, 0))`.execute(trx);
      const own = await trx.selectFrom("saved_view").select("name").where("owner", "=", owner).execute();
      const kept = storableText(name);
      if (own.length >= MOST && !own.some((each) => each.name === kept)) throw new TooManySavedViews(MOST);
      const row = { id: newId(), owner, name: kept, search: storableJson(search), created_at: now, updated_at: now };
      await trx
        .insertInto("saved_view")
        .values(row)
        .onConflict((oc) =>
          oc.columns(["owner", "name"]).doUpdateSet((eb) => ({
            search: eb.ref("excluded.search"),
            updated_at: eb.ref("excluded.updated_at"),
          })),
        )
        .execute();
      return { name: kept, search, updatedAt: now };
    });
  }

  /** @throws SavedViewNotFound */
  async remove(owner: string, name: string): Promise<void> {
    const { numDeletedRows } = await this.#db
      .deleteFrom("saved_view")
      .where("owner", "=", owner)
      .where("name", "=", name)
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new SavedViewNotFound(name);
  }
}
