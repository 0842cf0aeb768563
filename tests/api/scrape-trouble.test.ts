import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { startListSite } from "./list-site.ts";
import { openTestApi } from "./open-test-api.ts";

const site = await startListSite();
const { api, as, portals, attention } = await openTestApi({ allowHosts: [site.host], work: true });
const idle = await openTestApi({ allowHosts: [site.host] });
const headers = as("operator");
let jobs = 0;

beforeEach(() => {
  site.asked.length = 0;
  site.wallAt = null;
  site.holdAt = null;
});
afterAll(() => site.close());

test("before a wall the job waits for a person, and goes on when the person has cleared it", async () => {
  site.wallAt = 1;
  const jobId = await submit();
  await state(jobId, "needs_person");
  const waiting = await status(jobId);
  const [item] = await attention.list();

  expect(waiting).toMatchObject({ status: "in_progress", agentStatus: "needs_person", attentionId: item?.id });
  expect(item).toMatchObject({ kind: "portal.wall", subject: `scrape-job:${jobId}`, state: "open" });

  site.wallAt = null;
  const payload = { resolution: "Looked at it; the page answers again.", outcome: "continue" };
  const resolved = await api.inject({ method: "POST", url: `/api/v1/attention/${item?.id}/resolve`, headers, payload });
  await state(jobId, "completed");

  expect(resolved.json()).toMatchObject({ state: "resolved", resolution: payload.resolution });
  expect(await status(jobId)).toMatchObject({ status: "completed", progress: { opportunitiesFound: 24 } });
});

test("what a person gives up fails with the documented type of the wall", async () => {
  site.wallAt = 1;
  const jobId = await submit();
  await state(jobId, "needs_person");
  await api.inject({ method: "POST", url: `/api/v1/jobs/${jobId}/give-up`, headers });

  expect(await status(jobId)).toMatchObject({
    status: "failed",
    error: { type: "captcha_detected", code: "wall", recoverable: false },
  });
});

test("a running job is cancelled while it waits for a page, and keeps what it found", async () => {
  site.holdAt = 2;
  const jobId = await submit();
  await vi.waitFor(() => expect(site.asked).toContain("/list?page=2"), { timeout: 20_000 });
  const cancelled = await api.inject({ method: "POST", url: `/cancel/${jobId}`, headers });
  await state(jobId, "cancelled");
  const { body: events } = await get(`/api/v1/jobs/${jobId}/events`);
  site.open();

  expect(cancelled.json()).toMatchObject({ success: true, jobId });
  expect(await status(jobId)).toMatchObject({ status: "failed", error: { code: "cancelled" } });
  expect(events.items.map(({ kind }: { kind: string }) => kind)).toEqual([
    ...["job.queued", "job.started", "job.learned", "job.page", "job.cancel_requested", "job.cancelled"],
  ]);
});

test("a stream shows progress as it happens", async () => {
  site.holdAt = 2;
  const jobId = await submit();
  await vi.waitFor(() => expect(site.asked).toContain("/list?page=2"), { timeout: 20_000 });
  const streaming = api.inject({ url: `/api/v1/jobs/${jobId}/stream`, headers });
  site.open();
  const { body } = await streaming;

  const kinds = [...body.matchAll(/"kind":"(job\.\w+)"/g)].map((match) => match[1]);
  expect(kinds.slice(0, 2)).toEqual(["job.queued", "job.started"]);
  expect(kinds.at(-1)).toBe("job.completed");
  expect(body).toContain("event: job\n");
});

test("a job goes on with the run of its lost worker, who is late and changes nothing", async () => {
  site.holdAt = 3;
  const jobId = await submit(idle);
  const lost = idle.portals.runner.run(jobId, new AbortController().signal);
  await vi.waitFor(() => expect(site.asked).toContain("/list?page=3"), { timeout: 20_000 });
  const runId = await vi.waitFor(async () => {
    const job = await idle.portals.desk.get(jobId);
    expect((await idle.harvester.runs.get(job.runId ?? "none yet")).pages).toBe(2);
    return job.runId;
  });
  await idle.portals.runner.run(jobId, new AbortController().signal);
  const job = await idle.portals.desk.get(jobId);
  site.open();
  await lost;
  const events = await idle.portals.desk.events(jobId, { limit: 100 });

  expect(runId).not.toBeNull();
  expect(job).not.toHaveProperty("error");
  expect(job).toMatchObject({ status: "completed", runId, lostWorkers: 1, progress: { opportunitiesFound: 24 } });
  expect(await idle.portals.desk.get(jobId)).toEqual(job);
  expect(events.filter(({ kind }) => kind === "job.completed")).toHaveLength(1);
  expect(site.asked.filter((path) => path === "/list?page=2")).toHaveLength(1);
});

test("of two workers that are both alive, the later one ends the job", async () => {
  const jobId = await submit(idle);
  const run = () => idle.portals.runner.run(jobId, new AbortController().signal);
  await Promise.all([run(), run()]);
  const events = await idle.portals.desk.events(jobId, { limit: 100 });

  expect(await idle.portals.desk.get(jobId)).toMatchObject({
    status: "completed",
    attempt: 2,
    progress: { opportunitiesFound: 24 },
  });
  expect(events.filter(({ kind }) => kind === "job.completed")).toHaveLength(1);
});

test("a worker that must go gives its job back, and the next one goes on with its run", async () => {
  site.holdAt = 2;
  const jobId = await submit(idle);
  const restart = new AbortController();
  const leaving = idle.portals.runner.run(jobId, restart.signal);
  await vi.waitFor(() => expect(site.asked).toContain("/list?page=2"), { timeout: 20_000 });
  restart.abort(new Error("The program is ending."));
  await expect(leaving).rejects.toThrow("The program is ending.");

  const { runId, ...left } = await idle.portals.desk.get(jobId);
  expect(left).toMatchObject({ status: "queued", lostWorkers: 0 });
  expect(await idle.harvester.runs.get(runId ?? "")).toMatchObject({ status: "running", pages: 1 });
  const before = site.asked.length;
  site.open();
  await idle.portals.runner.run(jobId, new AbortController().signal);
  expect(await idle.portals.desk.get(jobId)).toMatchObject({
    status: "completed",
    runId,
    progress: { opportunitiesFound: 24 },
  });
  expect(site.asked.slice(before)).toEqual(["/list?page=2", "/list?page=3"]);
});

test("a job that is handed out twice is run once", async () => {
  const jobId = await submit(idle);
  await idle.portals.runner.run(jobId, new AbortController().signal);
  const ended = await idle.portals.desk.get(jobId);
  await idle.portals.runner.run(jobId, new AbortController().signal);

  expect(await idle.portals.desk.get(jobId)).toEqual(ended);
});

test("a cancelled job that was still in the queue is not run", async () => {
  const jobId = await submit(idle);
  const cancelled = await idle.api.inject({ method: "POST", url: `/cancel/${jobId}`, headers: idle.as("operator") });
  await idle.portals.runner.run(jobId, new AbortController().signal);

  expect(cancelled.json().message).toBe("Cancelled.");
  expect(site.asked).toEqual([]);
  expect(await idle.portals.desk.get(jobId)).toMatchObject({ status: "cancelled", attempt: 0 });
});

test("a job that the queue lost is handed in again, and one that it has is not", async () => {
  const jobId = await submit(idle);
  const waiting = async () => {
    const text = "select id from pgboss.job where name = 'scrape' and data ->> 'jobId' = $1 and state = 'created'";
    return (await idle.database.executeSql(text, [jobId])).rows.length;
  };
  await vi.waitFor(() => idle.portals.desk.requeueStuck(0));
  const had = await waiting();
  await idle.database.executeSql("delete from pgboss.job where name = 'scrape'", []);
  const lost = await waiting();
  await vi.waitFor(async () => {
    await idle.portals.desk.requeueStuck(0);
    expect(await waiting()).toBe(1);
  });

  expect([had, lost]).toEqual([1, 0]);
});

test("a portal's rate limit keeps its requests apart", async () => {
  const jobId = await submit({ api, as }, { rateLimit: 400 });
  await state(jobId, "completed");
  const { duration } = (await get(`/api/v1/jobs/${jobId}`)).body;

  expect(duration).toBeGreaterThan(800);
});

async function submit(to = { api, as }, configuration: object = {}): Promise<string> {
  const jobId = `trouble-${(jobs += 1)}`;
  const payload = { jobId, url: site.url, portalId: `portal-${jobs}`, configuration };
  const reply = await to.api.inject({ method: "POST", url: "/scrape", headers: to.as("operator"), payload });
  expect(reply.statusCode).toBe(202);
  return jobId;
}

function state(jobId: string, expected: string): Promise<void> {
  const look = async () => expect((await portals.desk.get(jobId)).status).toBe(expected);
  return vi.waitFor(look, { timeout: 20_000, interval: 50 });
}

async function status(jobId: string) {
  return (await get(`/status/${jobId}`)).body;
}

async function get(url: string) {
  const reply = await api.inject({ url, headers });
  return { status: reply.statusCode, body: reply.json() };
}
