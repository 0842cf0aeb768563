import { Secret, TOTP, URI } from "otpauth";
import { waitFor, type Clock } from "#kernel";
import { BadOneTimeSecret } from "../errors.ts";

/** A code that runs out while it is typed is no use. */
const LEAST_LEFT_MS = 3_000;
/** Clocks differ by less without harm: a `Date` header has whole seconds, and answers take time. */
const HARMLESS_MS = 3_000;

/**
 * The secret behind a portal's one-time codes (RFC 6238), as an authenticator app would be told it: an `otpauth://totp` address,
 * or the Base32 text that stands beside the picture. Gives it back as an address. @throws BadOneTimeSecret
 */
export function readOneTimeSecret(written: string): string {
  const text = written.trim();
  try {
    const isAddress = /^otpauth:/i.test(text);
    const read = isAddress
      ? URI.parse(text)
      : new TOTP({ secret: Secret.fromBase32(text.replace(/[\s-]/g, "").toUpperCase()) });
    if (!(read instanceof TOTP) || read.secret.bytes.byteLength < 5) throw new BadOneTimeSecret();
    // What apps show beside the code is of no use here.
    const { secret, algorithm, digits, period } = read;
    return new TOTP({ secret, algorithm, digits, period, label: "portal" }).toString();
  } catch {
    throw new BadOneTimeSecret();
  }
}

export interface CodeRequest {
  readonly secret: string;
  readonly clock: Clock;
  /** The portal's clock, where its last answer told it: then ours was `askedAt`. */
  readonly servedAt: Date | null;
  /** Takes a time step for this call alone; false when it, or a later one, was taken before. */
  readonly claim: (step: number) => Promise<boolean>;
  readonly signal: AbortSignal;
}

/**
 * A code that was never given out before: where the current time step was used, waits for the next. Follows the portal's clock by
 * one step at most, which is what RFC 6238 lets both sides differ by; a portal that claims more gets no code of another time.
 */
export async function oneTimeCode({ secret, clock, servedAt, claim, signal }: CodeRequest): Promise<string> {
  const totp = URI.parse(secret);
  if (!(totp instanceof TOTP)) throw new BadOneTimeSecret();
  const periodMs = totp.period * 1_000;
  const lag = servedAt === null ? 0 : servedAt.getTime() - clock().getTime();
  const shift = Math.abs(lag) <= HARMLESS_MS ? 0 : Math.max(-periodMs, Math.min(periodMs, lag));
  for (;;) {
    const timestamp = clock().getTime() + shift;
    const leftMs = periodMs - (timestamp % periodMs);
    const isShort = leftMs < Math.min(LEAST_LEFT_MS, periodMs / 2);
    if (!isShort && (await claim(Math.floor(timestamp / periodMs)))) return totp.generate({ timestamp });
    await waitFor(leftMs + 1, signal);
  }
}
