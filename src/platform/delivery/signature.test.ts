import { expect, test } from "vitest";
import { backoffMs, DEFAULT_BACKOFF } from "./delivery.ts";
import { sign, verifySignature } from "./signature.ts";

const NOW = new Date("2026-01-01T12:00:00Z");
const seconds = NOW.getTime() / 1000;
const signed = {
  secret: "shh",
  body: '{"a":1}',
  timestamp: String(seconds),
  signature: sign("shh", seconds, '{"a":1}'),
};

test("the signature is the HMAC-SHA256 of timestamp, dot and body", () => {
  // From: printf '1767268800.{"a":1}' | openssl dgst -sha256 -hmac shh
  expect(signed.signature).toBe("sha256=c95423860c3908e134a2c463581b48e7e6ea055355e322141c1a6bcaf6980348");
});

test("a fresh, unaltered request is genuine", () => {
  expect(verifySignature({ ...signed, now: NOW })).toEqual({ ok: true });
});

test.each([
  ["another secret", { secret: "other" }, "mismatch"],
  ["another body", { body: '{"a":2}' }, "mismatch"],
  ["another time", { timestamp: String(seconds + 1) }, "mismatch"],
  ["a short signature", { signature: "sha256=00" }, "mismatch"],
  ["no signature", { signature: undefined }, "unsigned"],
  ["a time that is none", { timestamp: "yesterday" }, "unsigned"],
])("a request with %s is not", (_what, change, reason) => {
  expect(verifySignature({ ...signed, ...change, now: NOW })).toEqual({ ok: false, reason });
});

test("an old request sent again is stale", () => {
  expect(verifySignature({ ...signed, now: new Date(NOW.getTime() + 301_000) })).toEqual({
    ok: false,
    reason: "stale",
  });
});

test("the pauses between attempts double from a second to an hour", () => {
  const pauses = Array.from({ length: 15 }, (_, n) => backoffMs(n + 1, DEFAULT_BACKOFF, 1) / 1000);

  expect(pauses.slice(0, 4)).toEqual([1, 2, 4, 8]);
  expect(pauses.slice(-3)).toEqual([3600, 3600, 3600]);
});
