import { randomBytes } from "node:crypto";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decompress, Overflow } from "./decompress.ts";
import { ProxyPool } from "./proxy-pool.ts";
import { redirectTarget } from "./redirect.ts";
import { parseRetryAfter, retryDelayMs } from "./retry.ts";
import { verdictOf } from "./robots.ts";
import { cleanHeaders } from "./wire-headers.ts";

const NOW = new Date("2026-03-01T12:00:00Z");
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("retrying", () => {
  it("waits longer each time, with jitter, and never less than the server asks", () => {
    const facts = { now: NOW, random: 0.5, maxRetryAfterMs: 30_000 };
    expect(retryDelayMs({ attempt: 1 }, facts)).toBe(375);
    expect(retryDelayMs({ attempt: 3 }, facts)).toBe(1_500);
    expect(retryDelayMs({ attempt: 1, retryAfter: "7" }, facts)).toBe(7_000);
    expect(retryDelayMs({ attempt: 1, retryAfter: "3600" }, facts)).toBeNull();
  });

  it("reads Retry-After as seconds or as a date, and nothing else", () => {
    expect(parseRetryAfter("12", NOW)).toBe(12_000);
    expect(parseRetryAfter("Sun, 01 Mar 2026 12:00:05 GMT", NOW)).toBe(5_000);
    expect(parseRetryAfter("Sun, 01 Mar 2026 11:00:00 GMT", NOW)).toBe(0);
    expect(parseRetryAfter("soon", NOW)).toBeNull();
    expect(parseRetryAfter("-5", NOW)).toBeNull();
  });
});

describe("robots.txt", () => {
  const url = "http://site.example/robots.txt";

  it("obeys the group for our name before the group for all", () => {
    const verdict = verdictOf(
      url,
      200,
      bytes("User-agent: *\nDisallow: /\n\nUser-agent: Gleaner\nDisallow: /private\nCrawl-delay: 2\n"),
    );
    expect(verdict.allows("http://site.example/list")).toBe(true);
    expect(verdict.allows("http://site.example/private/x")).toBe(false);
    expect(verdict.crawlDelayMs).toBe(2_000);
  });

  it("takes a missing file as leave, and a broken server as refusal", () => {
    expect(verdictOf(url, 404, bytes("")).allows("http://site.example/")).toBe(true);
    expect(verdictOf(url, 403, bytes("")).allows("http://site.example/")).toBe(true);
    expect(verdictOf(url, 503, bytes("")).allows("http://site.example/")).toBe(false);
  });
});

describe("redirects", () => {
  const hop = { url: new URL("http://a.example/x#part"), method: "POST" as const, body: "q=1", sameOrigin: true };

  it("turn a post into a get for 302 and 303, and keep it for 307", () => {
    expect(redirectTarget(hop, 302, "/y")).toMatchObject({ method: "GET", body: null, sameOrigin: true });
    expect(redirectTarget(hop, 303, "/y")).toMatchObject({ method: "GET" });
    expect(redirectTarget(hop, 307, "/y")).toMatchObject({ method: "POST", body: "q=1" });
  });

  it("note that the origin was left, and do not forget it on the way back", () => {
    const away = redirectTarget(hop, 302, "http://b.example/");
    expect(away?.sameOrigin).toBe(false);
    expect(away && redirectTarget(away, 302, "http://a.example/")?.sameOrigin).toBe(false);
  });

  it("read a location that is UTF-8 in disguise", () => {
    const latin1 = Buffer.from("/größe").toString("latin1");
    expect(redirectTarget(hop, 301, latin1)?.url.pathname).toBe("/gr%C3%B6%C3%9Fe");
  });

  it("are none without a location or with another status", () => {
    expect(redirectTarget(hop, 302, undefined)).toBeNull();
    expect(redirectTarget(hop, 200, "/y")).toBeNull();
    expect(redirectTarget(hop, 304, "/y")).toBeNull();
  });
});

describe("decompression", () => {
  it("stops a bomb at the limit, also below the size for threads", async () => {
    const small = gzipSync(Buffer.alloc(1_000_000));
    const large = gzipSync(Buffer.alloc(40_000_000));
    expect(small.byteLength).toBeLessThan(16 * 1024);
    await expect(decompress(small, "gzip", 10_000)).rejects.toBeInstanceOf(Overflow);
    await expect(decompress(large, "gzip", 10_000)).rejects.toBeInstanceOf(Overflow);
  });

  it("undoes several layers and leaves unknown ones alone", async () => {
    const twice = gzipSync(gzipSync("hello"));
    expect(Buffer.from(await decompress(twice, "gzip, x-gzip", 1_000)).toString()).toBe("hello");
    expect(Buffer.from(await decompress(bytes("hello"), "identity", 1_000)).toString()).toBe("hello");
  });

  it("reads a stream whose trailer is missing", async () => {
    const cut = gzipSync("hello world").subarray(0, -8);
    expect(Buffer.from(await decompress(cut, "gzip", 1_000)).toString()).toBe("hello world");
    const noisy = randomBytes(40_000);
    const large = await decompress(gzipSync(noisy).subarray(0, -8), "gzip", 100_000);
    expect(Buffer.from(large).equals(noisy)).toBe(true);
  });

  it.each([
    ["gzip", gzipSync(randomBytes(2_000))],
    ["gzip", gzipSync(randomBytes(40_000))],
    ["deflate", deflateSync(randomBytes(2_000))],
    ["deflate", deflateRawSync(randomBytes(2_000))],
    ["br", brotliCompressSync(randomBytes(2_000))],
  ])("refuses a %s stream that was cut in the middle", async (encoding, whole) => {
    await expect(decompress(whole.subarray(0, whole.length / 2), encoding, 100_000)).rejects.toThrow(/unexpected end/);
  });
});

describe("a proxy pool", () => {
  const A = "http://a.example:3128/";
  const B = "http://user:secret@b.example:3128/";

  it("takes turns, and keeps one proxy per key", () => {
    const pool = new ProxyPool({ proxies: [A, B], clock: () => NOW });
    expect([pool.pick(), pool.pick(), pool.pick()]).toEqual([A, B, A]);
    const kept = pool.pick("portal-1");
    expect([pool.pick("portal-1"), pool.pick("portal-1")]).toEqual([kept, kept]);
  });

  it("rests a failing proxy longer each time, and takes it back after an answer", () => {
    let now = NOW;
    const pool = new ProxyPool({ proxies: [A, B], clock: () => now, restMs: 1_000 });
    pool.report(A, false);
    expect([pool.pick(), pool.pick()]).toEqual([B, B]);
    now = new Date(NOW.getTime() + 1_001);
    expect(pool.pick()).toBe(A);
    pool.report(A, false);
    now = new Date(now.getTime() + 1_500);
    expect(pool.pick()).toBe(B);
    pool.report(A, true);
    expect(pool.status()).toMatchObject([
      { address: A, healthy: true, failuresInARow: 0 },
      { address: "http://b.example:3128/", healthy: true },
    ]);
  });

  it("moves a key to another proxy when its own fails", () => {
    const pool = new ProxyPool({ proxies: [A, B], clock: () => NOW });
    expect(pool.pick("k")).toBe(A);
    pool.report(A, false);
    expect(pool.pick("k")).toBe(B);
  });

  it("refuses an address that is no proxy without showing its password", () => {
    expect(() => new ProxyPool({ proxies: ["ftp://u:hunter2@x/"], clock: () => NOW })).toThrow(
      /^(?!.*hunter2).*not an http/,
    );
  });
});

it("response headers lose control characters and cookies", () => {
  expect(cleanHeaders({ "x-a": "one\r\ntwo\u0000", "set-cookie": ["a=1"], etag: '"x"', via: ["a", "b"] })).toEqual({
    "x-a": "one two ",
    etag: '"x"',
    via: "a, b",
  });
});
