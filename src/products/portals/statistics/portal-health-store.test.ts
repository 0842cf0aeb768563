import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import { day } from "../opportunities/testing.ts";
import { PortalHealthStore } from "./portal-health-store.ts";

const db = await useTestDatabase();
const store = new PortalHealthStore(db);
const COMPLETENESS = {
  ...{ state: "incomplete", reason: "Page 3 did not answer.", pagesSeen: 2, pagesDeclared: 3, totalDeclared: 30 },
  ...{ found: 20, duplicates: 0, gaps: ["page 3"], stopped: "unreachable" },
};
const NEVER = day(-1000);

async function addPortal(id: string): Promise<void> {
  const times = { created_at: day(0), updated_at: day(0) };
  await db
    .insertInto("portal")
    .values({ id, name: id, url: "https://example.org", configuration: "{}", ...times })
    .execute();
}

interface EndedJob {
  at: Date;
  found: number;
  status?: "incomplete" | "failed";
}

async function addJob(portalId: string, { at, found, status = "incomplete" }: EndedJob): Promise<void> {
  const progress = { currentPage: 1, totalPages: null, opportunitiesFound: found, totalDeclared: null };
  const failure = { message: "Not there.", type: "network_error", code: "unreachable", recoverable: true };
  await db
    .insertInto("scrape_job")
    .values({
      ...{ id: randomUUID(), portal_id: portalId, request: "{}", request_hash: "a".repeat(64), status },
      ...{ attempt: 1, lost_workers: 0, progress: JSON.stringify({ ...progress, currentAction: null }) },
      completeness: status === "failed" ? null : JSON.stringify(COMPLETENESS),
      error: status === "failed" ? JSON.stringify(failure) : null,
      ...{ queued_at: at, started_at: at, finished_at: at, updated_at: at },
    })
    .execute();
}

async function ask(portalId: string, at: Date, microusd: number | null): Promise<void> {
  await db
    .insertInto("llm_call")
    .values({
      ...{ id: randomUUID(), at, portal_id: portalId, job_id: null, record_id: null, purpose: "learn" },
      ...{ provider: "x", model: "m", question_hash: "a".repeat(64), pictures: 0, outcome: "answered", error: null },
      ...{ input_tokens: 70, output_tokens: 30, microusd, held_tokens: 0, held_microusd: 0 },
    })
    .execute();
}

test("a portal without a job is told of too", async () => {
  await addPortal("quiet");

  expect(await store.read(NEVER)).toEqual([
    { portalId: "quiet", jobs: [], completeness: null, models: { questions: 0, tokens: 0, usd: 0 } },
  ]);
});

test("each portal has its own last jobs, however many others have, and what the last that could tell said", async () => {
  await addPortal("rare");
  await addPortal("busy");
  await addJob("rare", { at: day(0), found: 20 });
  await addJob("rare", { at: day(1), found: 0, status: "failed" });
  for (let count = 0; count < 20; count += 1) await addJob("busy", { at: day(2), found: count });
  const all = new Map((await store.read(NEVER)).map((health) => [health.portalId, health]));

  expect(all.get("rare")?.jobs.map(({ state, found }) => [state, found])).toEqual([
    ["failed", 0],
    ["incomplete", 20],
  ]);
  expect(all.get("rare")?.completeness).toEqual(COMPLETENESS);
  expect(all.get("busy")?.jobs.map(({ found }) => found)).toEqual(Array.from({ length: 14 }, (_, index) => 19 - index));
});

test("cost is that of the range, and unknown where one price is", async () => {
  for (const id of ["rare", "busy", "quiet"]) await addPortal(id);
  await ask("rare", day(0), 900_000);
  await ask("rare", day(5), 250_000);
  await ask("busy", day(5), null);
  const models = new Map((await store.read(day(3))).map((health) => [health.portalId, health.models]));

  expect(models.get("rare")).toEqual({ questions: 1, tokens: 100, usd: 0.25 });
  expect(models.get("busy")).toEqual({ questions: 1, tokens: 100, usd: null });
  expect(models.get("quiet")).toEqual({ questions: 0, tokens: 0, usd: 0 });
});
