import { sql, type RawBuilder } from "kysely";
import type { Database } from "#platform/storage";

/** One day, in UTC, of what was collected. */
export interface DayStatistics {
  /** YYYY-MM-DD. */
  day: string;
  /** Jobs that ended on this day, by how. */
  jobs: { completed: number; incomplete: number; failed: number; cancelled: number };
  /** The same jobs by how much of their list came home; those that failed or were cancelled are in none. */
  completeness: { complete: number; incomplete: number; unknown: number };
  /** Found: seen by a job that ended on this day, each counted once. New: seen for the first time ever. */
  opportunities: { found: number; new: number };
  /** What was asked of models; `usd` is null where the price of an answer is not known. */
  models: { tokens: number; usd: number | null };
}

export interface Statistics {
  /** Every day of the range, oldest first, also those without anything. */
  days: DayStatistics[];
  /** Why jobs failed in the range, the most frequent reasons first. */
  failures: FailureStatistics[];
}

/** One reason for which jobs failed. */
export interface FailureStatistics {
  code: string;
  jobs: number;
  /** As many as there are days in the range, oldest first. */
  byDay: number[];
}

/** Which days are counted, and of which portal. */
export interface StatisticsRange {
  days: number;
  /** The range ends with the day of this instant. */
  now: Date;
  portalId?: string | undefined;
}

interface Bounds {
  since: Date;
  until: Date;
  portalId: string | undefined;
}

const DAY_MS = 86_400_000;
const TOP_FAILURES = 8;

/** Counts per day what became of jobs, what they found and what models took: one question to the database per series. */
export class StatisticsStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async read({ days, now, portalId }: StatisticsRange): Promise<Statistics> {
    const until = new Date(Math.floor(now.getTime() / DAY_MS + 1) * DAY_MS);
    const bounds = { since: new Date(until.getTime() - days * DAY_MS), until, portalId };
    const [jobs, found, fresh, models, failures] = await Promise.all([
      this.#jobs(bounds),
      this.#found(bounds),
      this.#new(bounds),
      this.#models(bounds),
      this.#failures(bounds),
    ]);
    const dates = Array.from({ length: days }, (_, at) => new Date(bounds.since.getTime() + at * DAY_MS));
    const names = dates.map((date) => date.toISOString().slice(0, 10));
    const none = { completed: 0, incomplete: 0, failed: 0, cancelled: 0, complete: 0, partial: 0, unknown: 0 };
    return {
      days: names.map((day) => {
        const { completed, incomplete, failed, cancelled, complete, partial, unknown } = jobs.get(day) ?? none;
        const { tokens, microUsd, unpriced } = models.get(day) ?? { tokens: 0, microUsd: 0, unpriced: 0 };
        return {
          day,
          jobs: { completed, incomplete, failed, cancelled },
          completeness: { complete, incomplete: partial, unknown },
          opportunities: { found: found.get(day)?.count ?? 0, new: fresh.get(day)?.count ?? 0 },
          models: { tokens, usd: unpriced > 0 ? null : microUsd / 1_000_000 },
        };
      }),
      failures: mostFrequent(failures, names),
    };
  }

  async #jobs(bounds: Bounds) {
    const rows = await this.#db
      .selectFrom("scrape_job")
      .select([
        dayOf("finished_at").as("day"),
        countWhere(sql`status = 'completed'`).as("completed"),
        countWhere(sql`status = 'incomplete'`).as("incomplete"),
        countWhere(sql`status = 'failed'`).as("failed"),
        countWhere(sql`status = 'cancelled'`).as("cancelled"),
        countWhere(sql`completeness ->> 'state' = 'complete'`).as("complete"),
        countWhere(sql`completeness ->> 'state' = 'incomplete'`).as("partial"),
        countWhere(sql`completeness ->> 'state' = 'unknown'`).as("unknown"),
      ])
      .where(within("finished_at", bounds))
      .groupBy("day")
      .execute();
    return byDay(rows);
  }

  async #found(bounds: Bounds) {
    const rows = await this.#db
      .selectFrom("scrape_job")
      .innerJoin("opportunity_sighting", "opportunity_sighting.job_id", "scrape_job.id")
      .select([
        dayOf("finished_at").as("day"),
        sql<number>`count(distinct opportunity_sighting.opportunity_id)::float8`.as("count"),
      ])
      .where(within("finished_at", bounds))
      .groupBy("day")
      .execute();
    return byDay(rows);
  }

  async #new(bounds: Bounds) {
    const rows = await this.#db
      .selectFrom("opportunity")
      .select([dayOf("first_seen_at").as("day"), sql<number>`count(*)::float8`.as("count")])
      .where(within("first_seen_at", bounds))
      .groupBy("day")
      .execute();
    return byDay(rows);
  }

  async #models(bounds: Bounds) {
    const rows = await this.#db
      .selectFrom("llm_call")
      .select([
        dayOf("at").as("day"),
        sql<number>`sum(input_tokens + output_tokens)::float8`.as("tokens"),
        sql<number>`coalesce(sum(microusd), 0)::float8`.as("microUsd"),
        countWhere(sql`outcome = 'answered' and microusd is null`).as("unpriced"),
      ])
      .where(within("at", bounds))
      .groupBy("day")
      .execute();
    return byDay(rows);
  }

  #failures(bounds: Bounds) {
    return this.#db
      .selectFrom("scrape_job")
      .select([
        sql<string>`error ->> 'code'`.as("code"),
        dayOf("finished_at").as("day"),
        sql<number>`count(*)::float8`.as("jobs"),
      ])
      .where(within("finished_at", bounds))
      .where("status", "=", "failed")
      .groupBy(["code", "day"])
      .orderBy("code")
      .execute();
  }
}

/** Of rows in the order of their codes. */
function mostFrequent(rows: readonly { code: string; day: string; jobs: number }[], days: readonly string[]) {
  const ofCode = [...Map.groupBy(rows, ({ code }) => code)].map(([code, own]): FailureStatistics => {
    const jobsOn = new Map(own.map(({ day, jobs }) => [day, jobs]));
    return { code, jobs: own.reduce((sum, { jobs }) => sum + jobs, 0), byDay: days.map((day) => jobsOn.get(day) ?? 0) };
  });
  return ofCode.sort((one, other) => other.jobs - one.jobs).slice(0, TOP_FAILURES);
}

function dayOf(column: string): RawBuilder<string> {
  return sql<string>`to_char(${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD')`;
}

function countWhere(condition: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`(count(*) filter (where ${condition}))::float8`;
}

function within(column: string, { since, until, portalId }: Bounds): RawBuilder<boolean> {
  const time = sql.ref(column);
  const ofPortal = portalId === undefined ? sql`` : sql` and portal_id = ${portalId}`;
  return sql<boolean>`${time} >= ${since} and ${time} < ${until}${ofPortal}`;
}

function byDay<Row extends { day: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.day, row]));
}
