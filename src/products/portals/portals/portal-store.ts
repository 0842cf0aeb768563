import { sql, type Insertable, type Selectable } from "kysely";
import type { Database, PortalTable } from "#platform/storage";
import { PortalExists, PortalInUse, PortalNotFound } from "../errors.ts";
import { PortalConfigurationSchema } from "./configuration.ts";
import type { Portal } from "./portal.ts";

/** A page of portals ends before the next one's `(name, id)`. */
export interface PortalPage {
  after?: { name: string; id: string } | undefined;
  limit: number;
}

export class PortalStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Adds a portal and what follows from it, in one transaction. */
  async add(portal: Portal, also: (trx: Database) => Promise<void> = async () => undefined): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      await this.#insert(trx, portal);
      await also(trx);
    });
  }

  async #insert(trx: Database, portal: Portal): Promise<void> {
    const inserted = await trx
      .insertInto("portal")
      .values(toRow(portal))
      .onConflict((oc) => oc.column("id").doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) throw new PortalExists(portal.id);
  }

  /** Adds the portal unless one with its id is there already. Within the caller's transaction. */
  async addIfNew(trx: Database, portal: Portal): Promise<void> {
    await trx
      .insertInto("portal")
      .values(toRow(portal))
      .onConflict((oc) => oc.column("id").doNothing())
      .execute();
  }

  async get(id: string): Promise<Portal> {
    const row = await this.#db.selectFrom("portal").selectAll().where("id", "=", id).executeTakeFirst();
    if (!row) throw new PortalNotFound(id);
    return fromRow(row);
  }

  async list({ after, limit }: PortalPage): Promise<Portal[]> {
    let query = this.#db.selectFrom("portal").selectAll().orderBy("name").orderBy("id").limit(limit);
    if (after) query = query.where(sql<boolean>`(name, id) > (${after.name}, ${after.id})`);
    return (await query.execute()).map(fromRow);
  }

  /** Those that read their list by one of these recipes. */
  async byRecipe(recipeIds: readonly string[]): Promise<Portal[]> {
    const query = this.#db
      .selectFrom("portal")
      .selectAll()
      .where("recipe_id", "in", [...recipeIds]);
    return (await query.orderBy("id").execute()).map(fromRow);
  }

  /** Those whose time has come, the longest overdue first. */
  async due(now: Date, limit: number): Promise<Portal[]> {
    const due = this.#db.selectFrom("portal").selectAll().where("next_run_at", "<=", now);
    return (await due.orderBy("next_run_at").orderBy("id").limit(limit).execute()).map(fromRow);
  }

  /** All that are looked at by themselves, paused ones left out. */
  async watched(): Promise<Portal[]> {
    const watched = this.#db.selectFrom("portal").selectAll().where("watched", "=", true);
    return (await watched.where("paused_at", "is", null).orderBy("id").execute()).map(fromRow);
  }

  /** Applies a rule to one portal under its row lock, within `trx` or in a transaction of its own. */
  async change(id: string, rule: (current: Portal) => Portal, trx?: Database): Promise<Portal> {
    if (!trx) return this.#db.transaction().execute((own) => this.change(id, rule, own));
    const row = await trx.selectFrom("portal").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
    if (!row) throw new PortalNotFound(id);
    const next = rule(fromRow(row));
    await trx.updateTable("portal").set(toRow(next)).where("id", "=", id).execute();
    return next;
  }

  /** Deletes a portal that has neither jobs nor opportunities. */
  async remove(id: string): Promise<void> {
    await this.#db.transaction().execute(async (trx) => {
      const row = await trx.selectFrom("portal").select("id").where("id", "=", id).forUpdate().executeTakeFirst();
      if (!row) throw new PortalNotFound(id);
      const job = await trx
        .selectFrom("scrape_job")
        .select("id")
        .where("portal_id", "=", id)
        .limit(1)
        .executeTakeFirst();
      if (job) throw new PortalInUse(id);
      await trx.deleteFrom("portal").where("id", "=", id).execute();
    });
  }
}

function toRow(portal: Portal): Insertable<PortalTable> {
  return {
    id: portal.id,
    name: portal.name,
    url: portal.url,
    state: portal.state,
    capital: portal.capital,
    status: portal.status,
    configuration: JSON.stringify(portal.configuration),
    recipe_id: portal.recipeId,
    robots: portal.robots,
    robots_reason: portal.robotsReason,
    consecutive_failures: portal.consecutiveFailures,
    last_count: portal.lastCount,
    last_scraped_at: portal.lastScrapedAt,
    last_successful_scrape_at: portal.lastSuccessfulScrapeAt,
    watched: portal.watched,
    schedule: portal.schedule,
    timezone: portal.timezone,
    next_run_at: portal.nextRunAt,
    paused_at: portal.paused?.at ?? null,
    paused_by: portal.paused?.by ?? null,
    pause_reason: portal.paused?.reason ?? null,
    created_at: portal.createdAt,
    updated_at: portal.updatedAt,
  };
}

function fromRow(row: Selectable<PortalTable>): Portal {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    state: row.state,
    capital: row.capital,
    status: row.status,
    configuration: PortalConfigurationSchema.parse(row.configuration),
    recipeId: row.recipe_id,
    robots: row.robots,
    robotsReason: row.robots_reason,
    consecutiveFailures: row.consecutive_failures,
    lastCount: row.last_count,
    lastScrapedAt: row.last_scraped_at,
    lastSuccessfulScrapeAt: row.last_successful_scrape_at,
    watched: row.watched,
    schedule: row.schedule,
    timezone: row.timezone,
    nextRunAt: row.next_run_at,
    paused: row.paused_at && { at: row.paused_at, by: row.paused_by ?? "", reason: row.pause_reason ?? "" },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
