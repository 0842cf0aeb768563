import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll } from "vitest";
import { CleanUp, SavedPictures, SealRotation } from "#app/testing";
import { silentLogger, systemClock, type Clock } from "#kernel";
import { openArtifacts, type Artifacts } from "#platform/artifacts";
import { Outbox, SealedDeliveries, type Mailer } from "#platform/delivery";
import { GuardedClient } from "#platform/egress";
import { Jobs } from "#platform/jobs";
import { createPrometheus } from "#platform/metrics";
import { ApiKeys, Attention, AuditLog, Sessions, Users, type Role, type SetUpCode } from "#platform/operators";
import { openSignals } from "#platform/signals";
import { loadKeyRing, rereadKeyRing, SecretSeal, type OpenDatabase } from "#platform/storage";
import { freshOnServer, openPrepared } from "#platform/storage/testing";
import { recipeJsonSchema } from "#engines/extraction";
import { Agent, type Ask } from "#engines/agent";
import type { BrowserPool } from "#engines/browser";
import { EvidenceViewer, Harvester } from "#engines/harvest";
import { createPortals, SealedLogIns, type Portals } from "#products/portals";
import { buildApi, type ApiSettings } from "#surfaces/api";

export interface TestApi {
  api: FastifyInstance;
  database: OpenDatabase;
  portals: Portals;
  artifacts: Artifacts;
  harvester: Harvester;
  audit: AuditLog;
  attention: Attention;
  users: Users;
  outbox: Outbox;
  /** `SCREENSHOT_DIR`. */
  pictureFolder: string;
  /** A key of each role, as a header. */
  as: (role: Role) => { authorization: string };
}

export interface TestApiOptions {
  settings?: Partial<ApiSettings>;
  /** Hosts that harvests and callbacks may reach. */
  allowHosts?: readonly string[];
  /** Whether jobs are run, or only handed in. */
  work?: boolean;
  callback?: { bearer?: string; hmacSecret?: string };
  clock?: Clock;
  /** Takes e-mail; without it none can be sent. */
  mailer?: Mailer;
  browsers?: () => Promise<BrowserPool>;
  /** How long a browser waits at a wall for a person. */
  wallWaitMs?: number;
  /** Whom the agent asks; without it there is no agent. */
  ask?: Ask;
  /** What the server has printed for its first account. */
  setUp?: SetUpCode;
}

const ROLES: readonly Role[] = ["viewer", "operator", "admin", "bot"];

/** The whole program behind the API, in memory, without listening. Closed when the file's tests are done. */
export async function openTestApi(options: TestApiOptions = {}): Promise<TestApi> {
  const folder = await mkdtemp(join(tmpdir(), "gleaner-api-"));
  const { opened: database, drop } = await openDatabaseForTests();
  const { db } = database;
  const { clock = systemClock } = options;
  const logger = silentLogger;
  const metrics = createPrometheus({ processMetrics: false });
  const { telemetry } = metrics;
  const artifacts = await openArtifacts({ db, clock, folder });
  const allowHosts = [...(options.allowHosts ?? [])];
  const pace = { minDelayMs: 0, concurrency: 4 };
  const egress = new GuardedClient({ allowHosts, pace, limits: { maxAttempts: 1, timeoutMs: 5_000 } });
  const ring = await loadKeyRing({ folder });
  const seal = new SecretSeal(ring, () => rereadKeyRing({ folder }, ring));
  const browsers = options.browsers ?? noBrowser;
  const pictures = new SavedPictures({ artifacts, folder: null, quality: 80, maxWidth: 1_280 });
  const harvester = new Harvester({ db, artifacts, egress, browsers, seal, pictures, clock, logger, telemetry });
  const jobs = new Jobs({ database, logger, telemetry });
  const signals = openSignals({ database, clock, logger });
  const audit = new AuditLog({ db, clock });
  const attention = new Attention({ db, audit, clock });
  const keys = new ApiKeys({ db, audit, clock });
  const users = new Users({ db, audit, clock });
  const sessions = new Sessions({ db, audit, clock });
  const sender = {
    send: (request: Parameters<GuardedClient["send"]>[0]) => egress.send({ ...request, robots: "ignore" }),
  };
  const outbox = new Outbox({ db, jobs, sender, mailer: options.mailer ?? null, seal, clock, logger, telemetry });
  const { ask } = options;
  const agent = ask ? new Agent({ harvester, browsers, askFor: () => ask, pictures, clock, logger }) : null;
  const portals = createPortals({
    db,
    jobs,
    signals,
    outbox,
    attention,
    artifacts,
    openDocumentClient: (client) => egress.forJob(client),
    harvester,
    seal,
    agent,
    clock,
    logger,
    telemetry,
    settings: {
      maxPages: 20,
      maxMs: 60_000,
      sessionMs: 3_600_000,
      concurrency: 2,
      notices: { publicUrl: "https://gleaner.example.org", canSendEmail: options.mailer !== undefined },
      schedules: { fullRun: "0 2 * * *", retryFailed: "0 */6 * * *", stuckCheck: "*/15 * * * *", timezone: "UTC" },
      pauseAfterFailures: 3,
      callback: options.callback ?? {},
      ...(options.wallWaitMs === undefined ? {} : { wallWaitMs: options.wallWaitMs }),
      progressEveryMs: 0,
      cancelPollMs: 200,
    },
  });
  if (options.work === true) {
    portals.work();
    outbox.work();
  }
  await jobs.start({ work: options.work === true });
  const pictureFolder = join(folder, "pictures");
  const cleaner = { db, artifacts, audit, clock, logger, telemetry, retentionDays: 30, pictureFolder };
  const cleanUp = new CleanUp(cleaner);
  const holders = [new SealedDeliveries({ db, seal }), new SealedLogIns({ db, seal })];
  const sealRotation = new SealRotation({ seal, keys: { folder }, holders, audit, logger });
  const api = await buildApi({
    portals,
    harvester,
    recipeSchema: recipeJsonSchema,
    artifacts,
    evidence: new EvidenceViewer({ artifacts, browsers }),
    keys,
    users,
    sessions,
    setUp: options.setUp ?? null,
    audit,
    attention,
    maintenance: {
      cleanUp: (request) => cleanUp.run(request),
      rotateSeal: (request) => sealRotation.rotate(request),
    },
    metrics,
    browsers: () => ({ active: 0, available: 3, total: 3, isBroken: false }),
    deadLetters: outbox,
    callbacks: () => Promise.resolve({ status: "ok" as const }),
    models: () => null,
    logger,
    clock,
    settings: {
      version: "0.0.0-test",
      isAuthRequired: true,
      streamSilenceMs: 200,
      staticKey: "static-key-of-the-environment",
      requestsPerMinute: 100_000,
      ...options.settings,
    },
  });
  const made = await Promise.all(
    ROLES.map(async (role) => [role, await keys.create({ name: role, role, by: "test" })] as const),
  );
  const secrets = new Map(made.map(([role, { key }]) => [role, key]));
  afterAll(async () => {
    await api.close();
    await jobs.stop({ graceMs: 0 });
    await signals.close();
    await egress.close();
    await artifacts.close();
    await database.close();
    await drop?.();
    await rm(folder, { recursive: true, force: true });
  });
  const as = (role: Role) => ({ authorization: `Bearer ${secrets.get(role)}` });
  return { api, database, portals, artifacts, harvester, audit, attention, users, outbox, pictureFolder, as };
}

/** PGlite in memory, or a fresh database on a real server when GLEANER_TEST_DATABASE_URL names one. */
async function openDatabaseForTests(): Promise<{ opened: OpenDatabase; drop: (() => Promise<void>) | null }> {
  const url = process.env["GLEANER_TEST_DATABASE_URL"];
  return url ? freshOnServer(url) : { opened: await openPrepared(), drop: null };
}

function noBrowser(): never {
  throw new Error("These tests need no browser.");
}
