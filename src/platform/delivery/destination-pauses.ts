import { backoffMs, type BackoffOptions } from "./delivery.ts";

const PAUSE: BackoffOptions = { firstMs: 1_000, longestMs: 300_000, maxAttempts: Infinity };
const REMEMBERED = 1_000;

/**
 * Which servers are left alone for a while because they failed: a server that is down gets one knock at a time, not one for
 * every message that waits for it. Known to this process only; each worker learns it with its own first failure.
 */
export class DestinationPauses {
  readonly #pauses = new Map<string, { failures: number; until: number }>();

  until(destination: string, now: Date): Date | null {
    const until = this.#pauses.get(destination)?.until ?? 0;
    return until > now.getTime() ? new Date(until) : null;
  }

  failed(destination: string, now: Date, random: number): void {
    const failures = (this.#pauses.get(destination)?.failures ?? 0) + 1;
    this.#pauses.delete(destination);
    this.#pauses.set(destination, { failures, until: now.getTime() + backoffMs(failures, PAUSE, random) });
    const [oldest] = this.#pauses.keys();
    if (this.#pauses.size > REMEMBERED && oldest !== undefined) this.#pauses.delete(oldest);
  }

  answered(destination: string): void {
    this.#pauses.delete(destination);
  }
}
