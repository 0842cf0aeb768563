import { JobFinished, JobNotWaiting, JobTakenOver } from "../errors.ts";
import { JobAtWall, JobNotPaused, JobPaused } from "./errors.ts";
import { failureOfWall, workerLost } from "./scrape-failure.ts";
import type { ScrapeRequest } from "./scrape-request.ts";
import type { JobCompleteness, ScrapeFailure, ScrapeProgress, Wall } from "./stored-job.ts";

interface Base {
  readonly id: string;
  /** Where it stands in the list of all jobs. */
  readonly sequence: number;
  readonly request: ScrapeRequest;
  /** How often a worker has taken it. A worker speaks for one attempt; a later attempt makes it late. */
  readonly attempt: number;
  /** How many of those workers never came back. */
  readonly lostWorkers: number;
  /** The harvest that a later attempt goes on with. */
  readonly runId: string | null;
  readonly recipeId: string | null;
  readonly progress: ScrapeProgress;
  readonly attentionId: string | null;
  readonly cancelRequestedAt: Date | null;
  readonly queuedAt: Date;
  readonly startedAt: Date | null;
  readonly updatedAt: Date;
}

export type Queued = Base & { readonly status: "queued" };
export type Running = Base & {
  readonly status: "running";
  readonly startedAt: Date;
  /** Somebody wants it held: its worker stops at the next checkpoint. */
  readonly pauseRequestedAt?: Date | null;
};
/** Held by a person. No worker has it; what it found so far is kept, and it goes on where it stopped. */
export type Paused = Base & { readonly status: "paused" };
export type NeedsPerson = Base & {
  readonly status: "needs_person";
  readonly startedAt: Date;
  readonly wall: Wall;
  /** So long its worker keeps the browser open before the wall; null: it has gone home. */
  readonly personUntil: Date | null;
};
export type Completed = Base & {
  readonly status: "completed";
  readonly finishedAt: Date;
  readonly completeness: JobCompleteness;
};
export type Incomplete = Base & {
  readonly status: "incomplete";
  readonly finishedAt: Date;
  readonly completeness: JobCompleteness;
};
export type Failed = Base & { readonly status: "failed"; readonly finishedAt: Date; readonly error: ScrapeFailure };
export type Cancelled = Base & { readonly status: "cancelled"; readonly finishedAt: Date };

export type OpenJob = Queued | Running | Paused | NeedsPerson;
export type FinishedJob = Completed | Incomplete | Failed | Cancelled;

/** One run over a portal. See the drawing in this module's README. */
export type ScrapeJob = OpenJob | FinishedJob;

export const NO_PROGRESS: ScrapeProgress = {
  currentPage: 0,
  totalPages: null,
  opportunitiesFound: 0,
  totalDeclared: null,
  currentAction: null,
};

const OPEN: ReadonlySet<string> = new Set<OpenJob["status"]>(["queued", "running", "paused", "needs_person"]);

export function isFinished(job: ScrapeJob): job is FinishedJob {
  return !OPEN.has(job.status);
}

/**
 * A worker takes the job. One that is running already lost its worker, and is taken over; after `maxLostWorkers`
 * it fails, because a page that kills every worker would go round for ever.
 */
export function start(
  job: ScrapeJob,
  { now, maxLostWorkers }: { now: Date; maxLostWorkers: number },
): Running | Paused | NeedsPerson | Failed | Cancelled {
  if (isFinished(job)) throw new JobFinished(job.id, job.status);
  if (job.status === "paused") throw new JobPaused(job.id);
  if (job.status === "needs_person") {
    if (job.personUntil === null) throw new JobNotWaiting(job.id, job.status);
    // The worker is lost that kept its browser open; the wall stands.
    return { ...job, personUntil: null, updatedAt: now };
  }
  if (job.cancelRequestedAt) return { ...base(job, now), status: "cancelled", finishedAt: now };
  const lostWorkers = job.lostWorkers + (job.status === "running" ? 1 : 0);
  const taken = { ...base(job, now), lostWorkers };
  if (isAskedToPause(job)) return { ...taken, status: "paused" };
  if (lostWorkers >= maxLostWorkers)
    return { ...taken, status: "failed", finishedAt: now, error: workerLost(lostWorkers) };
  return { ...taken, attempt: job.attempt + 1, startedAt: job.startedAt ?? now, status: "running" };
}

/** Notes how far the attempt has come. What it does not mention stays. */
export function progressed(
  job: ScrapeJob,
  attempt: number,
  news: { progress?: Partial<ScrapeProgress>; runId?: string },
  now: Date,
): Running {
  const current = heldBy(job, attempt);
  return {
    ...current,
    progress: { ...current.progress, ...news.progress },
    runId: news.runId ?? current.runId,
    updatedAt: now,
  };
}

/** The worker stops before a wall and leaves the job to a person; with `until` it waits there, its browser open. */
export function stopAtWall(
  job: ScrapeJob,
  attempt: number,
  { wall, attentionId, until = null }: { wall: Wall; attentionId: string; until?: Date | null },
  now: Date,
): NeedsPerson {
  const current = heldBy(job, attempt);
  const { startedAt } = current;
  return { ...base(current, now), startedAt, attentionId, status: "needs_person", wall, personUntil: until };
}

/** The worker that waited at a wall goes on: a person has said so, or nobody came. */
export function leaveWall(job: ScrapeJob, attempt: number, now: Date): Running {
  const isWaiting = job.status === "needs_person" && job.personUntil !== null && job.attempt === attempt;
  return isWaiting ? inPlace(job, now) : heldBy(job, attempt);
}

/** Ends the job with what it found. Whether something is missing decides between the two states. */
export function finish(
  job: ScrapeJob,
  attempt: number,
  { completeness, recipeId }: { completeness: JobCompleteness; recipeId: string | null },
  now: Date,
): Completed | Incomplete {
  const current = base(heldBy(job, attempt), now);
  const end = { ...current, recipeId: recipeId ?? current.recipeId, finishedAt: now, completeness };
  return completeness.state === "incomplete" ? { ...end, status: "incomplete" } : { ...end, status: "completed" };
}

export function fail(job: ScrapeJob, attempt: number, error: ScrapeFailure, now: Date): Failed {
  return { ...base(heldBy(job, attempt), now), status: "failed", finishedAt: now, error };
}

/** Somebody wants it stopped. What nobody works on ends at once; a worker is told, and ends it. */
export function requestCancel(job: ScrapeJob, now: Date): Running | Cancelled {
  if (isFinished(job)) throw new JobFinished(job.id, job.status);
  if (job.status === "running") return { ...job, cancelRequestedAt: job.cancelRequestedAt ?? now, updatedAt: now };
  if (job.status === "needs_person" && job.personUntil !== null)
    return { ...inPlace(job, now), cancelRequestedAt: now };
  return { ...base(job, now), cancelRequestedAt: now, status: "cancelled", finishedAt: now };
}

/** Somebody wants it held. What waits in the queue is held at once; a worker is told, and stops at its next checkpoint. */
export function requestPause(job: ScrapeJob, now: Date): Running | Paused {
  if (isFinished(job)) throw new JobFinished(job.id, job.status);
  if (job.status === "needs_person") throw new JobAtWall(job.id);
  if (job.status === "paused") return job;
  if (job.status === "queued") return { ...base(job, now), status: "paused" };
  // Who cancels wants it ended, not held.
  if (job.cancelRequestedAt || job.pauseRequestedAt) return job;
  return { ...job, pauseRequestedAt: now, updatedAt: now };
}

/** The worker has stopped as it was told. Somebody may have cancelled the job meanwhile, or wants it to go on. */
export function pause(job: ScrapeJob, attempt: number, now: Date): Paused | Queued | Cancelled {
  const current = heldBy(job, attempt);
  if (isAskedToPause(current)) return { ...base(current, now), status: "paused" };
  return release(current, attempt, now);
}

/** A person lets a job go on: one that is held waits for a worker again, one that was only asked to stop does not stop. */
export function resume(job: ScrapeJob, now: Date): Queued | Running {
  if (isFinished(job)) throw new JobFinished(job.id, job.status);
  if (job.status === "paused") return { ...base(job, now), status: "queued" };
  if (job.status === "running" && isAskedToPause(job)) return { ...job, pauseRequestedAt: null, updatedAt: now };
  throw new JobNotPaused(job.id, job.status);
}

/** The worker has to go (a restart, not a crash) and gives the job back; the next one goes on where it stopped. */
export function release(job: ScrapeJob, attempt: number, now: Date): Queued | Paused | Cancelled {
  const held = heldBy(job, attempt);
  const current = base(held, now);
  if (current.cancelRequestedAt) return { ...current, status: "cancelled", finishedAt: now };
  return { ...current, status: isAskedToPause(held) ? "paused" : "queued" };
}

function isAskedToPause(job: OpenJob): boolean {
  return job.status === "running" && (job.pauseRequestedAt ?? null) !== null && job.cancelRequestedAt === null;
}

/** The worker has stopped as it was told. */
export function cancel(job: ScrapeJob, attempt: number, now: Date): Cancelled {
  return { ...base(heldBy(job, attempt), now), status: "cancelled", finishedAt: now };
}

/**
 * A person has cleared the wall. The worker that waits there goes on in place; where none does the harvest ended at it, so a
 * new one begins, with the recipe if one was learnt.
 */
export function continueAfterWall(job: ScrapeJob, now: Date): Running | Queued {
  const stopped = waiting(job);
  if (stopped.personUntil !== null) return { ...inPlace(stopped, now), attentionId: null };
  return { ...base(stopped, now), runId: null, attentionId: null, status: "queued" };
}

/** A person says that the wall stays. */
export function giveUpAtWall(job: ScrapeJob, now: Date): Failed {
  const stopped = waiting(job);
  return { ...base(stopped, now), status: "failed", finishedAt: now, error: failureOfWall(stopped.wall) };
}

function waiting(job: ScrapeJob): NeedsPerson {
  if (isFinished(job)) throw new JobFinished(job.id, job.status);
  if (job.status !== "needs_person") throw new JobNotWaiting(job.id, job.status);
  return job;
}

function inPlace(job: NeedsPerson, now: Date): Running {
  return { ...base(job, now), startedAt: job.startedAt, status: "running" };
}

function heldBy(job: ScrapeJob, attempt: number): Running {
  if (isFinished(job)) throw new JobFinished(job.id, job.status);
  if (job.status !== "running" || job.attempt !== attempt) throw new JobTakenOver(job.id);
  return job;
}

/** What every state has; what belongs to one state only is left behind. */
function base(job: OpenJob, now: Date): Base {
  const { id, sequence, request, attempt, lostWorkers, runId, recipeId, progress, attentionId } = job;
  const { cancelRequestedAt, queuedAt, startedAt } = job;
  return {
    id,
    sequence,
    request,
    attempt,
    lostWorkers,
    runId,
    recipeId,
    progress,
    attentionId,
    cancelRequestedAt,
    queuedAt,
    startedAt,
    updatedAt: now,
  };
}
