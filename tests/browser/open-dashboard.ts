import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, expect, onTestFinished, vi } from "vitest";
import { runDemo, type RunningDemo } from "#app";
import { resolveChromium } from "#engines/browser";
import { makeDataFolder } from "#platform/storage/testing";

export interface Dashboard {
  /** Where the program serves it. */
  url: string;
  demo: RunningDemo;
  /** A page of its own until the test ends, with nothing kept from others; an address of another server is opened as it is. Scripts that fail and policies that are broken fail the test. */
  open(path: string, options?: { colorScheme?: "light" | "dark" }): Promise<Page>;
}

const JOB_LIMIT_MS = 90_000;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The real program on an empty folder, with the demo portal beside it and Chromium in front. */
export async function openDashboard({
  environment = {},
}: { environment?: Record<string, string> } = {}): Promise<Dashboard> {
  const folder = await makeDataFolder("dashboard");
  const settings = { GLEANER_DATA_DIR: folder, LOG_LEVEL: "error", DELAY_BETWEEN_ACTIONS: "0", ...environment };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  const demo = await runDemo({ port: 0 });
  const browser = await startChromium();
  const problems: string[] = [];
  afterAll(async () => {
    vi.unstubAllEnvs();
    await browser.close();
    await demo.close();
    await rm(folder, { recursive: true, force: true });
    expect(problems).toEqual([]);
  });
  const url = demo.server.url ?? "";
  return {
    url,
    demo,
    async open(path, { colorScheme = "light" } = {}) {
      const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } });
      // A page that is left open goes on asking, and takes its share of the processor from all tests that come after.
      onTestFinished(() => context.close());
      const page = await context.newPage();
      page.on("pageerror", (error) => problems.push(`${path}: ${error.message}`));
      page.on("console", (message) => {
        if (message.type() === "error" && /Content Security Policy|Uncaught/.test(message.text()))
          problems.push(message.text());
      });
      await page.goto(new URL(path, url).href);
      return page;
    },
  };
}

/** Learns and harvests the demo portal, as `npm start` does. */
export async function harvestDemo({ demo }: Dashboard): Promise<void> {
  await demo.run({ signal: AbortSignal.timeout(JOB_LIMIT_MS), onProgress: () => undefined });
}

interface SentJob {
  portalId: string;
  url: string;
  jobId?: string;
}

/** Sends a job for a list. Returns its id. */
export async function sendJob(
  { url }: Dashboard,
  { portalId, url: list, jobId = `job-${portalId}` }: SentJob,
): Promise<string> {
  const body = JSON.stringify({
    jobId,
    portalId,
    url: list,
    configuration: { requiresAuth: false },
  });
  await fetch(`${url}/scrape`, { method: "POST", headers: { "content-type": "application/json" }, body });
  return jobId;
}

/** Sends a job for a list and waits until it has ended. */
export async function harvestSite(dashboard: Dashboard, list: SentJob): Promise<void> {
  const jobId = await sendJob(dashboard, list);
  const state = async () => {
    const job: unknown = await (await fetch(`${dashboard.url}/api/v1/jobs/${jobId}`)).json();
    return typeof job === "object" && job !== null && "state" in job ? job.state : null;
  };
  await expect.poll(state, { timeout: JOB_LIMIT_MS, interval: 250 }).toMatch(/^(completed|incomplete|failed)$/);
}

/** What axe finds against it, in a line each. Foreign pages in frames are not ours to judge. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // What fades in has too little contrast until it is there. What moves for ever never is. What comes to rest may set in motion
  // what takes its colours from it, and what was just asked for begins some frames later.
  await page.evaluate(`(async () => {
    for (let still = 0; still < 5; still += 1) {
      const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
      if (moving.length > 0) still = 0;
      await Promise.allSettled(moving.map(({ finished }) => finished));
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  })()`);
  await photograph(page);
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run: (
          context: object,
          options: object,
        ) => Promise<{
          violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run({ exclude: [["iframe"]] }, { iframes: false });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary ?? ""}`),
    );
  });
}

async function startChromium(): Promise<Browser> {
  const { executablePath, args } = await resolveChromium();
  return chromium.launch({ executablePath, args: [...args], headless: true });
}

let photographs = 0;

/** Pictures of what was judged, for people, where DASHBOARD_PICTURES names a folder. */
async function photograph(page: Page): Promise<void> {
  const folder = process.env["DASHBOARD_PICTURES"];
  if (folder === undefined) return;
  const screen = new URL(page.url()).pathname.replaceAll("/", "-").slice(1);
  await page.screenshot({ path: join(folder, `${screen}-${++photographs}.png`) });
}
