import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#kernel";
import { startListSite } from "./list-site.ts";
import { openTestApi } from "./open-test-api.ts";

const DAY_MS = 86_400_000;
let now = new Date("2026-01-05T08:00:00Z");
const site = await startListSite();
const opened = await openTestApi({ allowHosts: [site.host], clock: () => now });
const { api, portals, artifacts, harvester, audit, outbox, database, pictureFolder, as } = opened;
const headers = as("admin");
let forgotten = "";
afterAll(() => site.close());

async function runJob(jobId: string): Promise<void> {
  const configuration = {};
  await portals.desk.submit({ jobId, url: site.url, portalId: "town", configuration });
  await portals.runner.run(jobId, new AbortController().signal);
}

async function cleanUp(payload: object) {
  return (await api.inject({ method: "POST", url: "/api/v1/maintenance/clean-up", headers, payload })).json();
}

beforeAll(async () => {
  for (let day = 1; day <= 8; day += 1) {
    await runJob(`job-${day}`);
    now = new Date(now.getTime() + DAY_MS);
  }
  const page = { mediaType: "text/html", kind: "page" as const };
  forgotten = (await artifacts.put(new TextEncoder().encode("nobody points here"), page)).sha256;
  await outbox.enqueue({ kind: "webhook", url: "https://example.org/", body: {}, idempotencyKey: "waits" });
  now = new Date(now.getTime() + 40 * DAY_MS);
});

test("a dry run counts and removes nothing", async () => {
  const report = await cleanUp({ dryRun: true });

  expect(report).toMatchObject({ dryRun: true, days: 30, jobs: 7, artifacts: 1 });
  expect(await portals.desk.list({ limit: 50 })).toHaveLength(8);
  expect(await artifacts.has(forgotten)).toBe(true);
});

test("what is not old yet stays", async () => {
  expect(await cleanUp({ days: 90 })).toMatchObject({ jobs: 0, runs: 0, artifacts: 0 });
});

test("old jobs go with their history; the newest job and the latest runs of a list stay", async () => {
  const report = await cleanUp({});

  expect(report).toMatchObject({ dryRun: false, jobs: 7, runs: 3, callbacks: 0, artifacts: 1 });
  expect((await portals.desk.list({ limit: 50 })).map(({ id }) => id)).toEqual(["job-8"]);
  expect(await harvester.runs.list()).toHaveLength(5);
  expect(await database.db.selectFrom("scrape_job_event").select("job_id").distinct().execute()).toEqual([
    { job_id: "job-8" },
  ]);
  expect(await database.db.selectFrom("delivery").selectAll().execute()).toHaveLength(1);
});

test("opportunities stay, and so do the stored bytes that prove them, also when every run has gone", async () => {
  await database.db.deleteFrom("harvest_run").execute();
  await database.db.deleteFrom("known_page").execute();
  await cleanUp({ days: 1 });
  const { items } = (await api.inject({ url: "/api/v1/opportunities?limit=500", headers })).json();
  const detail = await api.inject({ url: `/api/v1/opportunities/${items[0].id}`, headers });
  const places = Object.values<{ artifact: string }[]>(detail.json().evidence).flat();

  expect(items).toHaveLength(24);
  expect(places).toHaveLength(4);
  for (const { artifact } of places) expect(await artifacts.has(artifact)).toBe(true);
  expect(await artifacts.has(forgotten)).toBe(false);
});

test("the history of a job that is kept cannot be removed", async () => {
  const removing = database.db.deleteFrom("scrape_job_event").where("job_id", "=", "job-8").execute();

  await expect(removing).rejects.toThrow(/only grows/);
});

test("a clean-up is on record with what it removed, a dry run is not", async () => {
  const entries = (await audit.list()).filter(({ action }) => action === "retention.cleaned-up");

  expect(entries.map(({ details }) => details["jobs"])).toEqual([0, 7, 0]);
});

test("old questions to models go, but for those of jobs that are kept; copies of pictures go, and nothing else beside them", async () => {
  const at = new Date(now.getTime() - 35 * DAY_MS);
  const line = {
    purpose: "test",
    provider: "p",
    model: "m",
    question_hash: "0".repeat(64),
    outcome: "answered",
    pictures: 0,
    held_tokens: 0,
    held_microusd: 0,
    at,
  } as const;
  const ask = (id: string, job_id: string | null) => ({ ...line, id, job_id });
  const [gone, kept, free] = [newId(), newId(), newId()];
  await database.db
    .insertInto("llm_call")
    .values([ask(gone, "no longer there"), ask(kept, "job-8"), ask(free, null)])
    .execute();
  await mkdir(pictureFolder, { recursive: true });
  const old = "2025-01-01T08-00-00-000Z-portal.example-0123456789ab.jpg";
  const recent = `${now.toISOString().replace(/[:.]/g, "-")}-portal.example-0123456789ab.jpg`;
  for (const name of [old, recent, "holiday.jpg"]) await writeFile(join(pictureFolder, name), "x");

  const counted = await cleanUp({ dryRun: true });
  const there = await readdir(pictureFolder);
  const removed = await cleanUp({ days: 30 });

  expect(counted).toMatchObject({ modelCalls: 2, pictures: 1 });
  expect(there).toHaveLength(3);
  expect(removed).toMatchObject({ modelCalls: 2, pictures: 1 });
  expect(await database.db.selectFrom("llm_call").select("id").execute()).toEqual([{ id: kept }]);
  expect((await readdir(pictureFolder)).sort()).toEqual([recent, "holiday.jpg"].sort());
});

test("only admins clean up or change keys", async () => {
  for (const action of ["clean-up", "rotate-seal"]) {
    const url = `/api/v1/maintenance/${action}`;
    const reply = await api.inject({ method: "POST", url, headers: as("operator"), payload: {} });
    expect(reply.statusCode).toBe(403);
  }
});
