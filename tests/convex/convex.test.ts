import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { rm } from "node:fs/promises";
import type { FunctionArgs } from "convex/server";
import { convexTest } from "convex-test";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { createApp } from "#app/testing";
import { silentLogger } from "#kernel";
import { loadConfig } from "#platform/config";
import { sign } from "#platform/delivery";
import { makeDataFolder } from "#platform/storage/testing";
import { api, internal } from "../../integrations/convex/convex/_generated/api.js";
import crons from "../../integrations/convex/convex/crons.ts";
import schema from "../../integrations/convex/convex/schema.ts";
import { isSigned } from "../../integrations/convex/convex/scraping/signature.ts";
import { startListSite } from "../api/list-site.ts";
import { convexFunctions } from "./convex-functions.ts";

const TOKEN = "a callback token of 256 bits, as both sides have it";
const SECRET = "the secret of the signatures";
const KEY = "c0ffee".repeat(8);
const WAIT = { timeout: 60_000, interval: 100 };
const LIMIT = 120_000;

const folder = await makeDataFolder("convex");
const site = await startListSite();
let convex = convexTest(schema, convexFunctions);
/** What came in, as Convex would see it: path, headers and body. */
const told: { path: string; init: { method: "POST"; headers: Record<string, string>; body: string } }[] = [];
/** Convex's own address: what arrives there is handed to its HTTP routes. */
const door = createServer(async (request, response) => {
  const body = await textOf(request);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const call = { path: request.url ?? "", init: { method: "POST" as const, headers, body } };
  told.push(call);
  const answer = await convex.fetch(call.path, call.init);
  response.writeHead(answer.status).end(await answer.text());
});
await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
const { port }: AddressInfo = Object(door.address());

const overrides = {
  GLEANER_DATA_DIR: folder,
  API_PORT: "0",
  API_KEY: KEY,
  AUTH_ENABLED: "true",
  EGRESS_ALLOW_HOSTS: site.host,
  CALLBACK_HOSTS: `127.0.0.1:${port}`,
  CONVEX_CALLBACK_TOKEN: TOKEN,
  CALLBACK_SECRET: SECRET,
  DELAY_BETWEEN_ACTIONS: "0",
  SHUTDOWN_GRACE_MS: "500",
};
const gleaner = await createApp({ config: loadConfig({ folder, environment: {}, overrides }), logger: silentLogger });

beforeEach(() => {
  convex = convexTest(schema, convexFunctions);
  told.length = 0;
  vi.stubEnv("BROWSER_AGENT_URL", gleaner.url ?? "");
  vi.stubEnv("BROWSER_AGENT_API_KEY", KEY);
  vi.stubEnv("BROWSER_AGENT_CALLBACK_TOKEN", TOKEN);
  vi.stubEnv("GLEANER_CALLBACK_SECRET", SECRET);
  vi.stubEnv("CONVEX_SITE_URL", `http://127.0.0.1:${port}`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await gleaner.close();
  await site.close();
  door.close();
  door.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

test(
  "a portal is scraped by Gleaner: progress comes, the result is proven and stored, and told twice it is stored once",
  { timeout: LIMIT },
  async () => {
    const portalId = await addPortal();
    const { scrapingJobId } = await convex.action(api.scraping.actions.scrapePortal, { portalId, priority: "high" });
    const job = await ended(scrapingJobId);
    const [portal, opportunities, records] = await stored(portalId);

    expect(job).toMatchObject({
      status: "completed",
      agentStatus: "completed",
      opportunitiesFound: 24,
    });
    // News of progress is throttled: the last page may not have been told.
    expect([0, 1, 2, 3]).toContain(job?.currentPage);
    expect(told.some(({ path }) => path === "/api/scraping/progress")).toBe(true);
    expect(portal).toMatchObject({
      status: "completed",
      consecutiveFailures: 0,
      lastSuccessfulScrape: expect.any(Number),
    });
    expect(opportunities).toHaveLength(24);
    expect(opportunities[0]).toMatchObject({ state: "CA", referenceNumber: expect.stringMatching(/^REF-/) });
    expect(records).toHaveLength(1);

    const result = told.find(({ path }) => path === "/api/scraping/callback");
    const again = await convex.fetch(result?.path ?? "", result?.init);
    expect(again.status).toBe(200);
    expect((await stored(portalId)).map((rows) => (Array.isArray(rows) ? rows.length : 1))).toEqual([1, 24, 1]);
  },
);

test("progress that comes late, after newer one, changes nothing; the same time counts once more", async () => {
  const portalId = await addPortal();
  const agentJobId = "out-of-order";
  const scrapingJobId = await convex.mutation(internal.scraping.mutations.createScrapingJob, { portalId, agentJobId });
  const tell = async (currentPage: number, at?: string): Promise<number | undefined> => {
    const body = JSON.stringify({ jobId: agentJobId, currentPage, opportunitiesFound: currentPage * 10, at });
    const now = Math.floor(Date.now() / 1000);
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      "x-gleaner-timestamp": String(now),
      "x-gleaner-signature": sign(SECRET, now, body),
    };
    expect((await convex.fetch("/api/scraping/progress", { method: "POST", headers, body })).status).toBe(200);
    return (await convex.query(api.scraping.queries.getJob, { scrapingJobId }))?.currentPage;
  };

  expect(await tell(2, "2026-03-01T10:00:02.000Z")).toBe(2);
  expect(await tell(1, "2026-03-01T10:00:01.000Z")).toBe(2);
  expect(await tell(3, "2026-03-01T10:00:02.000Z")).toBe(3);
  expect(await tell(9, "no time")).toBe(9);
  expect(await tell(4, "2026-03-01T10:00:01.999Z")).toBe(9);
  expect(await tell(5, "2026-03-01T10:00:05.000Z")).toBe(5);
});

test("what is not proven is refused, and nothing is stored", { timeout: LIMIT }, async () => {
  const portalId = await addPortal();
  const body = JSON.stringify({ jobId: "job", success: true, opportunities: [{ title: "forged" }] });
  const now = Math.floor(Date.now() / 1000);
  const good = {
    authorization: `Bearer ${TOKEN}`,
    "x-gleaner-timestamp": String(now),
    "x-gleaner-signature": sign(SECRET, now, body),
  };
  const old = now - 3_600;
  const bad = [
    { ...good, authorization: "Bearer another" },
    { ...good, "x-gleaner-signature": sign("another secret", now, body) },
    { ...good, "x-gleaner-signature": "" },
    { ...good, "x-gleaner-timestamp": String(old), "x-gleaner-signature": sign(SECRET, old, body) },
  ];

  for (const path of ["/api/scraping/callback", "/api/scraping/progress"]) {
    for (const headers of bad) expect((await convex.fetch(path, { method: "POST", headers, body })).status).toBe(401);
    expect((await convex.fetch(path, { method: "POST", headers: good, body })).status).toBe(200);
    const empty = { ...good, "x-gleaner-signature": sign(SECRET, now, "{}") };
    expect((await convex.fetch(path, { method: "POST", headers: empty, body: "{}" })).status).toBe(400);
  }
  expect((await stored(portalId))[1]).toEqual([]);
});

test("Web Crypto finds the same signature right that Gleaner writes", async () => {
  const now = Date.UTC(2026, 10, 21);
  const body = '{"title":"Straßenbau – 道路"}';
  const signed = { body, timestamp: String(now / 1000), signature: sign(SECRET, now / 1000, body) };

  expect(await isSigned(signed, SECRET, now)).toBe(true);
  expect(await isSigned({ ...signed, body: `${body} ` }, SECRET, now)).toBe(false);
  expect(await isSigned(signed, SECRET, now + 301_000)).toBe(false);
});

test("a job is cancelled at Gleaner, and its portal is free for the next one", { timeout: LIMIT }, async () => {
  site.holdAt = 2;
  const portalId = await addPortal();
  const { scrapingJobId } = await convex.action(api.scraping.actions.scrapePortal, { portalId });
  await vi.waitFor(() => expect(site.holdAt).toBeNull(), WAIT);
  await convex.action(api.scraping.actions.cancelScraping, { scrapingJobId });
  const job = await ended(scrapingJobId);
  site.open();

  expect(job).toMatchObject({ status: "cancelled", agentStatus: "cancelled" });
  expect((await stored(portalId))[0]).toMatchObject({ status: "pending", consecutiveFailures: 0 });
});

test("a job that Gleaner refuses has failed with what it said", async () => {
  vi.stubEnv("BROWSER_AGENT_API_KEY", "a wrong key");
  const portalId = await addPortal();
  const refused = convex.action(api.scraping.actions.scrapePortal, { portalId });

  await expect(refused).rejects.toThrow("Browser agent error");
  expect((await stored(portalId))[0]).toMatchObject({ status: "failed", consecutiveFailures: 1 });
});

test(
  "the daily run sends every portal that no job is under way for, and the retry those that failed",
  { timeout: LIMIT },
  async () => {
    const [idle, busy, failed, hopeless] = await Promise.all([
      addPortal(),
      addPortal({ status: "in_progress" }),
      addPortal({ status: "failed", consecutiveFailures: 2 }),
      addPortal({ status: "failed", consecutiveFailures: 9 }),
    ]);
    const { portalsToScrape } = internal.scraping.scheduled;
    const idsOf = async (onlyFailed: boolean) =>
      (await convex.query(portalsToScrape, { onlyFailed })).map(({ portalId }) => portalId);

    expect(await idsOf(false)).toEqual([idle, failed, hopeless]);
    expect(await idsOf(true)).toEqual([failed]);
    expect(await idsOf(false)).not.toContain(busy);
    expect(await convex.action(internal.scraping.scheduled.retryFailedPortals, {})).toBe(1);
    await vi.waitFor(async () => expect((await stored(failed))[0]?.status).toBe("completed"), WAIT);
  },
);

test("a job that nobody told of for hours has failed, and old records go", async () => {
  const portalId = await addPortal({ status: "in_progress" });
  const long = Date.now() - 3 * 3_600_000;
  const times = { queuedAt: long, createdAt: long, updatedAt: long };
  const scrapingJobId = await convex.run((ctx) =>
    ctx.db.insert("scrapingJobs", { portalId, agentJobId: "stuck", status: "in_progress", retryCount: 0, ...times }),
  );
  const record = { portalId, sourceUrl: "", state: "", capital: "", opportunityCount: 0, interactions: [] };
  const figures = { pagesScraped: 0, duration: 0, tokensUsed: 0 };
  for (const days of [1, 40])
    await convex.run((ctx) =>
      ctx.db.insert("scrapedProcurementData", {
        ...record,
        ...figures,
        agentJobId: `${days} days`,
        scrapedAt: Date.now() - days * 86_400_000,
      }),
    );

  expect(await convex.mutation(internal.scraping.scheduled.checkAndRecoverStuckJobs, {})).toBe(1);
  expect(await convex.query(api.scraping.queries.getJob, { scrapingJobId })).toMatchObject({
    status: "failed",
    errorType: "stuck",
  });
  expect(await convex.mutation(internal.scraping.scheduled.cleanupOldRecords, {})).toBe(1);
  expect((await stored(portalId))[2].map(({ agentJobId }) => agentJobId)).toEqual(["1 days"]);
});

test("the crons have the documented names and times", () => {
  const times = Object.fromEntries(Object.entries(crons.crons).map(([name, { schedule }]) => [name, schedule]));

  expect(times).toEqual({
    dailyFullScrape: { type: "daily", hourUTC: 2, minuteUTC: 0 },
    retryFailedPortals: { type: "interval", hours: 6 },
    cleanupOldRecords: { type: "weekly", dayOfWeek: "sunday", hourUTC: 3, minuteUTC: 0 },
    checkStuckJobs: { type: "interval", minutes: 15 },
  });
});

function addPortal(more: { status?: "in_progress" | "failed"; consecutiveFailures?: number } = {}) {
  const portal = { name: "Town", url: site.url, state: "CA", capital: "Sacramento", status: "pending" } as const;
  return convex.run((ctx) => ctx.db.insert("portals", { ...portal, consecutiveFailures: 0, ...more }));
}

type PortalId = Awaited<ReturnType<typeof addPortal>>;
type JobId = FunctionArgs<typeof api.scraping.queries.getJob>["scrapingJobId"];

function ended(scrapingJobId: JobId) {
  return vi.waitFor(async () => {
    const job = await convex.query(api.scraping.queries.getJob, { scrapingJobId });
    expect(["completed", "failed", "cancelled"]).toContain(job?.status);
    return job;
  }, WAIT);
}

function stored(portalId: PortalId) {
  return convex.run(async (ctx) => {
    const portal = await ctx.db.get(portalId);
    const opportunities = await ctx.db.query("opportunities").collect();
    const records = await ctx.db.query("scrapedProcurementData").collect();
    return [portal, opportunities, records] as const;
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
