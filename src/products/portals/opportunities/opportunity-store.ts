import { sql, type SqlBool } from "kysely";
import type { Database } from "#platform/storage";
import { OpportunityNotFound } from "../errors.ts";
import { OpportunitySchema, type Opportunity, type StoredOpportunity } from "./opportunity.ts";
import type { OpportunityFilter, OpportunityPage } from "./opportunity-query.ts";
import { narrowed, orderOf } from "./opportunity-query-store.ts";
import { fromRow } from "./opportunity-row.ts";

/** Reads opportunities. `SightingStore` writes what jobs see, `ReviewStore` what people say. */
export class OpportunityStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async get(id: string): Promise<StoredOpportunity> {
    const row = await this.#db.selectFrom("opportunity").selectAll().where("id", "=", id).executeTakeFirst();
    if (!row) throw new OpportunityNotFound(id);
    return fromRow(row);
  }

  async some(ids: readonly string[], trx: Database = this.#db): Promise<Map<string, StoredOpportunity>> {
    const rows = await trx
      .selectFrom("opportunity")
      .selectAll()
      .where(sql<boolean>`id = any(${[...ids]}::uuid[])`)
      .execute();
    return new Map(rows.map((row) => [row.id, fromRow(row)]));
  }

  async list(
    filter: OpportunityFilter,
    { sort, after, limit }: OpportunityPage,
  ): Promise<{ items: StoredOpportunity[]; lastKey: string | null }> {
    const { key, type, descending } = orderOf(sort, filter);
    let query = narrowed(this.#db.selectFrom("opportunity"), filter);
    if (after) {
      const place = sql`(${after[1]}::text::${sql.raw(type)}, ${after[2]}::uuid)`;
      query = query.where(sql<SqlBool>`(${key}, opportunity.id) ${descending ? sql`<` : sql`>`} ${place}`);
    }
    const direction = descending ? "desc" : "asc";
    const rows = await query
      .selectAll("opportunity")
      .select(sql<string>`(${key})::text`.as("sort_key"))
      .orderBy(key, direction)
      .orderBy("opportunity.id", direction)
      .limit(limit)
      .execute();
    return { items: rows.map(fromRow), lastKey: rows.at(-1)?.sort_key ?? null };
  }

  /** The ids of those that match, the newest first; with `ids`, among these. */
  async matching(
    trx: Database,
    filter: OpportunityFilter,
    { ids, limit }: { ids?: readonly string[]; limit?: number },
  ): Promise<string[]> {
    let query = narrowed(trx.selectFrom("opportunity"), filter).select("opportunity.id");
    if (ids !== undefined) query = query.where(sql<SqlBool>`opportunity.id = any(${[...ids]}::uuid[])`);
    if (limit !== undefined) query = query.orderBy("opportunity.last_seen_at", "desc").limit(limit);
    return (await query.execute()).map(({ id }) => id);
  }

  async count(filter: OpportunityFilter): Promise<number> {
    const query = narrowed(this.#db.selectFrom("opportunity"), filter);
    const row = await query.select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirst();
    return Number(row?.count ?? 0);
  }

  async countOf(jobId: string): Promise<number> {
    const row = await this.#db
      .selectFrom("opportunity_sighting")
      .where("job_id", "=", jobId)
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  }

  /** What a job saw, as it was then, in the order of the list. */
  async seenBy(jobId: string, trx: Database = this.#db): Promise<Opportunity[]> {
    const rows = await trx
      .selectFrom("opportunity_sighting")
      .select("document")
      .where("job_id", "=", jobId)
      .orderBy("position")
      .execute();
    return rows.map(({ document }) => OpportunitySchema.parse(document));
  }
}
