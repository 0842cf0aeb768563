import { sql, type SqlBool } from "kysely";
import type { Database } from "#platform/storage";

export interface ForgetRunsOptions {
  readonly before: Date;
  readonly dryRun: boolean;
  /** Of these runs, those that somebody still points at. */
  readonly needed: (runs: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly signal?: AbortSignal | undefined;
}

const RUNS_AT_ONCE = 100;
/** A list is compared with its latest runs to notice that it shrank. */
const RUNS_TO_COMPARE = 5;

/** Runs that may go: old ones, but for the latest of each recipe. Of one that never ended, its beginning counts. */
export class OldRunStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Removes runs with their pages and records; the stored bytes are the artifacts' own business. Returns how many. */
  async forget({ before, dryRun, needed, signal }: ForgetRunsOptions): Promise<number> {
    let removed = 0;
    let after = "00000000-0000-0000-0000-000000000000";
    for (;;) {
      signal?.throwIfAborted();
      const runs = await this.#old(before, after);
      const last = runs.at(-1);
      if (last === undefined) return removed;
      const stays = await needed(runs);
      const free = runs.filter((run) => !stays.has(run));
      if (!dryRun && free.length > 0) await this.#db.deleteFrom("harvest_run").where("id", "in", free).execute();
      removed += free.length;
      after = last;
    }
  }

  async #old(before: Date, after: string): Promise<string[]> {
    const newer = sql`(select 1 from harvest_run newer where newer.recipe_id = harvest_run.recipe_id
      and newer.status = 'finished' and newer.id > harvest_run.id limit ${sql.lit(RUNS_TO_COMPARE)})`;
    const rows = await this.#db
      .selectFrom("harvest_run")
      .select("id")
      .where(sql<SqlBool>`coalesce(finished_at, started_at) < ${before}`)
      .where(
        sql<SqlBool>`(recipe_id is null or status = 'running'
          or (select count(*) from ${newer} latest) = ${sql.lit(RUNS_TO_COMPARE)})`,
      )
      .where("id", ">", after)
      .orderBy("id")
      .limit(RUNS_AT_ONCE)
      .execute();
    return rows.map(({ id }) => id);
  }
}
