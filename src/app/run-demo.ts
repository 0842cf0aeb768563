import { deadlineSignal, newId, waitFor } from "#kernel";
import { loadConfig, type Config } from "#platform/config";
import type { Portals, ScrapeJob, StoredOpportunity } from "#products/portals";
import type { DemoSite } from "#surfaces/demo";
import { Closing } from "./closing.ts";
import { DemoFailed } from "./errors.ts";
import { loggerFor, serve, type RunningServer } from "./start-server.ts";

/** The town's usual port, so that pages have the same address on every start; any other where it is taken. */
const TOWN_PORT = 8710;
const PORTAL_ID = "port-merrow";
const PORTAL_NAME = "Port Merrow";
const JOB_LIMIT_MS = 180_000;
const POLL_MS = 500;

export interface DemoProgress {
  action: string | null;
  page: number;
  pages: number | null;
  found: number;
  declared: number | null;
}

export interface DemoOutcome {
  opportunities: StoredOpportunity[];
  completeness: { state: "complete" | "incomplete" | "unknown"; reason: string };
  runId: string;
  /** What a check of every value against the stored bytes said. */
  verified: { checked: number; failures: number; ok: boolean };
}

export interface RunningDemo {
  server: RunningServer;
  /** The town's first list page. */
  listUrl: string;
  /** Learns and harvests the town as a scrape job of the running server. */
  run(options: { signal: AbortSignal; onProgress: (progress: DemoProgress) => void }): Promise<DemoOutcome>;
  close(): Promise<void>;
}

/** Starts the demo town and a server that may ask it; `run` then does the main job on it. */
export async function runDemo({ port }: { port: number | null }): Promise<RunningDemo> {
  const closing = new Closing();
  try {
    const overrides = { GLEANER_ROLES: "api,scheduler,worker", ...(port === null ? {} : { API_PORT: String(port) }) };
    const configured = loadConfig({ overrides });
    const town = closing.add(await startTown());
    const config = mayAsk(configured, town.host);
    const server = closing.add(await serve(config, loggerFor(quiet(config), process.stderr.isTTY)));
    const { portals, workbench } = server.app;
    return {
      server,
      listUrl: town.listUrl,
      async run({ signal, onProgress }) {
        const job = await scrapeTown(portals, town.listUrl, { signal, onProgress });
        const { items } = await portals.catalogue.list({ jobId: job.id }, { sort: "-postedDate", limit: 100 });
        if (job.runId === null) throw new DemoFailed("the job has no run");
        const report = await workbench.harvester.verify(job.runId, { signal });
        const { checked, failures, ok } = report;
        return {
          opportunities: items,
          completeness: job.completeness,
          runId: job.runId,
          verified: { checked, failures, ok },
        };
      },
      close: () => closing.close(),
    };
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function startTown(): Promise<DemoSite> {
  const { startDemoSite } = await import("#surfaces/demo");
  return startDemoSite({ port: TOWN_PORT }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") return startDemoSite();
    throw error;
  });
}

/** The town is on this machine and ours: it may be asked, and without delay. */
function mayAsk(config: Config, host: string): Config {
  const { egress } = config;
  return {
    ...config,
    egress: { ...egress, allowHosts: [...egress.allowHosts, host], ownHosts: [...egress.ownHosts, host] },
  };
}

/** A person watches the progress; the log speaks up when something is wrong. */
function quiet(config: Config): Config {
  const { level } = config.logging;
  return { ...config, logging: { ...config.logging, level: level === "info" ? "warn" : level } };
}

type DoneJob = Extract<ScrapeJob, { status: "completed" | "incomplete" }>;

/** A name that people know it by instead of its host, unless somebody gave it another. */
async function nameTown(registry: Portals["registry"], url: string): Promise<void> {
  const { name } = await registry.get(PORTAL_ID);
  if (name === new URL(url).host) await registry.change(PORTAL_ID, { name: PORTAL_NAME });
}

async function scrapeTown(
  { desk, registry }: Portals,
  url: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (progress: DemoProgress) => void },
): Promise<DoneJob> {
  const id = `demo-${newId()}`;
  const bounded = deadlineSignal(JOB_LIMIT_MS, signal);
  await desk.submit({ jobId: id, url, portalId: PORTAL_ID, configuration: { requiresAuth: false, details: true } });
  await nameTown(registry, url);
  for (;;) {
    const job = await desk.get(id);
    const { currentAction: action, currentPage: page, totalPages: pages, opportunitiesFound: found } = job.progress;
    onProgress({ action, page, pages, found, declared: job.progress.totalDeclared });
    if (job.status === "completed" || job.status === "incomplete") return job;
    if (job.status === "failed") throw new DemoFailed(job.error.message);
    if (job.status === "cancelled" || job.status === "needs_person") throw new DemoFailed(`the job is ${job.status}`);
    await waitFor(POLL_MS, bounded);
  }
}
