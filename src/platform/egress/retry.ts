/** Answers that often differ a moment later. */
const PASSING_STATUS = new Set([429, 502, 503, 504]);

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 20_000;

export interface Failure {
  /** Counted from 1. */
  attempt: number;
  status?: number;
  retryAfter?: string | undefined;
}

export function isPassingStatus(status: number): boolean {
  return PASSING_STATUS.has(status);
}

/**
 * How long to wait before the next try, or null when the server asks for more patience than `maxRetryAfterMs`.
 * Exponential with full jitter (the upper half, so that a retry is never immediate); `random` is in [0, 1).
 */
export function retryDelayMs(
  { attempt, retryAfter }: Failure,
  { now, random, maxRetryAfterMs }: { now: Date; random: number; maxRetryAfterMs: number },
): number | null {
  const asked = retryAfter === undefined ? null : parseRetryAfter(retryAfter, now);
  if (asked !== null && asked > maxRetryAfterMs) return null;
  const ceiling = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempt - 1));
  return Math.max(asked ?? 0, Math.round(ceiling * (0.5 + random / 2)));
}

/** `Retry-After` in milliseconds from `now`: seconds or an HTTP date (RFC 9110, 10.2.3). Null when it is neither. */
export function parseRetryAfter(value: string, now: Date): number | null {
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = /\d{2}:\d{2}:\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}
