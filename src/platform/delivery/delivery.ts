/** One message on its way out. `pending → delivered`, or `pending → dead` after the last attempt; `dead → pending` on demand. */
export interface Delivery {
  readonly id: string;
  readonly kind: "webhook" | "email";
  readonly url: string;
  readonly destination: string;
  readonly body: string;
  /** Sealed. */
  readonly secrets: string | null;
  readonly idempotencyKey: string;
  readonly state: "pending" | "delivered" | "dead";
  readonly attempts: number;
  readonly nextAttemptAt: Date;
  /** A code of ours; never what the other side said. */
  readonly lastError: string | null;
  readonly lastStatus: number | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
  readonly diedAt: Date | null;
}

/** What an attempt brought. `status` is null when there was no answer. */
export type Attempt =
  | { ok: true; status: number }
  | { ok: false; status: number | null; error: string; retryAfterMs?: number; isFinal?: boolean };

export interface BackoffOptions {
  firstMs: number;
  longestMs: number;
  maxAttempts: number;
}

/** Sixteen attempts within about five hours. */
export const DEFAULT_BACKOFF: BackoffOptions = { firstMs: 1_000, longestMs: 3_600_000, maxAttempts: 16 };

/** Doubles with every attempt; `random` (0 to 1) spreads it over its upper half, so that waiting messages do not come all at once. */
export function backoffMs(attempts: number, { firstMs, longestMs }: BackoffOptions, random: number): number {
  const full = Math.min(longestMs, firstMs * 2 ** Math.min(attempts - 1, 30));
  return Math.round(full * (0.5 + random / 2));
}

export interface AttemptSettings {
  readonly now: Date;
  readonly backoff: BackoffOptions;
  readonly random: number;
  /** Until when the destination is left alone; null when it is not. */
  readonly pausedUntil: Date | null;
}

/** The delivery after an attempt. */
export function afterAttempt(
  delivery: Delivery,
  attempt: Attempt,
  { now, backoff, random, pausedUntil }: AttemptSettings,
): Delivery {
  const attempts = delivery.attempts + 1;
  const tried = { ...delivery, attempts, lastStatus: attempt.status };
  if (attempt.ok) return { ...tried, state: "delivered", lastError: null, deliveredAt: now };
  const failed = { ...tried, lastError: attempt.error };
  if (attempt.isFinal || attempts >= backoff.maxAttempts) return { ...failed, state: "dead", diedAt: now };
  const asked = Math.min(attempt.retryAfterMs ?? 0, backoff.longestMs);
  const waitMs = Math.max(asked, backoffMs(attempts, backoff, random));
  return { ...failed, nextAttemptAt: new Date(Math.max(now.getTime() + waitMs, pausedUntil?.getTime() ?? 0)) };
}

/** Tries once more from the beginning: the same message with the same id, so the receiver can tell. */
export function revive(delivery: Delivery, now: Date): Delivery {
  return { ...delivery, state: "pending", attempts: 0, nextAttemptAt: now, diedAt: null };
}
