import { afterAll, describe, expect, test } from "vitest";
import { newId } from "#kernel";
import type { Cache } from "./cache.ts";
import { MemoryCache } from "./memory-cache.ts";
import { RedisCache } from "./redis-cache.ts";

const redisUrl = process.env["GLEANER_TEST_REDIS_URL"];
const backends: [name: string, cache: Cache][] = [["memory", new MemoryCache()]];
if (redisUrl) backends.push(["Redis", new RedisCache({ url: redisUrl, prefix: `test:${newId()}:` })]);

describe.each(backends)("a cache in %s", (_name, cache) => {
  afterAll(() => cache.close());

  test("gives back what was set", async () => {
    await cache.set("key", "välue", { ttlMs: 60_000 });

    expect(await cache.get("key")).toBe("välue");
  });

  test("misses what was never set, or was deleted", async () => {
    await cache.set("gone", "value", { ttlMs: 60_000 });
    await cache.delete("gone");

    expect(await cache.get("gone")).toBeNull();
    expect(await cache.get("never")).toBeNull();
  });

  test("keeps the last value", async () => {
    await cache.set("twice", "one", { ttlMs: 60_000 });
    await cache.set("twice", "two", { ttlMs: 60_000 });

    expect(await cache.get("twice")).toBe("two");
  });

  test("forgets when the time is over", async () => {
    await cache.set("short", "value", { ttlMs: 0 });
    await cache.set("brief", "value", { ttlMs: 5 });

    await expect.poll(() => cache.get("brief")).toBeNull();
    expect(await cache.get("short")).toBeNull();
  });
});

test("a full memory cache forgets what was not used for longest", async () => {
  const cache = new MemoryCache({ maxEntries: 2 });
  await cache.set("a", "1", { ttlMs: 1_000 });
  await cache.set("b", "2", { ttlMs: 1_000 });
  await cache.get("a");
  await cache.set("c", "3", { ttlMs: 1_000 });

  expect([await cache.get("a"), await cache.get("b"), await cache.get("c")]).toEqual(["1", null, "3"]);
});

test("a Redis that is away is an empty cache", async () => {
  const errors: unknown[] = [];
  const cache = new RedisCache({ url: "redis://127.0.0.1:1", onError: (error) => errors.push(error) });

  await cache.set("key", "value", { ttlMs: 1_000 });

  expect(await cache.get("key")).toBeNull();
  expect(errors.length).toBeGreaterThan(0);
  await cache.close();
});
