import { ProviderFailed } from "../errors.ts";

export interface RetryPolicy {
  readonly maxRetries: number;
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
  readonly multiplier: number;
}

/** Section 9.2 of the procurement document. */
export const DEFAULT_RETRY: RetryPolicy = { maxRetries: 3, initialDelayMs: 1000, maxDelayMs: 30_000, multiplier: 2 };

/**
 * How long to wait before the next try, in milliseconds; null if there is none. A server that asks for more patience than
 * `maxDelayMs` is not waited for. `random` (0 to 1) spreads callers over the second half of the delay.
 */
export function delayBefore(failed: number, error: unknown, policy: RetryPolicy, random: number): number | null {
  if (!(error instanceof ProviderFailed) || failed > policy.maxRetries) return null;
  const backoff = Math.min(policy.initialDelayMs * policy.multiplier ** (failed - 1), policy.maxDelayMs);
  const asked = error.retryAfterMs;
  if (asked !== null) return asked > policy.maxDelayMs ? null : Math.max(asked, backoff / 2);
  return backoff * (0.5 + random / 2);
}
