import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { startListSite } from "./list-site.ts";
import { openTestApi } from "./open-test-api.ts";

const site = await startListSite();
const { api, as, portals } = await openTestApi({ allowHosts: [site.host], work: true });
const idle = await openTestApi({ allowHosts: [site.host] });
const headers = as("operator");
const WAIT = { timeout: 45_000, interval: 100 };
let jobs = 0;

beforeEach(() => {
  site.asked.length = 0;
  site.wallAt = null;
  site.holdAt = null;
});
afterAll(() => site.close());

test("a running job is paused at its last checkpoint, keeps what it has, and asks for nothing twice when it is resumed", async () => {
  site.holdAt = 3;
  const jobId = await submit();
  await vi.waitFor(() => expect(site.asked).toContain("/list?page=3"), WAIT);
  const asked = await post(`/api/v1/jobs/${jobId}/pause`);
  await state(jobId, "paused");
  const held = await portals.desk.get(jobId);
  const before = site.asked.length;
  site.open();

  expect(asked.body).toMatchObject({ state: expect.stringMatching(/running|paused/) });
  expect(held).toMatchObject({ status: "paused", progress: { opportunitiesFound: 16 } });
  expect(await statusOf(jobId)).toMatchObject({ status: "in_progress", agentStatus: "paused" });

  const resumed = await post(`/api/v1/jobs/${jobId}/resume`);
  await state(jobId, "completed");
  expect(resumed.body).toMatchObject({ state: "queued", pauseRequestedAt: null });
  expect(await portals.desk.get(jobId)).toMatchObject({
    runId: held.runId,
    lostWorkers: 0,
    progress: { opportunitiesFound: 24 },
  });
  expect(site.asked.slice(before)).toEqual(["/list?page=3"]);
  expect((await kinds(jobId)).filter((kind) => kind !== "job.page")).toEqual([
    ...["job.queued", "job.started", "job.learned", "job.pause_requested", "job.paused", "job.resumed"],
    ...["job.started", "job.completed"],
  ]);
});

test("a job that is paused in the queue is held: no worker takes it before it is resumed", async () => {
  const jobId = await submit(idle);
  const by = "operator";
  expect(await idle.portals.desk.pause(jobId, by)).toMatchObject({ status: "paused", attempt: 0 });
  await idle.portals.runner.run(jobId, new AbortController().signal);
  expect(site.asked).toEqual([]);
  expect((await idle.api.inject({ url: `/status/${jobId}`, headers: idle.as("viewer") })).json()).toMatchObject({
    status: "queued",
    agentStatus: "paused",
  });

  expect(await idle.portals.desk.resume(jobId, by)).toMatchObject({ status: "queued" });
  await idle.portals.runner.run(jobId, new AbortController().signal);
  expect(await idle.portals.desk.get(jobId)).toMatchObject({
    status: "completed",
    attempt: 1,
    progress: { opportunitiesFound: 24 },
  });
});

test("a job that is resumed stands in the queue again, once", async () => {
  const jobId = await submit(idle);
  const waiting = async () => {
    const text = "select id from pgboss.job where name = 'scrape' and data ->> 'jobId' = $1 and state = 'created'";
    return (await idle.database.executeSql(text, [jobId])).rows.length;
  };
  await idle.portals.desk.pause(jobId, "operator");
  // A worker got it from the queue meanwhile, and left it alone.
  await idle.database.executeSql("delete from pgboss.job where name = 'scrape'", []);
  expect(await waiting()).toBe(0);
  await idle.portals.desk.resume(jobId, "operator");
  expect(await waiting()).toBe(1);
});

test("a job whose worker dies while it is asked to pause is held by the next one, not run", async () => {
  site.holdAt = 2;
  const jobId = await submit(idle);
  const lost = idle.portals.runner.run(jobId, new AbortController().signal);
  await vi.waitFor(() => expect(site.asked).toContain("/list?page=2"), WAIT);
  await idle.database.executeSql("update scrape_job set pause_requested_at = now() where id = $1", [jobId]);
  await idle.portals.runner.run(jobId, new AbortController().signal);

  expect(await idle.portals.desk.get(jobId)).toMatchObject({ status: "paused" });
  site.open();
  await lost;
  expect(await idle.portals.desk.get(jobId)).toMatchObject({ status: "paused" });
});

test("a paused job is cancelled at once, and ends once", async () => {
  const jobId = await submit(idle);
  await idle.portals.desk.pause(jobId, "operator");
  expect(await idle.portals.desk.cancel(jobId, "operator")).toMatchObject({ status: "cancelled" });
  await expect(idle.portals.desk.resume(jobId, "operator")).rejects.toMatchObject({ code: "job_finished" });
});

test("what cannot be paused or resumed is refused with the reason", async () => {
  const jobId = await submit(idle);
  await expect(idle.portals.desk.resume(jobId, "operator")).rejects.toMatchObject({ code: "job_not_paused" });
  await idle.portals.desk.pause(jobId, "operator");
  expect(await idle.portals.desk.pause(jobId, "operator")).toMatchObject({ status: "paused" });
  expect((await kinds(jobId, idle)).filter((kind) => kind === "job.paused")).toHaveLength(1);

  site.wallAt = 1;
  const walled = await submit();
  await state(walled, "needs_person");
  expect(await post(`/api/v1/jobs/${walled}/pause`)).toMatchObject({
    status: 409,
    body: { error: { code: "job_at_wall" } },
  });
  await post(`/api/v1/jobs/${walled}/give-up`);
  expect(await post(`/api/v1/jobs/${walled}/pause`)).toMatchObject({
    status: 409,
    body: { error: { code: "job_finished" } },
  });
});

test("who only looks may not pause", async () => {
  const jobId = await submit(idle);
  const reply = await idle.api.inject({
    method: "POST",
    url: `/api/v1/jobs/${jobId}/pause`,
    headers: idle.as("viewer"),
  });
  expect(reply.statusCode).toBe(403);
});

async function submit({ portals: { desk } } = { portals }): Promise<string> {
  const jobId = `pause-${(jobs += 1)}`;
  await desk.submit({ jobId, url: site.url, portalId: jobId, configuration: {} });
  return jobId;
}

async function post(url: string) {
  const reply = await api.inject({ method: "POST", url, headers });
  return { status: reply.statusCode, body: reply.json() };
}

async function statusOf(jobId: string): Promise<unknown> {
  return (await api.inject({ url: `/status/${jobId}`, headers })).json();
}

async function kinds(jobId: string, { portals: { desk } } = { portals }): Promise<string[]> {
  return (await desk.events(jobId, { limit: 100 })).map(({ kind }) => kind);
}

function state(jobId: string, wanted: string | RegExp): Promise<void> {
  return vi.waitFor(async () => expect((await portals.desk.get(jobId)).status).toMatch(wanted), WAIT);
}
