import { createServer } from "node:net";
import { expect, test } from "vitest";
import { openTestApi } from "./open-test-api.ts";

/** An address that may be asked, where nobody answers. */
const silent = await closedPort();
let now = new Date("2026-03-02T12:00:00Z");
const { api, portals, attention, as } = await openTestApi({ clock: () => now, allowHosts: [silent] });
const headers = as("operator");

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

async function addPortal(id: string, more: object = {}) {
  const payload = { id, url: `http://192.0.2.1/${id}`, ...more };
  const reply = await api.inject({ method: "POST", url: "/api/v1/portals", headers, payload });
  return { status: reply.statusCode, body: reply.json() };
}

async function portal(id: string) {
  return (await api.inject({ url: `/api/v1/portals/${id}`, headers })).json();
}

async function jobsOf(id: string): Promise<string[]> {
  const reply = await api.inject({ url: `/api/v1/jobs?portalId=${id}`, headers });
  return reply.json().items.map((job: { id: string }) => job.id);
}

async function send(id: string, action: string, payload?: object) {
  const body = payload === undefined ? {} : { payload };
  return api.inject({ method: "POST", url: `/api/v1/portals/${id}/${action}`, headers, ...body });
}

/** Runs the portal's job here and now. Its address is one that is refused, so it fails. */
async function runAndFail(id: string): Promise<void> {
  const { jobId } = (await send(id, "run")).json();
  await portals.runner.run(jobId, new AbortController().signal);
}

test("a portal that is added is due with the full run, or at times of its own", async () => {
  const daily = await addPortal("daily");
  const own = await addPortal("own", { schedule: "30 7 * * 1-5", timezone: "Europe/Berlin" });
  const quiet = await addPortal("quiet", { watched: false });

  expect(daily.body).toMatchObject({ watched: true, schedule: null, nextRunAt: "2026-03-03T02:00:00.000Z" });
  expect(own.body.nextRunAt).toBe("2026-03-03T06:30:00.000Z");
  expect(quiet.body).toMatchObject({ watched: false, nextRunAt: null });
});

test("a time table that cannot be read is refused", async () => {
  const reply = await addPortal("wrong", { schedule: "every morning" });

  expect(reply.status).toBe(400);
  expect(reply.body.error.code).toBe("bad_schedule");
});

test("what has come due is sent once, and not again before its next time", async () => {
  now = new Date("2026-03-03T02:00:20Z");
  const sent = await portals.scheduled.runDue();
  const again = await portals.scheduled.runDue();

  expect(sent).toHaveLength(1);
  expect(again).toEqual([]);
  expect(await jobsOf("daily")).toEqual(sent);
  expect(await portal("daily")).toMatchObject({ nextRunAt: "2026-03-04T02:00:00.000Z" });
});

test("a time that was missed while nothing ran is made up for once", async () => {
  now = new Date("2026-03-06T09:00:00Z");
  await portals.scheduled.plan();
  await portals.scheduled.runDue();

  expect(await jobsOf("own")).toHaveLength(1);
  expect(await portal("own")).toMatchObject({ nextRunAt: "2026-03-09T06:30:00.000Z" });
});

test("a portal whose job has not ended gets no second one", async () => {
  expect(await jobsOf("daily")).toHaveLength(1);
});

test("a paused portal gets no jobs by itself until it is resumed", async () => {
  await addPortal("resting", { schedule: "* * * * *" });
  const paused = await send("resting", "pause", { reason: "It moves to a new address." });
  now = new Date("2026-03-07T09:00:00Z");
  await portals.scheduled.runDue();

  expect(paused.json()).toMatchObject({ nextRunAt: null, paused: { reason: "It moves to a new address." } });
  expect(await jobsOf("resting")).toEqual([]);

  const resumed = await send("resting", "resume");
  now = new Date("2026-03-07T09:01:00Z");
  await portals.scheduled.runDue();

  expect(resumed.json()).toMatchObject({ paused: null, nextRunAt: "2026-03-07T09:01:00.000Z" });
  expect(await jobsOf("resting")).toHaveLength(1);
});

test("a portal that fails again and again is paused and waits for a person", async () => {
  await addPortal("broken");
  await runAndFail("broken");
  await runAndFail("broken");
  expect(await portal("broken")).toMatchObject({ status: "failed", consecutiveFailures: 2, paused: null });
  await runAndFail("broken");

  expect(await portal("broken")).toMatchObject({
    consecutiveFailures: 3,
    nextRunAt: null,
    paused: { by: "gleaner", reason: "3 jobs in a row failed." },
  });
  expect(await attention.list()).toContainEqual(
    expect.objectContaining({ kind: "portal.paused", subject: "portal:broken" }),
  );

  await send("broken", "resume");
  expect(await portal("broken")).toMatchObject({ consecutiveFailures: 0, paused: null });
});

test("a failure that may pass is tried again, one that will not is not", async () => {
  await addPortal("away", { url: `http://${silent}/list` });
  await runAndFail("away");
  const sent = await portals.scheduled.retryFailed();

  expect(await portal("broken")).toMatchObject({ status: "failed" });
  expect(sent).toHaveLength(1);
  expect(await jobsOf("away")).toContain(sent[0]);
});

test("a portal that came along with a client's job is left to that client", async () => {
  const payload = { jobId: "client-1", url: "http://192.0.2.1/client", portalId: "clients", configuration: {} };
  await api.inject({ method: "POST", url: "/scrape", headers, payload });

  expect(await portal("clients")).toMatchObject({ watched: false, nextRunAt: null });
});

test("only operators pause, resume and run", async () => {
  for (const action of ["pause", "resume", "run"]) {
    const url = `/api/v1/portals/daily/${action}`;
    const reply = await api.inject({ method: "POST", url, headers: as("viewer"), payload: { reason: "no" } });
    expect(reply.statusCode).toBe(403);
  }
});

test("a change that does not know of another one is refused, and what jobs note is no change", async () => {
  const { body: added } = await addPortal("shared", { watched: false });
  const change = async (payload: object) => {
    const reply = await api.inject({ method: "PATCH", url: "/api/v1/portals/shared", headers, payload });
    return { status: reply.statusCode, body: reply.json() };
  };
  await runAndFail("shared");
  const { settingsVersion, updatedAt } = await portal("shared");
  expect(updatedAt).toBe(now.toISOString());
  expect(settingsVersion).toBe(added.settingsVersion);

  const theirs = await change({ configuration: { rateLimit: 900, maxPages: 3 }, settingsVersion });
  const ours = await change({ name: "Ours", settingsVersion });

  expect(theirs.status).toBe(200);
  expect([ours.status, ours.body.error.code]).toEqual([409, "portal_changed"]);
  expect(await portal("shared")).toMatchObject({ name: added.name, settingsVersion: theirs.body.settingsVersion });
  expect((await change({ name: "Ours", settingsVersion: theirs.body.settingsVersion })).status).toBe(200);
  expect((await change({ name: "Whoever comes last" })).body.name).toBe("Whoever comes last");
});
