import { isDatabaseLost, AppError, waitFor, type Clock, type Logger } from "#kernel";
import type { Signals } from "#platform/signals";
import { JobFinished, JobNotWaiting, JobTakenOver } from "../errors.ts";
import { JobPaused } from "./errors.ts";
import { JobPeople, type JobPeopleDeps } from "../live/job-people.ts";
import type { LiveStages } from "../live/live-stages.ts";
import type { BroughtHome, PortalHarvest, Reach } from "./portal-harvest.ts";
import { ProgressRecorder } from "./progress-recorder.ts";
import type { ScrapeConclusion } from "./scrape-conclusion.ts";
import { STOP_TOPIC, jobIn } from "./job-signal.ts";
import { start, type Running, type ScrapeJob } from "./scrape-job.ts";
import type { ScrapeJobStore } from "./scrape-job-store.ts";
import type { ScrapeLedger } from "./scrape-ledger.ts";
import type { ScrapeMetrics } from "./scrape-metrics.ts";

export interface RunnerDeps {
  jobs: ScrapeJobStore;
  ledger: ScrapeLedger;
  conclusion: ScrapeConclusion;
  harvest: PortalHarvest;
  signals: Pick<Signals, "subscribe">;
  metrics: ScrapeMetrics;
  clock: Clock;
  logger: Logger;
  stages: LiveStages;
  /** What its people need of a job that waits at a wall. */
  people: JobPeopleDeps;
  /** How often progress is written at most. */
  progressEveryMs: number;
  /** How often a worker looks whether it missed a request to cancel. */
  cancelPollMs: number;
  /** Lost workers after which a job fails. */
  maxLostWorkers: number;
}

/** Runs scrape jobs: what the job queue calls. */
export class ScrapeRunner {
  readonly #deps: RunnerDeps;

  constructor(deps: RunnerDeps) {
    this.#deps = deps;
  }

  /**
   * Runs one job to its end or to a wall. Throws only when the worker has to go (`shutdown`) or the database fails: then
   * the queue gives the job to another worker, which goes on where this one stopped.
   */
  async run(jobId: string, shutdown: AbortSignal): Promise<void> {
    const job = await this.#take(jobId);
    if (job === null) return;
    const stop = new StopSwitch();
    const unwatch = await this.#watchForStop(job, stop);
    try {
      await this.#harvest(job, stop, shutdown);
    } catch (error) {
      if (isLate(error)) return;
      await this.#breakOff(job, stop, shutdown, error);
    } finally {
      await unwatch();
    }
  }

  /** Null when there is nothing to run: the job has ended, waits for a person, or ended just now. */
  async #take(jobId: string): Promise<Running | null> {
    const { ledger, maxLostWorkers, metrics, logger } = this.#deps;
    try {
      const job = await ledger.change(
        jobId,
        (current, now) => start(current, { now, maxLostWorkers }),
        ({ status, attempt }) =>
          status === "needs_person"
            ? null
            : { kind: status === "running" ? "job.started" : `job.${status}`, data: { attempt } },
      );
      if (job.status !== "running") return null;
      if (job.attempt === 1) metrics.started();
      logger.info("job.started", { jobId, portalId: job.request.portalId, attempt: job.attempt });
      return job;
    } catch (error) {
      if (isLate(error)) return null;
      throw error;
    }
  }

  async #harvest(job: Running, stop: StopSwitch, shutdown: AbortSignal): Promise<void> {
    const { ledger, clock, progressEveryMs, conclusion, stages, people } = this.#deps;
    const recorder = new ProgressRecorder({
      ledger,
      jobId: job.id,
      attempt: job.attempt,
      clock,
      everyMs: progressEveryMs,
      onSaved: (current) => stop.heed(current),
      onLost: (error) => stop.breakOff(error),
    });
    const stage = stages.enter(job.id);
    try {
      const signal = AbortSignal.any([stop.signal, shutdown]);
      const settle = () => recorder.settle();
      const brought = await this.#bringHome(job, {
        signal,
        people: new JobPeople(people, { job, stage, settle, signal }),
        onProgress: (event) => recorder.note(event),
        onDoing: (doing) => recorder.say(doing),
        // Only who cancels the job ends its run: after a shutdown, or in another worker, it goes on.
        staysOpenWhenCancelled: () => !stop.isCancelled,
      });
      await recorder.settle();
      if (stop.isBrokenOff) throw stop.signal.reason;
      const isCancelled = brought.result.reason === "cancelled";
      if (isCancelled && !stop.isCancelled) throw stop.isPaused ? stop.signal.reason : shutdown.reason;
      await conclusion.conclude(job, brought, isCancelled);
    } finally {
      stage.leave();
      await recorder.settle();
    }
  }

  /** A worker that was thought lost may still be at the run: it gives way as soon as it hears of this one. */
  async #bringHome(job: Running, reach: Reach): Promise<BroughtHome> {
    for (let patience = PATIENCE; ; patience -= 1) {
      try {
        return await this.#deps.harvest.run(job, reach);
      } catch (error) {
        const isContested = error instanceof AppError && CONTESTED.has(error.code);
        if (!isContested || patience === 0) throw error;
        await waitFor(CONTESTED_MS, reach.signal);
      }
    }
  }

  async #breakOff(job: Running, stop: StopSwitch, shutdown: AbortSignal, error: unknown): Promise<void> {
    const { conclusion, logger } = this.#deps;
    if (stop.isCancelled) return conclusion.cancel(job);
    if (stop.isBrokenOff) throw error;
    if (stop.isPaused) {
      // Resumed before it stood still: the queue brings it to a worker again.
      if ((await conclusion.pause(job)) === "queued") throw error;
      return;
    }
    if (shutdown.aborted || isDatabaseLost(error)) {
      await conclusion.release(job);
      throw error;
    }
    logger.warn("job.failed", { jobId: job.id, portalId: job.request.portalId, err: error });
    return conclusion.fail(job, error);
  }

  /** Hears at once that it is to stop, and looks now and then in case the signal was lost. */
  async #watchForStop(job: Running, stop: StopSwitch): Promise<() => Promise<void>> {
    const { signals, jobs, cancelPollMs, logger } = this.#deps;
    const done = new AbortController();
    const look = async (): Promise<void> => {
      stop.heed(await jobs.get(job.id));
    };
    const lost = (err: unknown): void => logger.warn("signal.lost", { jobId: job.id, err });
    const unsubscribe = await signals.subscribe(STOP_TOPIC, (message) => {
      if (jobIn(message) === job.id) void look().catch(lost);
    });
    const poll = async (): Promise<void> => {
      while (!done.signal.aborted) {
        await look().catch(lost);
        await waitFor(cancelPollMs, done.signal).catch(() => undefined);
      }
    };
    const polling = poll();
    return async () => {
      done.abort();
      await polling;
      await unsubscribe();
    };
  }
}

/** Another process is at the same run, or ended it a moment ago. */
const CONTESTED: ReadonlySet<string> = new Set(["run_taken_over", "run_finished"]);
const CONTESTED_MS = 500;
const PATIENCE = 10;

/** Stops a harvest, and remembers why. The first reason counts. */
class StopSwitch {
  readonly #controller = new AbortController();
  #reason: "cancelled" | "paused" | "broken off" | null = null;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isCancelled(): boolean {
    return this.#reason === "cancelled";
  }

  get isPaused(): boolean {
    return this.#reason === "paused";
  }

  get isBrokenOff(): boolean {
    return this.#reason === "broken off";
  }

  /** Stops when somebody has asked for it. Who cancels is heard before who pauses. */
  heed(job: ScrapeJob): void {
    if (job.cancelRequestedAt) this.#stop("cancelled", new Error("The job was cancelled."));
    else if (job.status === "running" && job.pauseRequestedAt) this.#stop("paused", new Error("The job was paused."));
  }

  /** The job is no longer ours, or cannot be written to. */
  breakOff(reason: unknown): void {
    this.#stop("broken off", reason);
  }

  #stop(why: "cancelled" | "paused" | "broken off", reason: unknown): void {
    this.#reason ??= why;
    this.#controller.abort(reason);
  }
}

const LATE = [JobFinished, JobTakenOver, JobNotWaiting, JobPaused];

/** Somebody else has ended the job or taken it over: what this worker brings is late. */
function isLate(error: unknown): boolean {
  return LATE.some((kind) => error instanceof kind);
}
