import type { Clock, Logger, Telemetry } from "#kernel";
import type { Artifacts } from "#platform/artifacts";
import type { Attention } from "#platform/operators";
import type { Outbox } from "#platform/delivery";
import type { Jobs } from "#platform/jobs";
import type { Signals } from "#platform/signals";
import type { Database, SecretSeal } from "#platform/storage";
import type { Agent } from "#engines/agent";
import type { Harvester } from "#engines/harvest";
import type { LiveDesk } from "./live/live-desk.ts";
import { openLiveDesk } from "./live/open-live-desk.ts";
import { LiveStages } from "./live/live-stages.ts";
import { WallSeats } from "./live/wall-seats.ts";
import { createDocuments, type Documents } from "./documents/create-documents.ts";
import type { OpenDocumentClient } from "./documents/fetch-document.ts";
import { createOpportunities } from "./opportunities/create-opportunities.ts";
import type { OpportunityCatalogue } from "./opportunities/opportunity-catalogue.ts";
import { HealDesk } from "./healing/heal-desk.ts";
import { LogInDesk } from "./logins/log-in-desk.ts";
import { PortalLoginStore } from "./logins/portal-login-store.ts";
import { PortalLogins } from "./logins/portal-logins.ts";
import { OpportunityStore } from "./opportunities/opportunity-store.ts";
import type { ReviewDesk } from "./opportunities/review/review-desk.ts";
import { PortalRegistry } from "./portals/portal-registry.ts";
import { PortalStore } from "./portals/portal-store.ts";
import { ScheduledRuns } from "./portals/scheduled-runs.ts";
import type { Calendar } from "./portals/time-table.ts";
import { SavedViewStore } from "./saved-views/saved-view-store.ts";
import { createSubscriptions, type NoticeSettings, type Subscriptions } from "./subscriptions/create-subscriptions.ts";
import type { CallbackMessage } from "./scrape-jobs/callback-message.ts";
import { JobHistoryStore } from "./scrape-jobs/job-history-store.ts";
import { PortalHarvest } from "./scrape-jobs/portal-harvest.ts";
import { ScrapeConclusion } from "./scrape-jobs/scrape-conclusion.ts";
import { ScrapeDesk } from "./scrape-jobs/scrape-desk.ts";
import { ScrapeJobStore } from "./scrape-jobs/scrape-job-store.ts";
import { ScrapeLedger } from "./scrape-jobs/scrape-ledger.ts";
import { ScrapeMetrics } from "./scrape-jobs/scrape-metrics.ts";
import { ScrapeRunner } from "./scrape-jobs/scrape-runner.ts";
import { CostStore } from "./statistics/cost-store.ts";
import { PortalHealthStore } from "./statistics/portal-health-store.ts";
import { StatisticsStore } from "./statistics/statistics-store.ts";

/** The queue that scrape jobs wait in. */
export const SCRAPE_QUEUE = "scrape";
/** Looks for jobs that fell out of the queue. */
const STUCK_QUEUE = "scrape.stuck";
/** Sends the jobs whose time has come. */
const DUE_QUEUE = "portals.due";
/** Tries portals again whose last job failed. */
const RETRY_QUEUE = "portals.retry";
const EVERY_MINUTE = "* * * * *";
const STUCK_AFTER_MS = 15 * 60_000;
const A_CENTURY_MS = 100 * 365 * 86_400_000;

export interface PortalsDeps {
  db: Database;
  jobs: Pick<Jobs, "declare" | "define" | "send" | "schedule" | "unschedule" | "nextRuns">;
  signals: Pick<Signals, "publish" | "subscribe">;
  /** Where viewers and workers may be in different processes: what they say to each other is sealed. Absent: they are in one. */
  liveRelay?: { seal: Pick<SecretSeal, "seal" | "open">; picturesEveryMs: number } | null;
  outbox: Pick<Outbox, "enqueue">;
  attention: Pick<Attention, "open" | "list" | "resolve">;
  artifacts: Pick<Artifacts, "put">;
  /** Reaches the files that opportunities name. */
  openDocumentClient: OpenDocumentClient;
  harvester: Pick<Harvester, "ended" | "harvest" | "heal" | "heals" | "records" | "runs" | "recipes" | "tryLogIn">;
  /** Seals the log-ins of portals and the secrets of subscriptions. */
  seal: Pick<SecretSeal, "seal" | "open">;
  /** Null where no model is configured. */
  agent?: Pick<Agent, "learn"> | null;
  clock: Clock;
  logger: Logger;
  telemetry: Telemetry;
  settings: PortalsSettings;
}

export interface PortalsSettings {
  /** `MAX_PAGES_PER_PORTAL`. */
  maxPages: number;
  /** Longest time that one attempt may take. */
  maxMs: number;
  /** How long the session of a portal's log-in is kept at most. */
  sessionMs: number;
  /** Jobs that run side by side in this process. */
  concurrency: number;
  /** Proves to the client that a callback comes from here; absent where the operator set none. */
  callback: {
    bearer?: string | undefined;
    hmacSecret?: string | undefined;
    /** The only hosts that are shown the bearer token, which whoever has it can use; without a list, all of them. */
    bearerHosts?: readonly string[] | undefined;
  };
  /** What subscribers are sent. */
  notices: NoticeSettings;
  schedules: PortalSchedules;
  /** Failures in a row after which a portal is paused; 0: never. */
  pauseAfterFailures: number;
  /** How long the browser of a job stays open before a wall for a person to clear it. Default 0: not at all. */
  wallWaitMs?: number;
  /** Confidence below which a person is asked to look at an opportunity: 0 never, 1 always. Default 0.5. */
  reviewBelow?: number;
  /** How often progress is written and told at most. Default 2 seconds. */
  progressEveryMs?: number;
  /** How often a worker looks for a request to cancel that no signal told it of. Default 5 seconds. */
  cancelPollMs?: number;
}

/** Cron expressions; null switches one off. */
export interface PortalSchedules {
  /** Of watched portals without a time table of their own. */
  fullRun: string | null;
  retryFailed: string | null;
  stuckCheck: string | null;
  /** IANA name of the time zone they are meant in. */
  timezone: string;
}

/** What the rest of the program sees of portals. */
export interface Portals {
  registry: PortalRegistry;
  desk: ScrapeDesk;
  live: LiveDesk;
  logins: LogInDesk;
  catalogue: OpportunityCatalogue;
  reviews: ReviewDesk;
  savedViews: SavedViewStore;
  statistics: StatisticsStore;
  health: PortalHealthStore;
  heals: HealDesk;
  documents: Documents;
  subscriptions: Subscriptions;
  runner: ScrapeRunner;
  scheduled: ScheduledRuns;
  /** Takes part in running jobs: called before the queue starts, by processes with the worker role. */
  work(): void;
  /** Sets what is to be done again and again: called once the queue has started, by processes with the scheduler role. */
  schedule(): Promise<void>;
}

/** Wires the module. Opens nothing and closes nothing. */
export function createPortals(deps: PortalsDeps): Portals {
  const { db, jobs: queue, signals, attention, harvester, agent = null, clock, logger, telemetry, settings } = deps;
  const stores = {
    jobs: new ScrapeJobStore(db),
    history: new JobHistoryStore(db),
    portals: new PortalStore(db),
    opportunities: new OpportunityStore(db),
    costs: new CostStore(db),
  };
  const metrics = new ScrapeMetrics(telemetry);
  const ledger = new ScrapeLedger({
    ...stores,
    sendCallback: callbackSender(deps),
    signals,
    attention,
    pauseAfter: settings.pauseAfterFailures,
    metrics,
    clock,
    logger,
  });
  const enqueue = enqueuer(queue);
  const [abilities, logins] = [{ mayInstruct: agent !== null }, loginsOf(deps)];
  const desk = new ScrapeDesk({ ...stores, ledger, logins, signals, attention, enqueue, abilities, clock, logger });
  const stages = new LiveStages();
  const cancelPollMs = settings.cancelPollMs ?? 5_000;
  const subscriptions = createSubscriptions({ ...deps, ...stores, jobs: queue, notices: settings.notices });
  const { intake, catalogue, reviews } = createOpportunities({ ...deps, ...subscriptions }, stores.opportunities);
  const documents = createDocuments({ ...deps, portals: stores.portals, logins, catalogue });
  const followers = [documents];
  const conclusion = new ScrapeConclusion({ ...stores, ledger, intake, harvester, attention, followers });
  const runner = new ScrapeRunner({
    ...stores,
    stages,
    people: {
      ...stores,
      ledger,
      attention,
      signals,
      clock,
      // One worker is left for jobs that need nobody.
      seats: new WallSeats(Math.max(1, settings.concurrency - 1)),
      waitMs: settings.wallWaitMs ?? 0,
      pollMs: cancelPollMs,
    },
    ledger,
    conclusion,
    harvest: harvestOf(deps, stores.portals, logins),
    signals,
    metrics,
    clock,
    logger,
    progressEveryMs: settings.progressEveryMs ?? 2_000,
    cancelPollMs,
    maxLostWorkers: 5,
  });
  const calendar = calendarOf(deps);
  const scheduled = new ScheduledRuns({ ...stores, desk, calendar, clock, logger });
  for (const name of [SCRAPE_QUEUE, STUCK_QUEUE, DUE_QUEUE, RETRY_QUEUE]) queue.declare(name);
  return {
    registry: new PortalRegistry({ portals: stores.portals, calendar, logins, abilities, clock }),
    desk,
    live: openLiveDesk(deps, stores.jobs, stages),
    logins: new LogInDesk({ portals: stores.portals, logins, harvester }),
    catalogue,
    reviews,
    savedViews: new SavedViewStore(db),
    statistics: new StatisticsStore(db),
    health: new PortalHealthStore(db),
    heals: new HealDesk({ heals: harvester.heals, portals: stores.portals, attention }),
    runner,
    scheduled,
    documents,
    subscriptions,
    work: () => takeWork(deps, { runner, desk, scheduled, documents, subscriptions }),
    schedule: async () => {
      await setSchedules(deps, scheduled);
      await subscriptions.schedule();
    },
  };
}

function loginsOf({ db, seal, clock, logger, settings: { sessionMs } }: PortalsDeps): PortalLogins {
  return new PortalLogins({ logins: new PortalLoginStore(db), seal, clock, logger, sessionMs });
}

function harvestOf(
  { harvester, agent = null, settings }: PortalsDeps,
  portals: PortalStore,
  logins: PortalLogins,
): PortalHarvest {
  const defaults = { maxPages: settings.maxPages, maxMs: settings.maxMs };
  return new PortalHarvest({ harvester, agent, portals, logins, defaults });
}

function takeWork(
  { jobs, settings: { concurrency } }: PortalsDeps,
  {
    runner,
    desk,
    scheduled,
    documents,
    subscriptions,
  }: Pick<Portals, "runner" | "desk" | "scheduled" | "documents" | "subscriptions">,
): void {
  const options = { concurrency, retryLimit: 100, retryMaxSeconds: 60 };
  jobs.define<{ jobId: string }>(SCRAPE_QUEUE, ({ jobId }, { signal }) => runner.run(jobId, signal), options);
  jobs.define(STUCK_QUEUE, () => desk.requeueStuck(STUCK_AFTER_MS), { retryLimit: 0, isRoutine: true });
  jobs.define(DUE_QUEUE, () => scheduled.runDue().then(() => undefined), { retryLimit: 0, isRoutine: true });
  jobs.define(RETRY_QUEUE, () => scheduled.retryFailed().then(() => undefined), { retryLimit: 0 });
  documents.work();
  subscriptions.work();
}

function enqueuer(queue: PortalsDeps["jobs"]) {
  return async (jobId: string, { key, place }: { key: string; place: number }, trx?: Database) => {
    await queue.send(SCRAPE_QUEUE, { jobId }, { key, priority: place, ...(trx ? { trx } : {}) });
  };
}

function calendarOf({ jobs, clock, settings: { schedules } }: PortalsDeps): Calendar {
  const { fullRun, timezone } = schedules;
  return {
    everyone: fullRun === null ? null : { cron: fullRun, timezone },
    next(cron, tz, after) {
      const [first] = jobs.nextRuns(cron, { tz, from: after, count: 1 });
      // A date that never comes, such as 30 February.
      return first ?? new Date(clock().getTime() + A_CENTURY_MS);
    },
  };
}

async function setSchedules({ jobs, settings: { schedules } }: PortalsDeps, scheduled: ScheduledRuns): Promise<void> {
  const { retryFailed, stuckCheck, timezone: tz } = schedules;
  await scheduled.plan();
  await jobs.schedule(DUE_QUEUE, EVERY_MINUTE, {});
  for (const [name, cron] of [
    [RETRY_QUEUE, retryFailed],
    [STUCK_QUEUE, stuckCheck],
  ] as const)
    await (cron === null ? jobs.unschedule(name) : jobs.schedule(name, cron, {}, { tz }));
}

function callbackSender({ outbox, settings }: PortalsDeps) {
  const { bearer, hmacSecret, bearerHosts } = settings.callback;
  const signature = hmacSecret === undefined ? {} : { hmacSecret };
  return ({ url, idempotencyKey, body }: CallbackMessage, trx: Database) => {
    const { host, hostname } = new URL(url);
    const isTrusted = bearerHosts === undefined || bearerHosts.includes(host) || bearerHosts.includes(hostname);
    const token = bearer !== undefined && isTrusted ? { bearer } : {};
    return outbox.enqueue({ kind: "webhook", url, body, idempotencyKey, ...signature, ...token }, trx);
  };
}
