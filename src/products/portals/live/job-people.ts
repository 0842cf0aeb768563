import type { BrowserSession } from "#engines/browser";
import type { HarvestWall, People, VisitorState } from "#engines/harvest";
import { waitFor, type Clock } from "#kernel";
import type { Attention } from "#platform/operators";
import type { Signals } from "#platform/signals";
import { jobIn, JOB_TOPIC } from "../scrape-jobs/job-signal.ts";
import { leaveWall, stopAtWall, type Running } from "../scrape-jobs/scrape-job.ts";
import type { ScrapeJobStore } from "../scrape-jobs/scrape-job-store.ts";
import type { ScrapeLedger } from "../scrape-jobs/scrape-ledger.ts";
import type { ShownTab } from "./live-stage.ts";
import type { WallSeats } from "./wall-seats.ts";

export interface JobPeopleDeps {
  readonly jobs: Pick<ScrapeJobStore, "get">;
  readonly ledger: ScrapeLedger;
  readonly attention: Pick<Attention, "open">;
  readonly signals: Pick<Signals, "subscribe">;
  readonly clock: Clock;
  readonly seats: WallSeats;
  /** How long a browser stays open before a wall; 0: not at all. */
  readonly waitMs: number;
  /** How often the job is read again, in case a signal was lost. */
  readonly pollMs: number;
}

export interface JobParts {
  readonly job: Running;
  readonly stage: { show(tab: ShownTab): void; giveBack(): void };
  /** Resolves when all progress is written: a job that waits has none. */
  readonly settle: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** People beside one attempt at a job: its browsers are put on the stage, and at a wall the job waits for one of them. */
export class JobPeople implements People {
  readonly #deps: JobPeopleDeps;
  readonly #parts: JobParts;
  #visitor: VisitorState | null = null;

  constructor(deps: JobPeopleDeps, parts: JobParts) {
    this.#deps = deps;
    this.#parts = parts;
  }

  get visitor(): VisitorState | null {
    return this.#visitor;
  }

  get comeToWalls(): boolean {
    return this.#deps.waitMs > 0;
  }

  onSession({ live }: BrowserSession): void {
    this.#parts.stage.show(live);
  }

  /** The job needs a person and keeps its worker. It goes on in place when somebody says so; else the wall stands. */
  async onWall({ kind, url, message }: HarvestWall, session: BrowserSession): Promise<boolean> {
    const { stage, signal } = this.#parts;
    const leaveSeat = this.comeToWalls ? this.#deps.seats.take() : null;
    if (!leaveSeat) return false;
    try {
      stage.show(session.live);
      const until = await this.#stopAt({ kind, url, message });
      await this.#untilDecided(until);
      stage.giveBack();
      const isCleared = await this.#leave();
      signal.throwIfAborted();
      if (isCleared) this.#visitor = await session.storageState();
      return isCleared;
    } finally {
      stage.giveBack();
      leaveSeat();
    }
  }

  async #stopAt(wall: { kind: string; url: string; message: string }): Promise<Date> {
    const { ledger, attention, clock, waitMs } = this.#deps;
    const { job, settle } = this.#parts;
    await settle();
    const until = new Date(clock().getTime() + waitMs);
    const opened = await attention.open({
      kind: "portal.wall",
      subject: `scrape-job:${job.id}`,
      reason: wall.message,
      details: {
        jobId: job.id,
        portalId: job.request.portalId,
        wall: wall.kind,
        url: wall.url,
        view: `/jobs/${encodeURIComponent(job.id)}`,
        until: until.toISOString(),
      },
    });
    await ledger.change(
      job.id,
      (current, now) => stopAtWall(current, job.attempt, { wall, attentionId: opened.id, until }, now),
      { kind: "job.wall", data: { ...wall, until: until.toISOString() } },
    );
    return until;
  }

  /** Until the job no longer waits, its time is up, or the worker has to go. */
  async #untilDecided(until: Date): Promise<void> {
    const { jobs, signals, clock, pollMs } = this.#deps;
    const { job, signal } = this.#parts;
    let news = new AbortController();
    const unsubscribe = await signals.subscribe(JOB_TOPIC, (message) => {
      if (jobIn(message) === job.id) news.abort();
    });
    try {
      for (;;) {
        const heard = (news = new AbortController());
        const { status } = await jobs.get(job.id);
        const leftMs = until.getTime() - clock().getTime();
        if (status !== "needs_person" || leftMs <= 0 || signal.aborted) return;
        const either = AbortSignal.any([heard.signal, signal]);
        await waitFor(Math.min(pollMs, leftMs), either).catch(() => undefined);
      }
    } finally {
      await unsubscribe();
    }
  }

  /** Whether somebody said that the wall is cleared. The job runs again either way. */
  async #leave(): Promise<boolean> {
    const { id, attempt } = this.#parts.job;
    let wasWaiting = false;
    const job = await this.#deps.ledger.change(
      id,
      (current, now) => {
        wasWaiting = current.status === "needs_person";
        return leaveWall(current, attempt, now);
      },
      () => (wasWaiting && !this.#parts.signal.aborted ? { kind: "job.unattended" } : null),
    );
    return !wasWaiting && job.cancelRequestedAt === null;
  }
}
