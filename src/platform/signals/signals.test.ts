import { afterAll, describe, expect, test } from "vitest";
import { systemClock, type JsonValue } from "#kernel";
import { openDatabase } from "#platform/storage";
import { useOpenTestDatabase } from "#platform/storage/testing";
import { MemorySignals } from "./memory-signals.ts";
import { openSignals } from "./open-signals.ts";
import { PostgresSignals } from "./postgres-signals.ts";
import { RedisSignals } from "./redis-signals.ts";
import type { Signals } from "./signals.ts";

const database = await useOpenTestDatabase();
const redisUrl = process.env["GLEANER_TEST_REDIS_URL"];

/** Two ends, as two processes would have them; in memory there is but one. */
type Ends = { here: Signals; there: Signals };
const memory = new MemorySignals();
const postgres = () => new PostgresSignals({ database, clock: systemClock });
const backends: [name: string, ends: Ends][] = [
  ["memory", { here: memory, there: memory }],
  ["PostgreSQL", { here: postgres(), there: postgres() }],
];
if (redisUrl) {
  backends.push(["Redis", { here: new RedisSignals({ url: redisUrl }), there: new RedisSignals({ url: redisUrl }) }]);
}

describe.each(backends)("signals through %s", (_name, { here, there }) => {
  afterAll(() => Promise.all([here.close(), there.close()]));

  async function hear(topic: string) {
    const heard: JsonValue[] = [];
    const stop = await there.subscribe(topic, (payload) => heard.push(payload));
    return { heard, stop };
  }

  test("reach every listener of their topic, and no other", async () => {
    const [one, two, other] = [await hear("news"), await hear("news"), await hear("sports")];

    await here.publish("news", { n: 1, text: "ü" });

    await expect.poll(() => [one.heard, two.heard]).toEqual([[{ n: 1, text: "ü" }], [{ n: 1, text: "ü" }]]);
    expect(other.heard).toEqual([]);
    await Promise.all([one.stop(), two.stop(), other.stop()]);
  });

  test("arrive in the order they were sent", async () => {
    const { heard, stop } = await hear("order");
    const numbers = Array.from({ length: 50 }, (_, n) => n);

    for (const n of numbers) await here.publish("order", n);

    await expect.poll(() => heard.length).toBe(50);
    expect(heard).toEqual(numbers);
    await stop();
  });

  test("may be long", async () => {
    const { heard, stop } = await hear("frames");
    const frame = "é".repeat(200_000);

    await here.publish("frames", { frame });

    await expect.poll(() => heard, { timeout: 5_000 }).toEqual([{ frame }]);
    await stop();
  });

  test("are heard no more after stopping", async () => {
    const first = await hear("stopped");
    await first.stop();
    const second = await hear("stopped");

    await here.publish("stopped", 1);

    await expect.poll(() => second.heard).toEqual([1]);
    expect(first.heard).toEqual([]);
    await second.stop();
  });

  test("reach the others when one listener throws", async () => {
    const stopBad = await there.subscribe("bad", () => {
      throw new Error("bad listener");
    });
    const { heard, stop } = await hear("bad");

    await here.publish("bad", null);

    await expect.poll(() => heard).toEqual([null]);
    await stopBad();
    await stop();
  });
});

test("long payloads are swept away after a while", async () => {
  let now = new Date("2026-01-01T12:00:00Z");
  const signals = new PostgresSignals({ database, clock: () => now });
  await signals.publish("topic", "x".repeat(10_000));
  now = new Date(now.getTime() + 11 * 60_000);

  await signals.publish("topic", "y".repeat(10_000));

  const rows = await database.db.selectFrom("signal_payload").select("payload").execute();
  expect(rows).toEqual([{ payload: JSON.stringify("y".repeat(10_000)) }]);
  await signals.close();
});

test("the embedded database needs no server for its signals", async () => {
  const embedded = await openDatabase({ memory: true });

  expect(openSignals({ database: embedded })).toBeInstanceOf(MemorySignals);
  await embedded.close();
}, 60_000);
