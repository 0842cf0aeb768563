import { createHmac, timingSafeEqual } from "node:crypto";

export const TIMESTAMP_HEADER = "X-Gleaner-Timestamp";
export const SIGNATURE_HEADER = "X-Gleaner-Signature";
export const DELIVERY_HEADER = "X-Gleaner-Delivery";

const TOLERANCE_SECONDS = 300;

/** `sha256=` and the HMAC-SHA256 of `${timestamp}.${body}` in hex. `timestamp` is in seconds since 1970. */
export function sign(secret: string, timestamp: number, body: string): string {
  return `sha256=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}

export interface SignedRequest {
  secret: string;
  /** The body as it was received, before any parsing. */
  body: string;
  /** `X-Gleaner-Timestamp` and `X-Gleaner-Signature`; undefined where the request has none. */
  timestamp: string | undefined;
  signature: string | undefined;
  now: Date;
  /** How far the clocks may be apart. 300 by default. */
  toleranceSeconds?: number;
}

export type Verification = { ok: true } | { ok: false; reason: "unsigned" | "stale" | "mismatch" };

/**
 * For receivers: whether a request comes from whoever knows the secret, and is not an old one sent again. Within the
 * tolerance a request can still be repeated: remember `X-Gleaner-Delivery` for that long and drop what came before.
 */
export function verifySignature(request: SignedRequest): Verification {
  const { secret, body, timestamp, signature, now, toleranceSeconds = TOLERANCE_SECONDS } = request;
  if (!timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return { ok: false, reason: "unsigned" };
  const expected = Buffer.from(sign(secret, Number(timestamp), body));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { ok: false, reason: "mismatch" };
  const apartSeconds = Math.abs(now.getTime() / 1000 - Number(timestamp));
  return apartSeconds <= toleranceSeconds ? { ok: true } : { ok: false, reason: "stale" };
}
