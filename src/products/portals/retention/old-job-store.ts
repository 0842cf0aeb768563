import { sql, type SqlBool } from "kysely";
import type { Database } from "#platform/storage";

const JOBS_AT_ONCE = 200;

/** Ended jobs that may go. The newest of each portal stays, so that a portal always shows how its last one ended. */
export class OldJobStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async count(before: Date): Promise<number> {
    const row = await this.#old(before)
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirst();
    return Number(row?.count ?? 0);
  }

  /** Removes some with their history, their steps and what they saw; opportunities stay. Returns how many, 0 at the end. */
  async removeSome(before: Date): Promise<number> {
    const rows = await this.#old(before).select("id").orderBy("sequence").limit(JOBS_AT_ONCE).execute();
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await this.#db.transaction().execute(async (trx) => {
      await sql`select set_config('gleaner.retention', 'on', true)`.execute(trx);
      await trx.deleteFrom("scrape_job_event").where("job_id", "in", ids).execute();
      await trx.deleteFrom("interaction").where("job_id", "in", ids).execute();
      await trx.deleteFrom("opportunity_sighting").where("job_id", "in", ids).execute();
      await trx.deleteFrom("scrape_job").where("id", "in", ids).execute();
    });
    return ids.length;
  }

  async kept(ids: readonly string[]): Promise<Set<string>> {
    const rows = await this.#db
      .selectFrom("scrape_job")
      .select("id")
      .where(sql<SqlBool>`id = any(${[...ids]}::text[])`)
      .execute();
    return new Set(rows.map(({ id }) => id));
  }

  /** Of these runs, those that a job which is kept is, or may be, about to go on with. */
  async neededRuns(runs: readonly string[]): Promise<Set<string>> {
    if (runs.length === 0) return new Set();
    const rows = await this.#db
      .selectFrom("scrape_job")
      .select("run_id")
      .where("run_id", "in", [...runs])
      .execute();
    return new Set(rows.flatMap(({ run_id }) => run_id ?? []));
  }

  #old(before: Date) {
    return this.#db
      .selectFrom("scrape_job")
      .where("finished_at", "<", before)
      .where(
        sql<SqlBool>`exists (select from scrape_job newer
          where newer.portal_id = scrape_job.portal_id and newer.sequence > scrape_job.sequence)`,
      );
  }
}
