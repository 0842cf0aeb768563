import { PgBoss, type JobWithMetadata } from "pg-boss";
import { newId, waitFor, type Logger, type Telemetry } from "#kernel";
import { executorOf, type OpenDatabase } from "#platform/storage";
import { bossDatabase } from "./boss-database.ts";
import { BadSchedule, JobsStopped, JobUnknown } from "./errors.ts";
import {
  DEFAULT_JOB_OPTIONS,
  deadQueueOf,
  type DeadJob,
  type JobHandler,
  type JobOptions,
  type Schedule,
  type SendOptions,
} from "./job.ts";
import { JobMeter } from "./job-meter.ts";
import { JobStateStore } from "./job-state-store.ts";
import { RunningJobs } from "./running-jobs.ts";

const SCHEMA = "pgboss";
const CANCELLED = "gleaner_job_cancelled";
const DEAD_LETTERS_KEPT_SECONDS = 30 * 86_400;
/** After a handler was told to stop, before it is left behind. */
const LAST_WORDS_MS = 5_000;

export interface JobsDeps {
  database: OpenDatabase;
  logger: Logger;
  telemetry: Telemetry;
  /** A worker that is silent for this long has died, and its job runs elsewhere. At least 10. */
  heartbeatSeconds?: number;
  /** How often the dead are looked for. */
  superviseSeconds?: number;
  /** How often a worker looks for jobs that come due; new ones wake it at once. At least 0.5. */
  pollSeconds?: number;
}

export interface StartOptions {
  /** False in processes that only send jobs. True by default. */
  work?: boolean;
}

interface Definition {
  name: string;
  options: Required<JobOptions>;
  handler: ((data: unknown, id: string, signal: AbortSignal) => Promise<void>) | null;
}

/**
 * Durable background work. A job that was sent ends in exactly one state through crashes of workers and connections: done,
 * cancelled, or, after its last attempt, a dead letter. It may run more than once; handlers must bear that.
 */
export class Jobs {
  readonly #deps: JobsDeps;
  readonly #definitions = new Map<string, Definition>();
  readonly #running = new RunningJobs();
  readonly #states: JobStateStore;
  readonly #meter: JobMeter;
  #boss: PgBoss | null = null;
  #stopWatching: (() => Promise<void>) | null = null;
  #stopping = new AbortController();

  constructor(deps: JobsDeps) {
    this.#deps = deps;
    this.#states = new JobStateStore(deps.database, SCHEMA);
    this.#meter = new JobMeter(deps);
  }

  /** Names a job and what does it. Before `start`. */
  define<Data>(name: string, handler: JobHandler<Data>, options: JobOptions = {}): void {
    const run = (data: unknown, id: string, signal: AbortSignal) => handler(fromQueue<Data>(data), { id, signal });
    this.#definitions.set(name, { name, options: { ...DEFAULT_JOB_OPTIONS, ...options }, handler: run });
  }

  /** Names a job that this process sends and others do. Before `start`; harmless where it is also defined. */
  declare(name: string): void {
    if (!this.#definitions.has(name)) {
      this.#definitions.set(name, { name, options: DEFAULT_JOB_OPTIONS, handler: null });
    }
  }

  async start({ work = true }: StartOptions = {}): Promise<void> {
    const { database, heartbeatSeconds = 20, superviseSeconds = 10 } = this.#deps;
    const boss = new PgBoss({
      db: bossDatabase(database),
      schema: SCHEMA,
      backend: database.kind,
      useListenNotify: true,
      supervise: work,
      schedule: work,
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
      monitorVacuum: false,
      reindex: database.kind === "postgres",
    });
    boss.on("error", (err) => this.#deps.logger.error("job.failed", { err }));
    this.#stopping = new AbortController();
    await boss.start();
    this.#boss = boss;
    for (const definition of this.#definitions.values()) await this.#createQueue(boss, definition, heartbeatSeconds);
    if (!work) return;
    if (database.kind === "pglite") await this.#takeBackOrphans(boss);
    await this.#watch(heartbeatSeconds);
    for (const definition of this.#definitions.values()) await this.#work(boss, definition);
  }

  /** Returns the job's id. Resolves once the job is stored. */
  async send<Data extends object>(name: string, data: Data, options: SendOptions = {}): Promise<string> {
    const boss = this.#started(name);
    const { key, priority, startAfter, trx } = options;
    const id = newId();
    const on = trx ? { db: executorOf(trx) } : {};
    const sent = await boss.send(name, data, {
      id,
      // A queue holds one waiting or running job for each key; a job without one is its own.
      singletonKey: key ?? id,
      ...(priority === undefined ? {} : { priority }),
      ...(startAfter ? { startAfter } : {}),
      ...on,
    });
    if (sent !== null) {
      this.#deps.logger.debug("job.queued", { job: name, id });
      return sent;
    }
    const twins = await boss.findJobs(name, { ...(key === undefined ? {} : { key }), ...on });
    const twin = twins.find(({ state }) => state === "created" || state === "retry" || state === "active");
    return twin ? twin.id : this.send(name, data, options);
  }

  /** Ends a job that waits or runs; a running one hears it through its signal, in whichever process it runs. */
  async cancel(name: string, id: string): Promise<void> {
    await this.#started(name).cancel(name, id);
    this.#running.abort(id, new DOMException("The job was cancelled.", "AbortError"));
    await this.#deps.database.notify(CANCELLED, id);
    this.#deps.logger.info("job.cancelled", { job: name, id });
  }

  /**
   * Sends a job again and again, at the times of a cron expression in a time zone. A schedule is known by its name and key;
   * setting it again changes it. Times missed while nothing ran are skipped. Throws `BadSchedule`.
   */
  async schedule<Data extends object>(
    name: string,
    cron: string,
    data: Data,
    { tz = "UTC", key = "" }: { tz?: string; key?: string } = {},
  ): Promise<void> {
    const boss = this.#started(name);
    this.nextRuns(cron, { tz, count: 1 });
    await boss.schedule(name, cron, data, { tz, ...(key === "" ? {} : { key, singletonKey: key }) });
  }

  async unschedule(name: string, key?: string): Promise<void> {
    await this.#started(name).unschedule(name, key);
  }

  async schedules(name: string): Promise<Schedule[]> {
    const found = await this.#started(name).getSchedules(name);
    return found.map(({ key, cron, timezone: tz }) => ({ name, key, cron, tz }));
  }

  /** When a cron expression comes due next. Throws `BadSchedule`. */
  nextRuns(cron: string, { tz = "UTC", count = 5, from }: { tz?: string; count?: number; from?: Date } = {}): Date[] {
    if (!this.#boss) throw new JobsStopped();
    try {
      return this.#boss.previewSchedule(cron, { tz, count, ...(from ? { from } : {}) });
    } catch (error) {
      throw new BadSchedule(cron, tz, error);
    }
  }

  /** Jobs that failed for good. */
  async deadLetters(name: string): Promise<DeadJob[]> {
    const dead = await this.#started(name).findJobs<unknown>(deadQueueOf(name));
    return dead.map(({ id, data, createdOn }) => ({ id, data, diedAt: createdOn }));
  }

  /** Sends all dead letters of a queue again. Returns how many. */
  redrive(name: string): Promise<number> {
    return this.#started(name).redrive(deadQueueOf(name), { destination: name });
  }

  /**
   * Takes no new jobs, lets the running ones finish for `graceMs`, then tells them to stop. What did not finish runs again
   * with the next start.
   */
  async stop({ graceMs = 10_000 }: { graceMs?: number } = {}): Promise<void> {
    const boss = this.#boss;
    this.#boss = null;
    if (!boss) return;
    await this.#stopWatching?.();
    this.#stopWatching = null;
    await boss.stop({ graceful: graceMs > 0, timeout: graceMs, close: false });
    this.#stopping.abort(new DOMException("The program is ending.", "AbortError"));
    await this.#running.settled(AbortSignal.timeout(LAST_WORDS_MS));
  }

  #started(name: string): PgBoss {
    if (!this.#definitions.has(name)) throw new JobUnknown(name);
    if (!this.#boss) throw new JobsStopped();
    return this.#boss;
  }

  async #createQueue(boss: PgBoss, { name, options, handler }: Definition, heartbeatSeconds: number): Promise<void> {
    const settings = {
      retryLimit: options.retryLimit,
      retryDelay: options.retrySeconds,
      retryBackoff: true,
      retryDelayMax: options.retryMaxSeconds,
      expireInSeconds: options.expireSeconds,
      heartbeatSeconds,
      notify: true,
      deadLetter: deadQueueOf(name),
    };
    const known = await boss.getQueue(name);
    if (!known) {
      await boss.createQueue(deadQueueOf(name), { retentionSeconds: DEAD_LETTERS_KEPT_SECONDS });
      await boss.createQueue(name, { ...settings, policy: "exclusive" });
    } else if (handler) {
      await boss.updateQueue(name, settings);
    }
    // Fills pg-boss's cache of queues. Filled by the first `send` instead, within a caller's transaction, it would wait for
    // the embedded database, which waits for that transaction.
    await boss.findJobs(name, { key: "" });
  }

  async #takeBackOrphans(boss: PgBoss): Promise<void> {
    await this.#states.declareWorkersDead();
    await boss.supervise();
  }

  async #work(boss: PgBoss, { name, options, handler }: Definition): Promise<void> {
    if (!handler) return;
    const settings = {
      localConcurrency: options.concurrency,
      includeMetadata: true,
      notifyPollingIntervalSeconds: this.#deps.pollSeconds ?? 2,
      pollingIntervalSeconds: this.#deps.pollSeconds ?? 2,
    } as const;
    await boss.work<unknown, void, typeof settings>(name, settings, async (batch) => {
      for (const job of batch) await this.#run(job, handler, options);
    });
  }

  async #run(
    job: JobWithMetadata<unknown>,
    handler: NonNullable<Definition["handler"]>,
    { isRoutine }: Pick<Required<JobOptions>, "isRoutine">,
  ): Promise<void> {
    const { id, name, data, retryCount, retryLimit } = job;
    const end = this.#meter.begin(name, id, { attempt: retryCount, isRoutine });
    try {
      await this.#running.run(id, [job.signal, this.#stopping.signal], (signal) => handler(data, id, signal));
      end({ outcome: "finished" });
    } catch (err) {
      end({ outcome: "failed", err, isLastAttempt: retryCount >= retryLimit });
      throw err;
    }
  }

  /** Cancellation arrives as a notification; one that got lost is found in the table. */
  async #watch(heartbeatSeconds: number): Promise<void> {
    const watching = new AbortController();
    const abort = (id: string) =>
      this.#running.abort(id, new DOMException("The job was cancelled or taken over.", "AbortError"));
    const stopListening = await this.#deps.database.listen(CANCELLED, abort);
    const look = async () => {
      while (!watching.signal.aborted) {
        await waitFor((heartbeatSeconds * 1000) / 2, watching.signal).catch(() => undefined);
        const lost = await this.#states.noLongerActive(this.#running.ids).catch(() => []);
        lost.forEach(abort);
      }
    };
    const looking = look();
    this.#stopWatching = async () => {
      watching.abort();
      await stopListening();
      await looking;
    };
  }
}

/** What comes out of a queue is what the same program put in, as JSON. */
function fromQueue<Data>(data: unknown): Data {
  return data as Data;
}
