import type { Selectable } from "kysely";
import { isUuid } from "#kernel";
import type {
  Database,
  HarvestRunTable,
  KnownPageTable,
  RunDetailTable,
  RunPageTable,
  SecretSeal,
} from "#platform/storage";
import type { Completeness } from "../completeness.ts";
import { RunFinished, RunNotFound } from "../errors.ts";
import { questionOf } from "../searching/plan-inputs.ts";
import type { PagesDigest } from "./pages-digest.ts";
import { RunManifestStore, type ManifestState } from "./run-manifest-store.ts";
import {
  StoredCheckpointSchema,
  StoredCompletenessSchema,
  StoredOutcomeSchema,
  StoredRequestSchema,
  type HarvestRun,
  type RunOutcome,
  type RunRequest,
} from "./run.ts";

export type RunPage = Selectable<RunPageTable>;
export type RunDetail = Selectable<RunDetailTable>;

const PAGES_AT_A_TIME = 50;
/** For each one that is wanted: others may have asked something else. */
const RUNS_LOOKED_THROUGH = 4;

export interface NewRun {
  readonly id: string;
  readonly recipeId: string | null;
  readonly recipeVersion: number | null;
  readonly request: RunRequest;
  readonly startedAt: Date;
}

export class RunStore {
  readonly #db: Database;
  readonly #manifests: RunManifestStore;

  constructor({ db, seal }: { db: Database; seal: Pick<SecretSeal, "seal" | "open"> }) {
    this.#db = db;
    this.#manifests = new RunManifestStore({ db, seal });
  }

  async create({ id, recipeId, recipeVersion, request, startedAt }: NewRun): Promise<void> {
    const recipe = { recipe_id: recipeId, recipe_version: recipeVersion };
    const row = { id, ...recipe, request: JSON.stringify(request), status: "running" as const, started_at: startedAt };
    const empty = { page_count: 0, record_count: 0, unverified_count: 0, checkpoint: null, completeness: null };
    await this.#db
      .insertInto("harvest_run")
      .values({ ...row, ...empty, outcome: null, finished_at: null })
      .execute();
  }

  async get(id: string): Promise<HarvestRun> {
    const query = this.#db.selectFrom("harvest_run").selectAll();
    const row = isUuid(id) ? await query.where("id", "=", id).executeTakeFirst() : undefined;
    if (!row) throw new RunNotFound(id);
    return fromRow(row);
  }

  /** Newest first. `after` is the id that the page before ended with: ids grow with time. */
  async list(filter: { recipeId?: string; limit?: number; after?: string } = {}): Promise<HarvestRun[]> {
    let query = this.#db.selectFrom("harvest_run").selectAll().orderBy("id", "desc");
    if (filter.recipeId !== undefined) query = query.where("recipe_id", "=", filter.recipeId);
    if (filter.after !== undefined) query = query.where("id", "<", filter.after);
    return (await query.limit(filter.limit ?? 100).execute()).map(fromRow);
  }

  /** A run that another program goes on with was read by both. */
  async noteProgram(id: string, program: string): Promise<void> {
    const { request } = await this.get(id);
    const { program: before = "unknown" } = request;
    if (before.split(", ").at(-1) === program) return;
    const noted = JSON.stringify({ ...request, program: `${before}, ${program}` });
    await this.#db.updateTable("harvest_run").set({ request: noted }).where("id", "=", id).execute();
  }

  /** Judges the run and seals it as it is then; `pages` as they were written, where that is known. */
  async finish(
    id: string,
    end: { completeness: Completeness; outcome: RunOutcome; at: Date; pages?: PagesDigest | null },
  ): Promise<void> {
    const { completeness, outcome, at, pages = null } = end;
    const judged = { completeness: JSON.stringify(completeness), outcome: JSON.stringify(outcome), finished_at: at };
    await this.#db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable("harvest_run")
        .set({ status: "finished", checkpoint: null, ...judged })
        .where("id", "=", id)
        .where("status", "=", "running")
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) throw new RunFinished(id);
      await this.#manifests.put(id, trx, pages);
    });
  }

  /** Whether what is stored of a run is what was stored when it ended. */
  manifestOf(id: string): Promise<ManifestState> {
    return this.#manifests.check(id);
  }

  /** How many records the latest finished runs of a recipe found that asked the same (`questionOf`), newest first. */
  async latestCounts(
    recipeId: string,
    question: string,
    limit: number,
  ): Promise<{ found: number; completeness: Completeness }[]> {
    const query = this.#db.selectFrom("harvest_run").selectAll().where("recipe_id", "=", recipeId);
    const finished = query.where("status", "=", "finished").orderBy("id", "desc");
    const rows = await finished.limit(limit * RUNS_LOOKED_THROUGH).execute();
    const alike = rows.filter(({ request }) => questionOf(StoredRequestSchema.parse(request).inputs) === question);
    return alike.slice(0, limit).map((row) => ({
      found: row.record_count,
      completeness: StoredCompletenessSchema.parse(row.completeness),
    }));
  }

  /** The pages of a run in order, some at a time: a run may be larger than memory. */
  async *pages(run: string, from = 1): AsyncGenerator<RunPage> {
    for (let next = from; ;) {
      const query = this.#db.selectFrom("run_page").selectAll().where("run_id", "=", run).where("number", ">=", next);
      const rows = await query.orderBy("number").limit(PAGES_AT_A_TIME).execute();
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < PAGES_AT_A_TIME) return;
      next = last.number + 1;
    }
  }

  details(run: string, page: number): Promise<RunDetail[]> {
    const query = this.#db.selectFrom("run_detail").selectAll().where("run_id", "=", run).where("page", "=", page);
    return query.orderBy("position").execute();
  }

  async page(run: string, number: number): Promise<RunPage | null> {
    const query = this.#db.selectFrom("run_page").selectAll().where("run_id", "=", run);
    return (await query.where("number", "=", number).executeTakeFirst()) ?? null;
  }

  /** Which of these artifacts a run, a detail or a conditional request still points at. */
  async referenced(sha256s: readonly string[]): Promise<Set<string>> {
    if (sha256s.length === 0) return new Set();
    const query = this.#db
      .selectFrom("run_page")
      .select("artifact")
      .where("artifact", "in", sha256s)
      .union(this.#db.selectFrom("run_detail").select("artifact").where("artifact", "in", sha256s))
      .union(this.#db.selectFrom("known_page").select("artifact").where("artifact", "in", sha256s));
    const rows = await query.execute();
    return new Set(rows.flatMap(({ artifact }) => artifact ?? []));
  }

  async hasKnownPages(recipeId: string): Promise<boolean> {
    const query = this.#db.selectFrom("known_page").select("url").where("recipe_id", "=", recipeId);
    return (await query.limit(1).executeTakeFirst()) !== undefined;
  }

  async knownPage(recipeId: string, url: string): Promise<Selectable<KnownPageTable> | null> {
    const query = this.#db.selectFrom("known_page").selectAll().where("recipe_id", "=", recipeId);
    return (await query.where("url", "=", url).executeTakeFirst()) ?? null;
  }
}

/** The table's check constraints are what makes the parsing succeed. */
function fromRow(row: Selectable<HarvestRunTable>): HarvestRun {
  const facts = {
    id: row.id,
    recipeId: row.recipe_id,
    recipeVersion: row.recipe_version,
    request: StoredRequestSchema.parse(row.request),
    pages: row.page_count,
    records: row.record_count,
    unverified: row.unverified_count,
    startedAt: row.started_at,
  };
  if (row.status === "running")
    return { ...facts, status: "running", checkpoint: StoredCheckpointSchema.parse(row.checkpoint) };
  return {
    ...facts,
    status: "finished",
    completeness: StoredCompletenessSchema.parse(row.completeness),
    outcome: StoredOutcomeSchema.parse(row.outcome),
    finishedAt: row.finished_at ?? row.started_at,
  };
}
