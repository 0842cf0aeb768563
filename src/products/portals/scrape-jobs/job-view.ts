import type { ScrapeFailure } from "./stored-job.ts";
import type { ScrapeJob } from "./scrape-job.ts";

/** The documented states. What they cannot say stands in `agentStatus` and `completeness`. */
export type DocumentedStatus = "queued" | "in_progress" | "completed" | "failed";

const DOCUMENTED: Readonly<Record<ScrapeJob["status"], DocumentedStatus>> = {
  queued: "queued",
  running: "in_progress",
  paused: "in_progress",
  needs_person: "in_progress",
  completed: "completed",
  incomplete: "completed",
  failed: "failed",
  cancelled: "failed",
};

export function documentedStatus(job: ScrapeJob): DocumentedStatus {
  return job.status === "paused" && job.startedAt === null ? "queued" : DOCUMENTED[job.status];
}

const CANCELLED: ScrapeFailure = {
  type: "unexpected_state",
  code: "cancelled",
  message: "The job was cancelled.",
  recoverable: true,
};

/** Why the documented status is `failed`; null when it is not. */
export function errorOf(job: ScrapeJob): ScrapeFailure | null {
  if (job.status === "failed") return job.error;
  return job.status === "cancelled" ? CANCELLED : null;
}

/** From the first start to the end; null while there is none. A job cancelled in the queue took no time. */
export function durationMs(job: ScrapeJob): number | null {
  if (!("finishedAt" in job)) return null;
  return job.startedAt ? job.finishedAt.getTime() - job.startedAt.getTime() : 0;
}
