import type { Selectable } from "kysely";
import { canonicalJson, isUuid, sha256Hex, type Clock, type JsonObject } from "#kernel";
import type { Database, RecipeEventTable, RecipeTable, RecipeVersionTable } from "#platform/storage";
import { upgradeRecipe, type Recipe } from "#engines/extraction";
import { RecipeNotFound } from "../errors.ts";

export type RecipeOrigin = RecipeVersionTable["origin"];

export interface StoredRecipe {
  readonly id: string;
  readonly version: number;
  readonly recipe: Recipe;
  /** Of the canonical JSON. */
  readonly sha256: string;
  readonly origin: RecipeOrigin;
  readonly note: string | null;
  readonly createdAt: Date;
}

export interface RecipeSummary {
  readonly id: string;
  readonly name: string;
  readonly sourceUrl: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What became of a recipe: learnt, drifted, healed. Rows are only added. */
export interface RecipeEvent {
  readonly recipeId: string;
  readonly runId: string | null;
  readonly kind: RecipeEventTable["kind"];
  readonly body: JsonObject;
  readonly at: Date;
}

export interface NewRecipe {
  readonly recipe: Recipe;
  readonly origin: RecipeOrigin;
  readonly note?: string;
}

export class RecipeStore {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #newId: () => string;

  constructor({ db, clock, newId }: { db: Database; clock: Clock; newId: () => string }) {
    this.#db = db;
    this.#clock = clock;
    this.#newId = newId;
  }

  async create(fresh: NewRecipe): Promise<StoredRecipe> {
    const id = this.#newId();
    const at = this.#clock();
    const { recipe } = fresh;
    await this.#db.transaction().execute(async (trx) => {
      const source = recipe.source.url ?? recipe.entry.url ?? "";
      const times = { created_at: at, updated_at: at };
      await trx
        .insertInto("recipe")
        .values({ id, name: recipe.name, source_url: source, version: 1, ...times })
        .execute();
      await addVersion(trx, { id, version: 1, at, ...fresh });
    });
    return this.get(id, 1);
  }

  /** Reads recipe JSON from outside. Throws `InvalidRecipe`, naming every key that is wrong. */
  check(json: unknown): Recipe {
    return upgradeRecipe(json);
  }

  /**
   * The stored recipe that says the same about the same address, or a new one: learning a page that did not change
   * keeps the recipe's id, and with it the history of its runs.
   */
  async keep(fresh: NewRecipe): Promise<StoredRecipe> {
    const url = fresh.recipe.source.url ?? fresh.recipe.entry.url ?? "";
    const known = await this.findBySource(url);
    if (known && contentOf(known.recipe) === contentOf(fresh.recipe)) return known;
    const stored = await this.create(fresh);
    const kind = fresh.origin;
    await this.record({
      recipeId: stored.id,
      runId: null,
      kind,
      body: { version: stored.version, sha256: stored.sha256 },
    });
    return stored;
  }

  /** Adds a version and makes it the one in use. The same content again changes nothing. */
  async save(id: string, fresh: NewRecipe): Promise<StoredRecipe> {
    const version = await this.#db.transaction().execute((trx) => this.saveWithin(trx, id, fresh));
    return this.get(id, version);
  }

  /** As `save`, within the caller's transaction. Gives the version in use. */
  async saveWithin(trx: Database, id: string, fresh: NewRecipe): Promise<number> {
    const at = this.#clock();
    const row = await trx.selectFrom("recipe").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
    if (!row) throw new RecipeNotFound(id);
    const current = await versionRow(trx, id, row.version);
    if (current?.sha256 === hashOf(fresh.recipe)) return row.version;
    const next = await nextVersion(trx, id);
    await addVersion(trx, { id, version: next, at, ...fresh });
    const set = { version: next, name: fresh.recipe.name, updated_at: at };
    await trx.updateTable("recipe").set(set).where("id", "=", id).execute();
    return next;
  }

  /** The version in use, or the one that is named. */
  async get(id: string, version?: number, db: Database = this.#db): Promise<StoredRecipe> {
    const query = db.selectFrom("recipe").selectAll();
    const head = isUuid(id) ? await query.where("id", "=", id).executeTakeFirst() : undefined;
    if (!head) throw new RecipeNotFound(id);
    const row = await versionRow(db, id, version ?? head.version);
    if (!row) throw new RecipeNotFound(id, version);
    return fromRow(row);
  }

  /** Whether a stored version is still what its digest says. */
  async isIntact(id: string, version: number): Promise<boolean> {
    const row = await versionRow(this.#db, id, version);
    return row !== undefined && sha256Hex(canonicalJson(JSON.parse(JSON.stringify(row.body)))) === row.sha256;
  }

  /** The recipe that was learnt last on this address, if there is one. */
  async findBySource(url: string): Promise<StoredRecipe | null> {
    const query = this.#db.selectFrom("recipe").selectAll().where("source_url", "=", url).orderBy("updated_at", "desc");
    const row = await query.limit(1).executeTakeFirst();
    return row ? this.get(row.id) : null;
  }

  /** Most recently changed first. `after` is the id that the page before ended with. */
  async list({ limit = 100, after }: { limit?: number; after?: string } = {}): Promise<RecipeSummary[]> {
    let query = this.#db.selectFrom("recipe").selectAll().orderBy("updated_at", "desc").orderBy("id", "desc");
    if (after !== undefined) {
      const last = await this.#db.selectFrom("recipe").selectAll().where("id", "=", after).executeTakeFirst();
      if (!last) throw new RecipeNotFound(after);
      query = query.where(({ eb, refTuple, tuple }) =>
        eb(refTuple("updated_at", "id"), "<", tuple(last.updated_at, last.id)),
      );
    }
    return (await query.limit(limit).execute()).map(summaryOf);
  }

  async versions(id: string): Promise<StoredRecipe[]> {
    const query = this.#db.selectFrom("recipe_version").selectAll().where("recipe_id", "=", id).orderBy("version");
    const rows = await query.execute();
    if (rows.length === 0) throw new RecipeNotFound(id);
    return rows.map(fromRow);
  }

  async delete(id: string): Promise<void> {
    const { numDeletedRows } = await this.#db.deleteFrom("recipe").where("id", "=", id).executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw new RecipeNotFound(id);
  }

  async record(event: Omit<RecipeEvent, "at">, trx: Database = this.#db): Promise<void> {
    const { recipeId, runId, kind, body } = event;
    const row = { recipe_id: recipeId, run_id: runId, kind, body: JSON.stringify(body), at: this.#clock() };
    await trx.insertInto("recipe_event").values(row).execute();
  }

  /** Oldest first. */
  async events(recipeId: string): Promise<RecipeEvent[]> {
    const query = this.#db.selectFrom("recipe_event").selectAll().where("recipe_id", "=", recipeId).orderBy("number");
    const rows = await query.execute();
    return rows.map(({ recipe_id, run_id, kind, body, at }) => ({
      recipeId: recipe_id,
      runId: run_id,
      kind,
      body,
      at,
    }));
  }
}

async function addVersion(
  trx: Database,
  { id, version, at, recipe, origin, note }: NewRecipe & { id: string; version: number; at: Date },
): Promise<void> {
  const body = JSON.stringify(recipe);
  const row = { recipe_id: id, version, body, sha256: hashOf(recipe), origin, note: note ?? null, created_at: at };
  await trx.insertInto("recipe_version").values(row).execute();
}

async function nextVersion(trx: Database, id: string): Promise<number> {
  const query = trx.selectFrom("recipe_version").where("recipe_id", "=", id);
  const { highest } = await query.select(({ fn }) => fn.max("version").as("highest")).executeTakeFirstOrThrow();
  return (highest ?? 0) + 1;
}

function versionRow(db: Database, id: string, version: number) {
  const query = db.selectFrom("recipe_version").selectAll().where("recipe_id", "=", id);
  return query.where("version", "=", version).executeTakeFirst();
}

function hashOf(recipe: Recipe): string {
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify(recipe))));
}

/** Everything but when and how surely it was learnt. */
export function contentOf(recipe: Recipe): string {
  return canonicalJson(JSON.parse(JSON.stringify({ ...recipe, learned: null })));
}

/** Stored recipes may be older than the program: reading one brings it up to date. */
function fromRow(row: Selectable<RecipeVersionTable>): StoredRecipe {
  const { recipe_id: id, version, body, sha256, origin, note, created_at: createdAt } = row;
  return { id, version, recipe: upgradeRecipe(body), sha256, origin, note, createdAt };
}

function summaryOf(row: Selectable<RecipeTable>): RecipeSummary {
  const { id, name, source_url: sourceUrl, version, created_at: createdAt, updated_at: updatedAt } = row;
  return { id, name, sourceUrl, version, createdAt, updatedAt };
}
