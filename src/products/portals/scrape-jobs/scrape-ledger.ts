import type { Clock, JsonValue, Logger } from "#kernel";
import type { Attention } from "#platform/operators";
import type { Database } from "#platform/storage";
import type { Signals } from "#platform/signals";
import type { OpportunityStore } from "../opportunities/opportunity-store.ts";
import { noteJob, type JobNews } from "../portals/portal.ts";
import type { PortalStore } from "../portals/portal-store.ts";
import { isEnd, isWorthTelling, progressMessage, resultMessage, type CallbackMessage } from "./callback-message.ts";
import type { JobEventKind } from "./job-history.ts";
import type { JobHistoryStore } from "./job-history-store.ts";
import { isFinished, type FinishedJob, type ScrapeJob } from "./scrape-job.ts";
import type { ScrapeJobStore } from "./scrape-job-store.ts";
import { JOB_TOPIC } from "./job-signal.ts";
import type { ScrapeMetrics } from "./scrape-metrics.ts";

export interface LedgerDeps {
  jobs: ScrapeJobStore;
  history: JobHistoryStore;
  portals: PortalStore;
  opportunities: OpportunityStore;
  /** Puts a message into the outbox, within the transaction. */
  sendCallback: (message: CallbackMessage, trx: Database) => Promise<unknown>;
  signals: Pick<Signals, "publish">;
  attention: Pick<Attention, "open">;
  /** Failures in a row after which a portal is paused; 0: never. */
  pauseAfter: number;
  metrics: ScrapeMetrics;
  clock: Clock;
  logger: Logger;
}

/** What a change is called in the job's history. */
export interface Entry {
  kind: JobEventKind;
  data?: Record<string, unknown>;
  /** Progress goes to the client only now and then; a change of state always does. */
  tellClient?: boolean;
}

/**
 * The one way a job changes: the rule's result, the history, the portal and the message to the client are written in
 * one transaction, so that a job has exactly one final state and the client hears of it exactly when it is true.
 */
export class ScrapeLedger {
  readonly #deps: LedgerDeps;

  constructor(deps: LedgerDeps) {
    this.#deps = deps;
  }

  async change<Next extends ScrapeJob>(
    id: string,
    rule: (current: ScrapeJob, now: Date) => Next,
    entry: Entry | ((next: Next) => Entry | null),
    also?: (trx: Database, next: Next) => Promise<void>,
  ): Promise<Next> {
    const { jobs, clock } = this.#deps;
    const now = clock();
    const next = await jobs.change(
      id,
      (current) => rule(current, now),
      async (trx, after, before) => {
        await also?.(trx, after);
        await this.#follow(trx, after, before, typeof entry === "function" ? entry(after) : entry, now);
      },
    );
    if (isFinished(next)) this.#report(next);
    await this.announce(id, next.status);
    return next;
  }

  /** Tells those who watch. A lost signal delays a view, it loses nothing. */
  async announce(jobId: string, status: JsonValue): Promise<void> {
    await this.#deps.signals.publish(JOB_TOPIC, { jobId, status }).catch((err: unknown) => {
      this.#deps.logger.warn("signal.lost", { jobId, err });
    });
  }

  async #follow(trx: Database, next: ScrapeJob, previous: ScrapeJob, entry: Entry | null, now: Date): Promise<void> {
    const { history } = this.#deps;
    if (entry) await history.append(trx, { jobId: next.id, at: now, kind: entry.kind, data: entry.data ?? {} });
    const news = newsFor(next, previous);
    if (news) await this.#notePortal(trx, next.request.portalId, news, now);
    const isChange = next.status !== previous.status;
    if (isWorthTelling(next) && (isChange || entry?.tellClient === true)) await this.#tell(trx, next, previous, now);
  }

  /** A portal that is paused for its failures waits for a person. */
  async #notePortal(trx: Database, portalId: string, news: JobNews, now: Date): Promise<void> {
    const { portals, pauseAfter, attention, logger } = this.#deps;
    let wasPaused = false;
    const { paused } = await portals.change(
      portalId,
      (portal) => {
        wasPaused = portal.paused !== null;
        return noteJob(portal, news, now, pauseAfter);
      },
      trx,
    );
    if (wasPaused || paused === null) return;
    const { reason } = paused;
    await attention.open({ kind: "portal.paused", subject: `portal:${portalId}`, reason, details: { portalId } }, trx);
    logger.warn("portal.paused", { portalId, reason });
  }

  #report(job: FinishedJob): void {
    this.#deps.metrics.finished(job);
    const event =
      job.status === "cancelled" || job.status === "failed" ? (`job.${job.status}` as const) : "job.finished";
    const { id: jobId, status, progress, request } = job;
    this.#deps.logger.info(event, { jobId, portalId: request.portalId, status, found: progress.opportunitiesFound });
  }

  async #tell(
    trx: Database,
    next: ScrapeJob & { request: { callbackUrl: string } },
    previous: ScrapeJob,
    now: Date,
  ): Promise<void> {
    const { sendCallback, opportunities, history } = this.#deps;
    const url = next.request.callbackUrl;
    if (!isEnd(next, previous)) return void (await sendCallback(progressMessage(next, url, now), trx));
    const results = {
      opportunities: await opportunities.seenBy(next.id, trx),
      interactions: await history.interactions(next.id, trx),
    };
    await sendCallback(resultMessage(next, url, results), trx);
  }
}

/** What a change of a job means for its portal. */
function newsFor(next: ScrapeJob, previous: ScrapeJob): JobNews | null {
  if (next.status === previous.status) return null;
  switch (next.status) {
    case "running":
      return previous.status === "needs_person" ? null : { kind: "started" };
    case "completed":
    case "incomplete": {
      const { recipeId, completeness } = next;
      return { kind: "succeeded", found: completeness.found, complete: next.status === "completed", recipeId };
    }
    case "failed":
      return { kind: "failed", error: next.error };
    case "cancelled":
      return { kind: "cancelled" };
    case "queued":
    case "paused":
    case "needs_person":
      return null;
  }
}
