const TOLERANCE_SECONDS = 300;

/** What a request has to show, as Gleaner sends it. */
export interface SignedCallback {
  /** As it was received, before any parsing. */
  readonly body: string;
  /** `X-Gleaner-Timestamp`: seconds since 1970. */
  readonly timestamp: string | null;
  /** `X-Gleaner-Signature`: `sha256=` and the HMAC-SHA256 of `${timestamp}.${body}` in hex. */
  readonly signature: string | null;
}

/** Whether whoever sent it knows the secret, and sent it within five minutes. Web Crypto: this runs in Convex's own runtime. */
export async function isSigned(
  { body, timestamp, signature }: SignedCallback,
  secret: string,
  now: number,
): Promise<boolean> {
  if (timestamp === null || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false;
  const given = /^sha256=([0-9a-f]{64})$/.exec(signature ?? "")?.[1];
  if (given === undefined) return false;
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", encoder.encode(secret), algorithm, false, ["verify"]);
  // `verify` compares in constant time.
  return crypto.subtle.verify("HMAC", key, bytesOf(given), encoder.encode(`${timestamp}.${body}`));
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
