import type { JsonValue } from "#kernel";
import type { Opportunity } from "../opportunities/opportunity.ts";
import { documentedInteraction, type Interaction } from "./interaction.ts";
import { documentedStatus, durationMs, errorOf } from "./job-view.ts";
import { isFinished, type FinishedJob, type ScrapeJob } from "./scrape-job.ts";

/** A message to the client who gave a callback address. Sending one twice must not look like two. */
export interface CallbackMessage {
  url: string;
  idempotencyKey: string;
  body: JsonValue;
}

/** The documented results, and beside them what the documents do not know: state, completeness and run. */
export function resultMessage(
  job: FinishedJob,
  url: string,
  { opportunities, interactions }: { opportunities: readonly Opportunity[]; interactions: readonly Interaction[] },
): CallbackMessage {
  const error = errorOf(job);
  const body = {
    jobId: job.id,
    portalId: job.request.portalId,
    event: "finished",
    success: job.status === "completed" || job.status === "incomplete",
    status: documentedStatus(job),
    agentStatus: job.status,
    opportunities,
    interactions: interactions.map(documentedInteraction),
    pagesScraped: job.progress.currentPage,
    duration: durationMs(job) ?? 0,
    tokensUsed: interactions.reduce((sum, { llmTokensUsed }) => sum + (llmTokensUsed ?? 0), 0),
    ...(error ? { error } : {}),
    ...("completeness" in job ? { completeness: job.completeness } : {}),
    ...(job.runId ? { run: job.runId } : {}),
  };
  return { url, idempotencyKey: `scrape:${job.id}:finished`, body: asJson(body) };
}

/** The documented progress. It goes beside the results' address, where the documents have one for it. */
export function progressMessage(job: ScrapeJob, url: string, now: Date): CallbackMessage {
  const { currentPage, totalPages, opportunitiesFound, currentAction } = job.progress;
  const body = {
    jobId: job.id,
    portalId: job.request.portalId,
    event: "progress",
    status: documentedStatus(job),
    agentStatus: job.status,
    currentPage,
    ...(totalPages === null ? {} : { totalPages }),
    opportunitiesFound,
    ...(currentAction === null ? {} : { currentAction }),
    at: now.toISOString(),
  };
  const key = `scrape:${job.id}:${job.attempt}:${job.status}:${now.getTime()}`;
  return { url: progressAddress(url), idempotencyKey: key, body: asJson(body) };
}

/** What a change tells the client: the results at the end, progress before it. Null when nobody asked. */
export function isWorthTelling(job: ScrapeJob): job is ScrapeJob & { request: { callbackUrl: string } } {
  return job.request.callbackUrl !== undefined;
}

export function isEnd(next: ScrapeJob, previous: ScrapeJob): next is FinishedJob {
  return isFinished(next) && !isFinished(previous);
}

/**
 * The documented client answers results at `…/callback` and progress at `…/progress`; to its results address a message
 * without results would look like a failure. Any other client gets both at one address, told apart by `event`.
 */
export function progressAddress(callbackUrl: string): string {
  const url = new URL(callbackUrl);
  url.pathname = url.pathname.replace(/\/callback\/?$/, "/progress");
  return url.href;
}

/** Dates and absent keys are gone after it; what is left is what will be sent. */
function asJson(body: object): JsonValue {
  return JSON.parse(JSON.stringify(body)) as JsonValue;
}
