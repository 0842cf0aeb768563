import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import { day, found, openOpportunities } from "../opportunities/testing.ts";
import { StatisticsStore } from "./statistics-store.ts";

const db = await useTestDatabase();
const { see } = openOpportunities(db);
const store = new StatisticsStore(db);
const NOW = day(6);
const CALL = {
  portal_id: "p",
  job_id: null,
  record_id: null,
  purpose: "learn",
  provider: "x",
  model: "m",
  error: null,
};

async function end(jobId: string, status: "completed" | "failed", at: Date, json: object): Promise<void> {
  const outcome = status === "failed" ? { error: JSON.stringify(json) } : { completeness: JSON.stringify(json) };
  await db
    .updateTable("scrape_job")
    .set({ status, finished_at: at, ...outcome })
    .where("id", "=", jobId)
    .execute();
}

async function ask(microusd: number | null): Promise<void> {
  const taken = {
    question_hash: "a".repeat(64),
    pictures: 0,
    held_tokens: 0,
    held_microusd: 0,
    input_tokens: 70,
    output_tokens: 30,
  };
  await db
    .insertInto("llm_call")
    .values({ ...CALL, ...taken, id: randomUUID(), at: NOW, outcome: "answered", microusd })
    .execute();
}

test("days without anything are counted as such", async () => {
  const { days, failures } = await store.read({ days: 7, now: NOW });

  expect(days.map(({ day }) => day)).toEqual(
    Array.from({ length: 7 }, (_, index) => `2026-01-${String(index + 5).padStart(2, "0")}`),
  );
  expect(days[0]).toMatchObject({ jobs: { completed: 0, failed: 0 }, models: { tokens: 0, usd: 0 } });
  expect(failures).toEqual([]);
});

test("jobs and what they found belong to the day they ended on", async () => {
  const first = await see(day(1), [found({ title: "Bridge" }), found({ title: "Harbour" })]);
  const second = await see(day(2), [found({ title: "Bridge" })]);
  const third = await see(day(3), []);
  await end(first, "completed", day(1), { state: "complete" });
  await end(second, "completed", day(2), { state: "unknown" });
  await end(third, "failed", day(3), { code: "http_status" });
  const { days, failures } = await store.read({ days: 7, now: NOW });
  const other = await store.read({ days: 7, now: NOW, portalId: "another" });

  expect(days[1]).toMatchObject({
    jobs: { completed: 1 },
    completeness: { complete: 1 },
    opportunities: { found: 2, new: 2 },
  });
  expect(days[2]).toMatchObject({ completeness: { complete: 0, unknown: 1 }, opportunities: { found: 1, new: 0 } });
  expect(days[3]?.jobs).toEqual({ completed: 0, incomplete: 0, failed: 1, cancelled: 0 });
  expect(failures).toEqual([{ code: "http_status", jobs: 1, byDay: [0, 0, 0, 1, 0, 0, 0] }]);
  expect(other.failures).toEqual([]);
  expect(other.days[1]?.opportunities).toEqual({ found: 0, new: 0 });
});

test("a day with an answer of unknown price has no cost, but its tokens", async () => {
  await ask(250_000);
  const known = (await store.read({ days: 7, now: NOW })).days.at(-1);
  await ask(null);
  const unknown = (await store.read({ days: 7, now: NOW })).days.at(-1);

  expect(known?.models).toEqual({ tokens: 100, usd: 0.25 });
  expect(unknown?.models).toEqual({ tokens: 200, usd: null });
});
