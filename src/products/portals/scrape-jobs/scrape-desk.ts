import { AppError, type Clock, type Logger } from "#kernel";
import type { Database } from "#platform/storage";
import type { Attention } from "#platform/operators";
import type { Signals } from "#platform/signals";
import type { Opportunity } from "../opportunities/opportunity.ts";
import type { OpportunityStore } from "../opportunities/opportunity-store.ts";
import { CredentialsMissing, JobIdTaken } from "../errors.ts";
import type { PortalLogins } from "../logins/portal-logins.ts";
import { logInOf, type Abilities } from "../portals/configuration.ts";
import { newPortal } from "../portals/portal.ts";
import type { PortalStore } from "../portals/portal-store.ts";
import type { Cost, CostStore } from "../statistics/cost-store.ts";
import type { Interaction } from "./interaction.ts";
import type { JobEvent } from "./job-history.ts";
import type { JobHistoryStore } from "./job-history-store.ts";
import {
  continueAfterWall,
  giveUpAtWall,
  isFinished,
  requestCancel,
  requestPause,
  resume,
  type Paused,
  type Failed,
  type Queued,
  type Running,
  type ScrapeJob,
} from "./scrape-job.ts";
import type { JobQuery, ScrapeJobStore } from "./scrape-job-store.ts";
import { STOP_TOPIC, jobIn, JOB_TOPIC } from "./job-signal.ts";
import { placeInQueue } from "./priority.ts";
import type { ScrapeLedger } from "./scrape-ledger.ts";
import { acceptScrape, hashOfRequest, priorityOf, type RequestedScrape, type ScrapeRequest } from "./scrape-request.ts";

export interface DeskDeps {
  jobs: ScrapeJobStore;
  history: JobHistoryStore;
  portals: PortalStore;
  opportunities: OpportunityStore;
  costs: CostStore;
  ledger: ScrapeLedger;
  signals: Pick<Signals, "publish" | "subscribe">;
  attention: Pick<Attention, "resolve">;
  /** Gives a job to the workers, within the transaction that accepts it. The queue holds one of each key; a higher place goes first. */
  enqueue: (jobId: string, ticket: { key: string; place: number }, trx?: Database) => Promise<void>;
  logins: Pick<PortalLogins, "set" | "isKnownFor" | "allowAgain">;
  abilities: Abilities;
  clock: Clock;
  logger: Logger;
}

/** What a person decided, and who. */
export interface Decision {
  by: string;
  resolution: string;
}

/** What a finished or running job has to show. */
export interface JobReport {
  job: ScrapeJob;
  /** Only of a job that has ended. */
  results: { opportunities: Opportunity[]; interactions: Interaction[] } | null;
}

/** Where scrape jobs are handed in, asked about and stopped: what the API and the scheduler call. */
export class ScrapeDesk {
  readonly #deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
  }

  /** Accepts a job once. The same id with the same request is answered with the job as it is by now. */
  async submit(requested: RequestedScrape): Promise<{ job: ScrapeJob; isNew: boolean }> {
    const { jobs, portals, history, enqueue, clock, logger, ledger } = this.#deps;
    const request = acceptScrape(requested, this.#deps.abilities);
    const requestHash = hashOfRequest(request);
    const now = clock();
    const id = requested.jobId;
    const added = await jobs.add(
      { id, request, requestHash, now },
      (trx) => portals.addIfNew(trx, newPortal(request.portalId, request.url, now)),
      async (trx) => {
        await this.#takeLogIn(requested, request, trx);
        await history.append(trx, { jobId: id, at: now, kind: "job.queued", data: { url: request.url } });
        await enqueue(id, ticketOf({ id, attempt: 0, request, queuedAt: now }), trx);
      },
    );
    if (added) {
      logger.info("job.queued", { jobId: id, portalId: request.portalId });
      await ledger.announce(id, added.status);
      return { job: added, isNew: true };
    }
    const known = await jobs.withHash(id);
    if (known.requestHash !== requestHash) throw new JobIdTaken(id);
    return { job: known.job, isNew: false };
  }

  /** Credentials that come with a job are kept with its portal; a job that needs some is not begun without. */
  async #takeLogIn(requested: RequestedScrape, { portalId, url, configuration }: ScrapeRequest, trx: Database) {
    const { logins } = this.#deps;
    const wish = logInOf(requested.configuration);
    if (wish) return void (await logins.set({ id: portalId, url }, wish, { by: "scrape request", trx }));
    if (configuration.requiresAuth && !(await logins.isKnownFor(portalId, url, trx)))
      throw new CredentialsMissing(portalId);
  }

  get(id: string): Promise<ScrapeJob> {
    return this.#deps.jobs.get(id);
  }

  async report(id: string): Promise<JobReport> {
    const { jobs, opportunities, history } = this.#deps;
    const job = await jobs.get(id);
    if (!isFinished(job)) return { job, results: null };
    return {
      job,
      results: { opportunities: await opportunities.seenBy(id), interactions: await history.interactions(id) },
    };
  }

  /** What models took for it; nothing where none was asked. */
  async cost(id: string): Promise<Cost> {
    await this.#deps.jobs.get(id);
    return this.#deps.costs.ofJob(id);
  }

  list(query: JobQuery): Promise<ScrapeJob[]> {
    return this.#deps.jobs.list(query);
  }

  async events(jobId: string, page: { after?: number | undefined; limit: number }): Promise<JobEvent[]> {
    await this.#deps.jobs.get(jobId);
    return this.#deps.history.events(jobId, page);
  }

  /** Stops what nobody works on at once, and tells the worker of a running job. @throws JobFinished */
  async cancel(id: string, by: string): Promise<ScrapeJob> {
    const job = await this.#deps.ledger.change(id, requestCancel, ({ status }) => ({
      kind: status === "cancelled" ? "job.cancelled" : "job.cancel_requested",
      data: { by },
    }));
    if (job.status === "running") await this.#deps.signals.publish(STOP_TOPIC, { jobId: id });
    await this.#settle(job.attentionId, { by, resolution: "The job was cancelled." });
    return job;
  }

  /**
   * Holds a job: at once in the queue, else its worker stops at the next checkpoint and gives its browser back.
   * @throws JobFinished, and JobAtWall for one that waits for a person anyway
   */
  async pause(id: string, by: string): Promise<Running | Paused> {
    let isNews = false;
    const job = await this.#deps.ledger.change(
      id,
      (current, now) => {
        const next = requestPause(current, now);
        isNews = next !== current;
        return next;
      },
      ({ status }) =>
        isNews ? { kind: status === "paused" ? "job.paused" : "job.pause_requested", data: { by } } : null,
    );
    if (job.status === "running") await this.#deps.signals.publish(STOP_TOPIC, { jobId: id });
    return job;
  }

  /** Lets a job go on where it was held. @throws JobNotPaused */
  async resume(id: string, by: string): Promise<Queued | Running> {
    const { ledger, enqueue } = this.#deps;
    return ledger.change(id, resume, { kind: "job.resumed", data: { by } }, async (trx, job) => {
      if (job.status === "queued") await enqueue(id, ticketOf(job), trx);
    });
  }

  /**
   * A person has cleared the wall: the worker that waits there goes on. Where none does, the job goes to the workers again,
   * though the last one may not have gone home yet.
   */
  async continue(id: string, decision: Decision): Promise<Running | Queued> {
    const { ledger, enqueue, logins } = this.#deps;
    const waiting = await this.get(id);
    await logins.allowAgain(waiting.request.portalId);
    const again = async (trx: Database, { status }: ScrapeJob) => {
      if (status === "queued") await enqueue(id, ticketOf(waiting), trx);
    };
    const entry = { kind: "job.continued" as const, data: { by: decision.by } };
    const job = await ledger.change(id, continueAfterWall, entry, again);
    await this.#settle(waiting.attentionId, decision);
    return job;
  }

  /** A person says that the wall stays: the job fails for that reason. */
  async giveUp(id: string, decision: Decision): Promise<Failed> {
    const job = await this.#deps.ledger.change(id, giveUpAtWall, ({ error }) => ({
      kind: "job.failed",
      data: { code: error.code, message: error.message, by: decision.by },
    }));
    await this.#settle(job.attentionId, decision);
    return job;
  }

  /** Nobody needs to look any more. Somebody may have said so already. */
  async #settle(attentionId: string | null, { by, resolution }: Decision): Promise<void> {
    if (attentionId === null) return;
    await this.#deps.attention.resolve(attentionId, by, resolution).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === "attention_resolved")) throw error;
    });
  }

  /** The job that waits behind an entry of the "needs a person" queue. */
  behindAttention(attentionId: string): Promise<ScrapeJob | null> {
    return this.#deps.jobs.behindAttention(attentionId);
  }

  /** Calls back with the id of every job that has news. Await the returned function to stop. */
  watch(onNews: (jobId: string) => void): Promise<() => Promise<void>> {
    return this.#deps.signals.subscribe(JOB_TOPIC, (message) => {
      const jobId = jobIn(message);
      if (jobId !== null) onNews(jobId);
    });
  }

  /** Counts for the health report. */
  count(): ReturnType<ScrapeJobStore["count"]> {
    return this.#deps.jobs.count();
  }

  /** Hands jobs without a sign of life to the queue again: a queue may lose one, a job must not. */
  async requeueStuck(silentMs: number): Promise<void> {
    const { jobs, enqueue, clock } = this.#deps;
    const before = new Date(clock().getTime() - silentMs);
    for (const job of await jobs.silentSince(before)) await enqueue(job.id, ticketOf(job));
  }
}

/** A job that waits for its next attempt stands in the queue under one name, however often it is handed in. */
function ticketOf({ id, attempt, request, queuedAt }: Pick<ScrapeJob, "id" | "attempt" | "request" | "queuedAt">) {
  return { key: attempt === 0 ? id : `${id}#${attempt}`, place: placeInQueue(priorityOf(request), queuedAt) };
}
