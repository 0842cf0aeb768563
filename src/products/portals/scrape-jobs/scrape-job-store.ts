import type { Insertable, Selectable } from "kysely";
import type { Database, ScrapeJobTable } from "#platform/storage";
import { JobNotFound } from "../errors.ts";
import { NO_PROGRESS, type ScrapeJob } from "./scrape-job.ts";
import { ScrapeRequestSchema, type ScrapeRequest } from "./scrape-request.ts";
import { CompletenessSchema, ScrapeFailureSchema, ScrapeProgressSchema, WallSchema } from "./stored-job.ts";

export interface NewScrapeJob {
  id: string;
  request: ScrapeRequest;
  requestHash: string;
  now: Date;
}

export interface JobQuery {
  portalId?: string | undefined;
  status?: ScrapeJob["status"] | undefined;
  /** Jobs older than the one at this place in the list. */
  before?: number | undefined;
  limit: number;
}

/** What follows from a change, in the same transaction. Use `trx`; the database would wait for itself. */
export type Consequences<Next> = (trx: Database, next: Next, previous: ScrapeJob) => Promise<void>;

export class ScrapeJobStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Adds a job and what follows from it. Null when the id is taken, and by which request. */
  async add(
    { id, request, requestHash, now }: NewScrapeJob,
    before: (trx: Database) => Promise<void>,
    after: (trx: Database, job: ScrapeJob) => Promise<void>,
  ): Promise<ScrapeJob | null> {
    return this.#db.transaction().execute(async (trx) => {
      await before(trx);
      const row = await trx
        .insertInto("scrape_job")
        .values({
          id,
          portal_id: request.portalId,
          request: JSON.stringify(request),
          request_hash: requestHash,
          status: "queued",
          attempt: 0,
          lost_workers: 0,
          progress: JSON.stringify(NO_PROGRESS),
          queued_at: now,
          updated_at: now,
        })
        .onConflict((oc) => oc.column("id").doNothing())
        .returningAll()
        .executeTakeFirst();
      if (!row) return null;
      const job = fromRow(row);
      await after(trx, job);
      return job;
    });
  }

  async get(id: string): Promise<ScrapeJob> {
    return (await this.withHash(id)).job;
  }

  async withHash(id: string): Promise<{ job: ScrapeJob; requestHash: string }> {
    const row = await this.#db.selectFrom("scrape_job").selectAll().where("id", "=", id).executeTakeFirst();
    if (!row) throw new JobNotFound(id);
    return { job: fromRow(row), requestHash: row.request_hash };
  }

  /** Newest first. */
  async list({ portalId, status, before, limit }: JobQuery): Promise<ScrapeJob[]> {
    let query = this.#db.selectFrom("scrape_job").selectAll().orderBy("sequence", "desc").limit(limit);
    if (portalId !== undefined) query = query.where("portal_id", "=", portalId);
    if (status !== undefined) query = query.where("status", "=", status);
    if (before !== undefined) query = query.where("sequence", "<", before);
    return (await query.execute()).map(fromRow);
  }

  /** A job of this portal that has not ended. */
  async openJobOf(portalId: string): Promise<ScrapeJob | null> {
    const open = this.#db.selectFrom("scrape_job").selectAll().where("portal_id", "=", portalId);
    const row = await open.where("finished_at", "is", null).limit(1).executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  /** The newest job of this portal. */
  async latestOf(portalId: string): Promise<ScrapeJob | null> {
    return (await this.list({ portalId, limit: 1 }))[0] ?? null;
  }

  /** Jobs that a worker should have or get, and that nothing was written about since. */
  async silentSince(before: Date): Promise<ScrapeJob[]> {
    const rows = await this.#db
      .selectFrom("scrape_job")
      .selectAll()
      .where("finished_at", "is", null)
      .where("status", "in", ["queued", "running"])
      .where("updated_at", "<", before)
      .orderBy("sequence")
      .execute();
    return rows.map(fromRow);
  }

  /** The job that stands behind an entry of the "needs a person" queue, if one does. */
  async behindAttention(attentionId: string): Promise<ScrapeJob | null> {
    const row = await this.#db
      .selectFrom("scrape_job")
      .selectAll()
      .where("attention_id", "=", attentionId)
      .where("status", "=", "needs_person")
      .executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  async count(): Promise<{ byStatus: Partial<Record<ScrapeJob["status"], number>>; lastQueuedAt: Date | null }> {
    const rows = await this.#db
      .selectFrom("scrape_job")
      .select(["status", (eb) => eb.fn.countAll<number>().as("count"), (eb) => eb.fn.max("queued_at").as("last")])
      .groupBy("status")
      .execute();
    const byStatus = Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)]));
    const last = rows.flatMap((row) => (row.last ? [row.last.getTime()] : []));
    return { byStatus, lastQueuedAt: last.length > 0 ? new Date(Math.max(...last)) : null };
  }

  /** Applies a rule to one job under its row lock, and saves what the rule returns and all that follows from it. */
  async change<Next extends ScrapeJob>(
    id: string,
    rule: (current: ScrapeJob) => Next,
    consequences?: Consequences<Next>,
  ): Promise<Next> {
    return this.#db.transaction().execute(async (trx) => {
      const row = await trx.selectFrom("scrape_job").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
      if (!row) throw new JobNotFound(id);
      const previous = fromRow(row);
      const next = rule(previous);
      await trx.updateTable("scrape_job").set(toRow(next)).where("id", "=", id).execute();
      await consequences?.(trx, next, previous);
      return next;
    });
  }
}

function toRow(job: ScrapeJob): Partial<Insertable<ScrapeJobTable>> {
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  return {
    status: job.status,
    attempt: job.attempt,
    lost_workers: job.lostWorkers,
    run_id: job.runId,
    recipe_id: job.recipeId,
    progress: JSON.stringify(job.progress),
    attention_id: job.attentionId,
    person_until: "personUntil" in job ? job.personUntil : null,
    cancel_requested_at: job.cancelRequestedAt,
    pause_requested_at: "pauseRequestedAt" in job ? (job.pauseRequestedAt ?? null) : null,
    started_at: job.startedAt,
    updated_at: job.updatedAt,
    wall: json("wall" in job ? job.wall : null),
    completeness: json("completeness" in job ? job.completeness : null),
    error: json("error" in job ? job.error : null),
    finished_at: "finishedAt" in job ? job.finishedAt : null,
  };
}

/** The table's check constraints are what makes the non-null assertions true. */
function fromRow(row: Selectable<ScrapeJobTable>): ScrapeJob {
  const base = {
    id: row.id,
    sequence: row.sequence,
    request: ScrapeRequestSchema.parse(row.request),
    attempt: row.attempt,
    lostWorkers: row.lost_workers,
    runId: row.run_id,
    recipeId: row.recipe_id,
    progress: ScrapeProgressSchema.parse(row.progress),
    attentionId: row.attention_id,
    cancelRequestedAt: row.cancel_requested_at,
    queuedAt: row.queued_at,
    startedAt: row.started_at,
    updatedAt: row.updated_at,
  };
  switch (row.status) {
    case "queued":
    case "paused":
      return { ...base, status: row.status };
    case "running":
      return { ...base, startedAt: row.started_at!, status: row.status, pauseRequestedAt: row.pause_requested_at };
    case "needs_person":
      return {
        ...base,
        startedAt: row.started_at!,
        status: row.status,
        wall: WallSchema.parse(row.wall),
        personUntil: row.person_until,
      };
    case "completed":
    case "incomplete":
      return {
        ...base,
        status: row.status,
        finishedAt: row.finished_at!,
        completeness: CompletenessSchema.parse(row.completeness),
      };
    case "failed":
      return { ...base, status: row.status, finishedAt: row.finished_at!, error: ScrapeFailureSchema.parse(row.error) };
    case "cancelled":
      return { ...base, status: row.status, finishedAt: row.finished_at! };
  }
}
