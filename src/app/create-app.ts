import { systemClock, type Clock, type Logger, type Telemetry } from "#kernel";
import type { Config } from "#platform/config";
import { openSmtpMailer, Outbox, SealedDeliveries, type Sender } from "#platform/delivery";
import { GuardedClient } from "#platform/egress";
import { Jobs } from "#platform/jobs";
import { createPrometheus } from "#platform/metrics";
import { ApiKeys, Attention, AuditLog, Sessions, SetUpCode, Users } from "#platform/operators";
import { openSignals } from "#platform/signals";
import { SealedRunStore } from "#engines/harvest";
import { createPortals, SealedLogIns, SealedSubscriptions, type Portals } from "#products/portals";
import { callbackSecret } from "./callback-secret.ts";
import { CleanUp } from "./clean-up.ts";
import { Closing } from "./closing.ts";
import { RolesNeedPostgres } from "./errors.ts";
import { listen } from "./listen.ts";
import { openAgent, type OpenedAgent } from "./open-agent.ts";
import { keySourceOf, SealRotation } from "./seal-rotation.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

/** Longest time that one attempt at a scrape job may take. */
const JOB_LIMIT_MS = 60 * 60_000;
const CLEAN_UP_QUEUE = "clean-up";

export interface AppOptions {
  config: Config;
  logger: Logger;
  clock?: Clock;
  /** Whether a person watches the terminal: only then is there a code to set the first account up. Default false. */
  isWatched?: boolean;
}

/** The program with the roles it was asked to take. Who creates it closes it. */
export interface App {
  readonly workbench: Workbench;
  readonly portals: Portals;
  /** Where the API listens; null without the api role. */
  readonly url: string | null;
  /** Whether a sign-in is demanded and nobody has an account yet. */
  readonly needsFirstUser: boolean;
  /** Makes the first account; only for the eyes of whoever started the server. */
  readonly setUpCode: string | null;
  /** Takes no new work, lets running work end or hands it back, and closes everything in reverse order of creation. */
  close(): Promise<void>;
}

/** Wires the program. What a role does not need is not started. */
export async function createApp({ config, logger, clock = systemClock, isWatched = false }: AppOptions): Promise<App> {
  refuseSplitRoles(config);
  const closing = new Closing();
  try {
    const metrics = createPrometheus();
    const { telemetry } = metrics;
    const workbench = closing.add(await openWorkbench({ config, logger, telemetry, clock }));
    const desk = await openDesk({ config, logger, telemetry, clock, workbench, closing });
    const isFirstRun = config.access.authEnabled && (await desk.users.count()) === 0;
    const setUp = isFirstRun && isWatched ? new SetUpCode() : null;
    const url = config.roles.includes("api")
      ? await listen({ config, logger, clock, metrics, workbench, ...desk, setUp, closing })
      : null;
    const needsFirstUser = isFirstRun && url !== null;
    const setUpCode = setUp?.code ?? null;
    return { workbench, portals: desk.portals, url, needsFirstUser, setUpCode, close: () => closing.close() };
  } catch (error) {
    await closing.close().catch(() => undefined);
    throw error;
  }
}

interface Parts {
  config: Config;
  logger: Logger;
  telemetry: Telemetry;
  clock: Clock;
  workbench: Workbench;
  closing: Closing;
}

/** What the api role stands on beside the workbench. */
export interface Desk {
  portals: Portals;
  outbox: Outbox;
  keys: ApiKeys;
  users: Users;
  sessions: Sessions;
  audit: AuditLog;
  attention: Attention;
  cleanUp: CleanUp;
  sealRotation: SealRotation;
  models: OpenedAgent["models"] | null;
}

async function openDesk({ config, logger, telemetry, clock, workbench, closing }: Parts): Promise<Desk> {
  const { database, harvester, seal } = workbench;
  const { db } = database;
  const redis = config.redisUrl === null ? {} : { redisUrl: config.redisUrl };
  // The embedded database serves one process; behind a server there may be others, today or tomorrow.
  const isAlone = database.kind === "pglite" && config.redisUrl === null;
  const signals = closing.add(openSignals({ database, clock, logger, ...redis }));
  const jobs = new Jobs({ database, logger, telemetry });
  const audit = new AuditLog({ db, clock });
  const attention = new Attention({ db, audit, clock });
  const keys = new ApiKeys({ db, audit, clock });
  const users = new Users({ db, audit, clock });
  const sessions = new Sessions({ db, audit, clock });
  const sender = closing.add(callbackSender({ config, logger, telemetry, clock }));
  const keySource = keySourceOf(config);
  const mailer = config.smtp === null ? null : closing.add(openSmtpMailer(config.smtp));
  const outbox = new Outbox({ db, jobs, sender, mailer, seal, clock, logger, telemetry });
  const hmacSecret = config.callbacks.secret ?? (await callbackSecret(config.dataFolder));
  const opened = await openAgent({ config, logger, telemetry, clock, workbench, closing });
  const portals = createPortals({
    agent: opened?.agent ?? null,
    db,
    jobs,
    signals,
    liveRelay: isAlone ? null : { seal, picturesEveryMs: config.redisUrl === null ? 500 : 250 },
    outbox,
    attention,
    seal,
    artifacts: workbench.artifacts,
    openDocumentClient: (options) => workbench.egress.forJob(options),
    harvester,
    clock,
    logger,
    telemetry,
    settings: {
      maxPages: config.scraping.maxPages,
      maxMs: JOB_LIMIT_MS,
      sessionMs: config.loginSessionMs,
      concurrency: config.browser.maxBrowsers,
      wallWaitMs: config.scraping.wallWaitMs,
      notices: { publicUrl: config.publicUrl, canSendEmail: mailer !== null },
      schedules: config.schedules,
      pauseAfterFailures: config.pauseAfterFailures,
      reviewBelow: config.reviewBelow,
      callback: {
        hmacSecret,
        bearerHosts: config.callbacks.bearerHosts,
        ...(config.callbacks.bearer === null ? {} : { bearer: config.callbacks.bearer }),
      },
    },
  });
  const { artifacts } = workbench;
  const cleanUp = new CleanUp({
    ...{ db, artifacts, audit, clock, logger, telemetry },
    retentionDays: config.retentionDays,
    pictureFolder: config.scraping.pictures.folder,
  });
  const sealRotation = new SealRotation({
    seal,
    keys: keySource,
    holders: [
      new SealedDeliveries({ db, seal }),
      new SealedRunStore({ db, seal }),
      new SealedLogIns({ db, seal }),
      new SealedSubscriptions({ db, seal }),
    ],
    audit,
    logger,
  });
  await startJobs(jobs, config, { portals, outbox, cleanUp }, opened);
  closing.add({ close: () => jobs.stop({ graceMs: config.shutdownGraceMs }) });
  closing.add({ close: await portals.live.open({ works: config.roles.includes("worker") }) });
  const models = opened?.models ?? null;
  return { portals, outbox, keys, users, sessions, audit, attention, cleanUp, sealRotation, models };
}

async function startJobs(
  jobs: Jobs,
  { roles, schedules }: Pick<Config, "roles" | "schedules">,
  { portals, outbox, cleanUp }: Pick<Desk, "portals" | "outbox" | "cleanUp">,
  models: Pick<OpenedAgent, "removeExpired"> | null,
) {
  jobs.declare(CLEAN_UP_QUEUE);
  if (roles.includes("worker")) {
    portals.work();
    outbox.work();
    const clean = async (_data: unknown, { signal }: { signal: AbortSignal }): Promise<void> => {
      await cleanUp.run({ by: "schedule", signal });
      await models?.removeExpired();
    };
    jobs.define(CLEAN_UP_QUEUE, clean, { retryLimit: 2 });
  }
  await jobs.start({ work: roles.includes("worker") || roles.includes("scheduler") });
  if (!roles.includes("scheduler")) return;
  await portals.schedule();
  await outbox.scheduleUpkeep();
  const { cleanUp: cron, timezone: tz } = schedules;
  await (cron === null ? jobs.unschedule(CLEAN_UP_QUEUE) : jobs.schedule(CLEAN_UP_QUEUE, cron, {}, { tz }));
}

/**
 * Callbacks go to addresses that clients name, so they are guarded like those of pages; the operator opens further hosts with
 * CALLBACK_HOSTS. The outbox has retries and pauses of its own.
 */
function callbackSender({
  config,
  logger,
  telemetry,
  clock,
}: Omit<Parts, "workbench" | "closing">): Sender & { close(): Promise<void> } {
  const client = new GuardedClient({
    allowHosts: [...config.callbacks.hosts, ...config.egress.allowHosts],
    pace: { minDelayMs: 0, concurrency: 8 },
    limits: { maxAttempts: 1, maxRedirects: 0, timeoutMs: config.egress.timeoutMs, maxBytes: 1_048_576 },
    logger,
    telemetry,
    clock,
  });
  return { send: (request) => client.send({ ...request, robots: "ignore" }), close: () => client.close() };
}

/** The embedded database serves one process: a role left out there is a role that nobody has. */
function refuseSplitRoles({ database, roles }: Config): void {
  if ("url" in database) return;
  const missing = (["api", "scheduler", "worker"] as const).filter((role) => !roles.includes(role));
  if (missing.length > 0) throw new RolesNeedPostgres(missing);
}
