import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { verifySignature } from "#platform/delivery";
import { startDemoSite } from "#surfaces/demo";
import { openTestApi } from "./open-test-api.ts";

interface Told {
  url: string;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

const told: Told[] = [];
const site = await startDemoSite();
const client = await listenFor(told);
const callbackHost = `127.0.0.1:${client.port}`;
const secret = "a secret that both sides know";
const { api, as, portals } = await openTestApi({
  allowHosts: [site.host, callbackHost],
  work: true,
  callback: { bearer: "callback-token", hmacSecret: secret },
});
const request = {
  jobId: "job-1",
  url: site.listUrl,
  portalId: "port-merrow",
  configuration: { requiresAuth: false, maxPages: 20 },
  callbackUrl: `http://${callbackHost}/api/scraping/callback`,
};

beforeAll(async () => {
  const reply = await api.inject({ method: "POST", url: "/scrape", headers: as("operator"), payload: request });
  expect(reply.json()).toMatchObject({ success: true, jobId: "job-1", status: "queued" });
  expect(reply.statusCode).toBe(202);
  await finished("job-1");
}, 60_000);
afterAll(async () => {
  await site.close();
  client.server.close();
});

test("a job ends with all opportunities of the list and says that it is complete", async () => {
  const { body } = await get("/status/job-1");

  expect(body).toMatchObject({
    jobId: "job-1",
    status: "completed",
    agentStatus: "completed",
    progress: { currentPage: 3, opportunitiesFound: 27 },
    completeness: { state: "complete", totalDeclared: 27, found: 27 },
  });
  expect(body.result.opportunities).toHaveLength(27);
  expect(body.result.duration).toBeGreaterThan(0);
  expect(body.error).toBeUndefined();
});

test("an opportunity has the documented fields, normalised", async () => {
  const { body } = await get("/status/job-1");
  const [tender] = site.tenders;
  const opportunity = body.result.opportunities[0];

  expect(opportunity).toMatchObject({ title: tender?.title, referenceNumber: tender?.reference });
  expect(opportunity.closingDate).toBe(tender?.closes);
  expect(opportunity.detailUrl).toBe(`${site.url}/tenders/${tender?.reference}`);
  expect(opportunity.confidence).toBeGreaterThan(0.3);
  expect(Date.parse(opportunity.extractedAt)).not.toBeNaN();
});

test("interactions tell step by step what was done", async () => {
  const { body } = await get("/status/job-1");
  const steps = body.result.interactions;

  expect(steps.map(({ step }: { step: number }) => step)).toEqual(steps.map((_: unknown, at: number) => at + 1));
  expect(steps[0]).toMatchObject({ action: "navigate", result: "success" });
});

test("the same request again is the same job; another one under its id is refused", async () => {
  const again = await api.inject({ method: "POST", url: "/scrape", headers: as("operator"), payload: request });
  const other = await api.inject({
    method: "POST",
    url: "/scrape",
    headers: as("operator"),
    payload: { ...request, url: `${site.url}/` },
  });

  expect([again.statusCode, again.json().status]).toEqual([200, "completed"]);
  expect([other.statusCode, other.json().error.code]).toEqual([409, "job_id_taken"]);
});

test("the history of the job has its beginning, its pages and its end", async () => {
  const { body } = await get("/api/v1/jobs/job-1/events?limit=100");
  const kinds = body.items.map(({ kind }: { kind: string }) => kind);

  expect(kinds.slice(0, 2)).toEqual(["job.queued", "job.started"]);
  expect(kinds).toContain("job.page");
  expect(kinds.at(-1)).toBe("job.completed");
});

test("the client is told the results once, signed, with the token", async () => {
  await expect.poll(() => results().length, { timeout: 15_000 }).toBe(1);
  const [message] = results();
  const body = JSON.parse(message?.text ?? "{}");

  expect(body).toMatchObject({ jobId: "job-1", success: true, pagesScraped: 3, tokensUsed: 0 });
  expect(body.opportunities).toHaveLength(27);
  expect(message?.headers["authorization"]).toBe("Bearer callback-token");
  const [timestamp, signature] = ["x-gleaner-timestamp", "x-gleaner-signature"].map((name) =>
    String(message?.headers[name]),
  );
  const signed = { timestamp, signature, body: message?.text ?? "", secret, now: new Date() };
  expect(verifySignature(signed)).toEqual({ ok: true });
});

test("progress goes beside the results, where the documented client expects it", async () => {
  await expect
    .poll(() => told.filter(({ url }) => url === "/api/scraping/progress").length, { timeout: 15_000 })
    .toBeGreaterThan(0);
  const [first] = told.filter(({ url }) => url === "/api/scraping/progress");

  expect(JSON.parse(first?.text ?? "{}")).toMatchObject({ jobId: "job-1", event: "progress" });
});

test("every opportunity can be looked up with the evidence of every value, down to the stored bytes", async () => {
  const { body: list } = await get("/api/v1/opportunities?limit=1&sort=closingDate");
  const { body } = await get(`/api/v1/opportunities/${list.items[0].id}`);
  const [place] = body.evidence.title;
  const artifact = await api.inject({ url: `/api/v1/artifacts/${place.artifact}`, headers: as("viewer") });

  expect(body.raw.title).toBe(place.quote);
  expect(artifact.statusCode).toBe(200);
  expect(artifact.body).toContain(place.quote);
  expect(artifact.headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringContaining("sandbox"),
  });
  expect(artifact.headers["content-disposition"]).toMatch(/^attachment/);
});

test("the run behind the job verifies from stored bytes alone", async () => {
  const { body: status } = await get("/status/job-1");
  const verified = await api.inject({
    method: "POST",
    url: `/api/v1/runs/${status.run}/verify`,
    headers: as("operator"),
  });
  const { body: records } = await get(`/api/v1/runs/${status.run}/records?limit=10`);
  const { body: rest } = await get(`/api/v1/runs/${status.run}/records?limit=100&cursor=${records.nextCursor}`);

  expect(verified.json()).toMatchObject({ ok: true, records: 27, failures: 0 });
  expect([records.items.length, rest.items.length]).toEqual([10, 17]);
});

test("the portal remembers its last job, and the next one replays the recipe", async () => {
  const { body: portal } = await get("/api/v1/portals/port-merrow");
  expect(portal).toMatchObject({ status: "completed", lastCount: 27, consecutiveFailures: 0 });

  await api.inject({
    method: "POST",
    url: "/scrape",
    headers: as("operator"),
    payload: { ...request, jobId: "job-2", callbackUrl: undefined },
  });
  await finished("job-2");
  const { body: history } = await get("/api/v1/jobs/job-2/events");
  const { body: all } = await get("/api/v1/opportunities?limit=500");

  expect(history.items.map(({ kind }: { kind: string }) => kind)).not.toContain("job.learned");
  expect(all.items).toHaveLength(27);
});

test("an address that cannot be had fails with a documented type and says why", async () => {
  const payload = {
    ...request,
    jobId: "job-lost",
    portalId: "nowhere",
    url: "http://127.0.0.1:9/list",
    callbackUrl: undefined,
  };
  await api.inject({ method: "POST", url: "/scrape", headers: as("operator"), payload });
  await finished("job-lost");

  expect((await get("/status/job-lost")).body).toMatchObject({
    status: "failed",
    error: { code: "address_refused", type: "unexpected_state", recoverable: false },
  });
  expect((await get("/api/v1/portals/nowhere")).body).toMatchObject({ status: "failed", consecutiveFailures: 1 });
});

test("the stream of an ended job tells its history and ends", async () => {
  const reply = await api.inject({ url: "/api/v1/jobs/job-1/stream", headers: as("viewer") });

  expect(reply.headers["content-type"]).toMatch(/^text\/event-stream/);
  expect(reply.body).toContain("event: event\nid: ");
  expect(reply.body.trimEnd()).toMatch(/event: end\ndata: \{\}$/);
});

test("the history goes on as a stream for those who ask for one, behind what they know already", async () => {
  const url = "/api/v1/jobs/job-1/events";
  const accept = "text/event-stream";
  const whole = await api.inject({ url, headers: { ...as("viewer"), accept } });
  const ids = [...whole.body.matchAll(/^id: (\d+)$/gm)].map((match) => match[1] ?? "");
  const rest = await api.inject({ url, headers: { ...as("viewer"), accept, "last-event-id": ids[1] ?? "" } });
  const stranger = await api.inject({ url: "/api/v1/jobs/nobody/events", headers: { ...as("viewer"), accept } });
  const keyless = await api.inject({ url, headers: { accept } });

  expect(whole.headers["content-type"]).toMatch(/^text\/event-stream/);
  expect([...rest.body.matchAll(/^id: (\d+)$/gm)].map((match) => match[1])).toEqual(ids.slice(2));
  expect([stranger.statusCode, keyless.statusCode]).toEqual([404, 401]);
  expect((await get(url)).body.items).toHaveLength(ids.length);
});

test("metrics bear the documented names", async () => {
  const { body: text } = await api.inject({ url: "/metrics" });

  for (const name of ["scrape_jobs_total", "scrape_jobs_success", "scrape_jobs_failed", "scrape_duration_seconds"])
    expect(text).toContain(name);
  expect(text).toMatch(/opportunities_extracted 54/);
  expect(text).toMatch(/pages_scraped 6/);
  expect(text).toMatch(/errors_by_type\{type="unexpected_state"\} 1/);
});

function finished(jobId: string): Promise<void> {
  const look = async () =>
    expect((await portals.desk.get(jobId)).status).toMatch(/^(completed|incomplete|failed|cancelled)$/);
  return vi.waitFor(look, { timeout: 45_000, interval: 100 });
}

async function get(url: string) {
  const reply = await api.inject({ url, headers: as("viewer") });
  return { status: reply.statusCode, body: reply.json() };
}

function results(): Told[] {
  return told.filter(({ url }) => url === "/api/scraping/callback");
}

async function listenFor(messages: Told[]): Promise<{ server: Server; port: number }> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      messages.push({
        url: incoming.url ?? "",
        headers: incoming.headers,
        text: Buffer.concat(chunks).toString("utf8"),
      });
      outgoing.end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return { server, port: typeof address === "object" && address ? address.port : 0 };
}
