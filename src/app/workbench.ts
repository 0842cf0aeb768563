import { systemClock, type Clock, type Logger, type Telemetry } from "#kernel";
import type { Config } from "#platform/config";
import type { Artifacts, ArtifactsOptions } from "#platform/artifacts";
import type { GuardedClient, GuardedClientOptions, ProxyPool } from "#platform/egress";
import type { Database, OpenDatabase, SecretSeal } from "#platform/storage";
import type { BrowserPool } from "#engines/browser";
import type { EvidenceViewer, Harvester, HarvestRequest, Pictures } from "#engines/harvest";
import { Closing } from "./closing.ts";
import { openSeal } from "./open-seal.ts";
import { openStore } from "./open-store.ts";
import { SavedPictures } from "./saved-pictures.ts";

export interface WorkbenchOptions {
  config: Config;
  logger: Logger;
  telemetry: Telemetry;
  clock?: Clock;
  /** Where another process holds the embedded database, use one beside it instead of refusing. */
  stepAside?: boolean;
  /** A run that is asked for: its records may lie in a database beside the usual one. */
  run?: string;
  /** Pages whose addresses are known and that are to be read: what reads them starts while the database is opened. */
  listed?: Pick<HarvestRequest, "addresses" | "maxPages">;
}

/** What learning and harvesting need, wired: the part of the program that works without its API. */
export interface Workbench {
  readonly database: OpenDatabase;
  /** Says that another database is used than the usual one. */
  readonly notice: string | null;
  /** Notes in which database a run is kept, so that it is found again. */
  rememberRun(run: string): Promise<void>;
  readonly artifacts: Artifacts;
  readonly egress: GuardedClient;
  /** For all secrets in the database: renewed once, it is renewed for all. */
  readonly seal: SecretSeal;
  readonly harvester: Harvester;
  readonly evidence: EvidenceViewer;
  /** Of what browsers showed. */
  readonly pictures: Pictures;
  /** Opened on first need. */
  readonly browsers: () => Promise<BrowserPool>;
  /** Null as long as nothing needed a browser. */
  readonly openBrowsers: () => BrowserPool | null;
  /** In reverse order of creation. */
  close(): Promise<void>;
}

/** Opens database, artifacts, egress and harvester. Modules load only now, so that commands without them start at once. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { config, logger, telemetry, clock = systemClock } = options;
  const closing = new Closing();
  try {
    const [artifactStore, egressModule, harvest] = await Promise.all([
      import("#platform/artifacts"),
      import("#platform/egress"),
      import("#engines/harvest"),
    ]);
    const threads = closing.add(new harvest.ReadingThreads());
    threads.prepare(harvest.listedPages(options.listed ?? {}));
    const store = closing.add(await openStore(options));
    const { database, notice } = store;
    const artifacts = closing.add(await artifactStore.openArtifacts(artifactOptions(config, database.db, clock)));
    const listed = config.egress.proxies;
    const proxies = listed.length > 0 ? new egressModule.ProxyPool({ proxies: listed, clock }) : null;
    const egress = closing.add(new egressModule.GuardedClient(egressOptions(options, clock, proxies)));
    const pool = lazyBrowsers(options, egress);
    closing.add(pool);
    const seal = await openSeal(config);
    const parts = { db: database.db, artifacts, egress, browsers: pool.open, seal, clock, logger, telemetry };
    const pictures = picturesOf(config, artifacts);
    const harvester = new harvest.Harvester({ ...parts, pictures, threads });
    return {
      database,
      notice,
      rememberRun: (run) => store.rememberRun(run),
      artifacts,
      egress,
      seal,
      harvester,
      evidence: new harvest.EvidenceViewer({ artifacts, browsers: pool.open }),
      pictures,
      browsers: pool.open,
      openBrowsers: pool.opened,
      close: () => closing.close(),
    };
  } catch (error) {
    await closing.close();
    throw error;
  }
}

function picturesOf({ scraping }: Config, artifacts: Artifacts): Pictures {
  const { pictures, screenshotQuality: quality, screenshotWidth: maxWidth } = scraping;
  return new SavedPictures({ artifacts, folder: pictures.areSaved ? pictures.folder : null, quality, maxWidth });
}

function artifactOptions({ artifacts }: Config, db: Database, clock: Clock): ArtifactsOptions {
  if (artifacts.kind === "local") return { db, clock, folder: artifacts.folder };
  const { bucket, region, endpoint, credentials } = artifacts;
  const optional = { ...(endpoint === null ? {} : { endpoint }), ...(credentials === null ? {} : { credentials }) };
  return { db, clock, s3: { bucket, region, ...optional } };
}

function egressOptions(
  { config, logger, telemetry }: WorkbenchOptions,
  clock: Clock,
  pool: ProxyPool | null,
): GuardedClientOptions {
  const { allowHosts, ownHosts, userAgent, minDelayMs, concurrencyPerHost, timeoutMs, maxBytes } = config.egress;
  return {
    allowHosts,
    pace: { minDelayMs, concurrency: concurrencyPerHost, ownHosts },
    ...(userAgent === null ? {} : { userAgent }),
    limits: { timeoutMs, maxBytes },
    clock,
    logger,
    telemetry,
    ...(pool === null ? {} : { proxies: pool }),
  };
}

interface LazyBrowsers {
  open: () => Promise<BrowserPool>;
  opened: () => BrowserPool | null;
  close(): Promise<void>;
}

function lazyBrowsers({ config, logger, telemetry }: WorkbenchOptions, egress: GuardedClient): LazyBrowsers {
  const { type, headless, executablePath, cdpUrl, maxBrowsers } = config.browser;
  // Shown as 0 before the first browser is needed, so that an alert on it finds it.
  telemetry.gauge("browser_instances_active", { help: "Browsers that a job is using now" }).set(0);
  let opening: Promise<BrowserPool> | null = null;
  let opened: BrowserPool | null = null;
  const start = async (): Promise<BrowserPool> => {
    const { BrowserPool } = await import("#engines/browser");
    const launch = { type, headless, ...(executablePath ? { executablePath } : {}), ...(cdpUrl ? { cdpUrl } : {}) };
    opened = new BrowserPool({ launch, maxBrowsers, guard: egress.guard, logger, telemetry });
    return opened;
  };
  return {
    open: () => (opening ??= start()),
    opened: () => opened,
    close: async () => {
      await (await opening)?.close();
    },
  };
}
