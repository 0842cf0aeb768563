import { CompiledQuery, sql, type KyselyPlugin, type RootOperationNode } from "kysely";
import { expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import { DeliveryStore } from "./delivery-store.ts";

const db = await useTestDatabase();
const asked: RootOperationNode[] = [];
const listening: KyselyPlugin = {
  transformQuery: ({ node }) => (asked.push(node), node),
  transformResult: ({ result }) => Promise.resolve(result),
};
const store = new DeliveryStore(db.withPlugin(listening));
const NEWEST = new Date("2026-06-01T00:00:00Z");

/** One message a minute, the newest first: every fiftieth is dead, every hundredth waits. */
async function fill(count: number): Promise<void> {
  await sql`
    insert into delivery (id, kind, url, destination, body, idempotency_key, state, next_attempt_at, created_at, delivered_at, died_at)
    select gen_random_uuid(), 'webhook', 'https://a.example/', 'https://a.example', '{}', 'k' || n, state, at, at,
      case state when 'delivered' then at end, case state when 'dead' then at end
    from (
      select n, ${NEWEST.toISOString()}::timestamptz - n * interval '1 minute' as at,
        case when n % 100 = 0 then 'pending' when n % 50 = 0 then 'dead' else 'delivered' end as state
      from generate_series(0, ${count - 1}::int) n
    ) message`.execute(db);
  await sql`analyze delivery`.execute(db);
}

async function planOfLast(): Promise<string> {
  const node = asked.at(-1);
  if (!node) throw new Error("Nothing was asked.");
  const { sql: text, parameters } = db.getExecutor().compileQuery(node, { queryId: "last" });
  const { rows } = await db.executeQuery<object>(CompiledQuery.raw(`explain ${text}`, [...parameters]));
  return rows.flatMap((row) => Object.values(row)).join("\n");
}

test("the last end is the latest of what arrived and what was given up, and is found without reading the rest", async () => {
  expect(await store.lastEnd()).toBeNull();
  await fill(4_000);

  // The newest waits, so the one before it was the last to end.
  expect(await store.lastEnd()).toEqual(new Date(NEWEST.getTime() - 60_000));
  const plan = await planOfLast();
  expect(plan).toMatch(/delivery_arrived[^]*delivery_dead/);
  expect(plan).not.toContain("Seq Scan");
});

test("what ended long ago is counted and removed by its index, and what waits stays", async () => {
  await fill(4_000);
  const before = new Date(NEWEST.getTime() - 3_900 * 60_000);

  // The minutes 3901 to 3999; the one that waits at 3900 is not among them.
  expect(await store.countEnded(before)).toBe(99);
  expect(await planOfLast()).toContain("delivery_arrived");
  expect(await store.removeEnded(before)).toBe(99);
  expect(await store.countEnded(before)).toBe(0);
  const { rows } = await sql<{ waiting: string }>`
    select count(*) as waiting from delivery where state = 'pending'`.execute(db);
  expect(Number(rows[0]?.waiting)).toBe(40);
});
