import { sql } from "kysely";
import type { Database } from "#platform/storage";
import type { ScrapeJob } from "../scrape-jobs/scrape-job.ts";
import { CompletenessSchema, ScrapeProgressSchema, type JobCompleteness } from "../scrape-jobs/stored-job.ts";

/** How a portal has been lately. */
export interface PortalHealth {
  portalId: string;
  /** Its last jobs, newest first; none where it never had one. */
  jobs: HealthJob[];
  /** What the last of these that could tell said about how much came home. */
  completeness: JobCompleteness | null;
  /** What models took for it in the range; `usd` is null where the price of an answer is not known. */
  models: { questions: number; tokens: number; usd: number | null };
}

/** One of the last jobs, in a few numbers. */
export interface HealthJob {
  id: string;
  state: ScrapeJob["status"];
  found: number;
  queuedAt: Date;
}

/** Jobs told of each portal: as many as a person takes in at a glance. */
const LAST_JOBS = 14;
const NO_COST = { questions: 0, tokens: 0, usd: 0 };

/** Reads how every portal has been: two questions to the database, however many portals there are. */
export class PortalHealthStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Every portal; what models took is counted from `since` on. */
  async read(since: Date): Promise<PortalHealth[]> {
    const [jobs, costs] = await Promise.all([this.#lastJobs(), this.#costs(since)]);
    return [...Map.groupBy(jobs, ({ portalId }) => portalId)].map(([portalId, rows]) => ({
      portalId,
      jobs: rows.flatMap(({ id, state, progress, queuedAt }) =>
        id === null || state === null || queuedAt === null
          ? []
          : [{ id, state, found: ScrapeProgressSchema.parse(progress).opportunitiesFound, queuedAt }],
      ),
      completeness: judged(rows),
      models: costs.get(portalId) ?? NO_COST,
    }));
  }

  /** Portals without a job too, as a row of nulls. */
  #lastJobs() {
    return this.#db
      .selectFrom("portal")
      .leftJoinLateral(
        (of) =>
          of
            .selectFrom("scrape_job")
            .select(["scrape_job.id", "scrape_job.status", "progress", "completeness", "queued_at", "sequence"])
            .whereRef("scrape_job.portal_id", "=", "portal.id")
            .orderBy("sequence", "desc")
            .limit(LAST_JOBS)
            .as("job"),
        (join) => join.onTrue(),
      )
      .select(["portal.id as portalId", "job.id", "job.status as state"])
      .select(["job.progress", "job.completeness", "job.queued_at as queuedAt"])
      .orderBy("portal.id")
      .orderBy("job.sequence", "desc")
      .execute();
  }

  async #costs(since: Date): Promise<Map<string, PortalHealth["models"]>> {
    const rows = await this.#db
      .selectFrom("llm_call")
      .select([
        sql<string>`portal_id`.as("portalId"),
        sql<number>`(count(*) filter (where outcome <> 'cached'))::float8`.as("questions"),
        sql<number>`sum(input_tokens + output_tokens)::float8`.as("tokens"),
        sql<number>`coalesce(sum(microusd), 0)::float8`.as("microUsd"),
        sql<number>`(count(*) filter (where outcome = 'answered' and microusd is null))::float8`.as("unpriced"),
      ])
      .where("at", ">=", since)
      .where("portal_id", "is not", null)
      .groupBy("portal_id")
      .execute();
    return new Map(
      rows.map(({ portalId, questions, tokens, microUsd, unpriced }) => [
        portalId,
        { questions, tokens, usd: unpriced > 0 ? null : microUsd / 1_000_000 },
      ]),
    );
  }
}

function judged(rows: readonly { completeness: unknown }[]): JobCompleteness | null {
  const last = rows.find(({ completeness }) => completeness !== null);
  return last ? CompletenessSchema.parse(last.completeness) : null;
}
