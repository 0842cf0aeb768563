import type { Commit } from "./commit-store.ts";

const MOST_AT_ONCE = 128;

interface Waiting {
  readonly commit: Commit;
  readonly done: PromiseWithResolvers<void>;
}

/**
 * Group commit: while one transaction is on its way, everything that finishes waits and goes into the next one
 * together. A slow database makes larger groups instead of a longer queue.
 */
export class CommitGroup {
  readonly #write: (commits: readonly Commit[]) => Promise<void>;
  readonly #lingerMs: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #isHurried = false;
  #endLinger: (() => void) | null = null;

  /** With `lingerMs` a group waits for company: fewer transactions where many pages are under way at once. */
  constructor(write: (commits: readonly Commit[]) => Promise<void>, { lingerMs = 0 }: { lingerMs?: number } = {}) {
    this.#write = write;
    this.#lingerMs = lingerMs;
  }

  /** Resolves when it is durable. The order of calls is the order of commits. */
  add(commit: Commit): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ commit, done });
    this.#writing ??= this.#writeAll();
    if (this.#waiting.length >= MOST_AT_ONCE) this.#endLinger?.();
    return done.promise;
  }

  /** Somebody waits: the next group that is written does not linger. */
  hurry(): void {
    this.#isHurried = true;
    this.#endLinger?.();
  }

  /** Resolves when nothing is on its way. Failures are told to those who added. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #writeAll(): Promise<void> {
    // Those who finish in the same turn of the event loop belong to the same group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      if (this.#lingerMs > 0) await this.#linger(this.#lingerMs);
      this.#isHurried = false;
      const group = this.#waiting.splice(0, MOST_AT_ONCE);
      try {
        await this.#write(group.map(({ commit }) => commit));
        for (const { done } of group) done.resolve();
      } catch (error) {
        for (const { done } of group) done.reject(error);
      }
    }
    // In the same turn as the last look at the queue: whoever comes later starts a new round.
    this.#writing = null;
  }

  async #linger(ms: number): Promise<void> {
    if (this.#isHurried || this.#waiting.length >= MOST_AT_ONCE) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    this.#endLinger = resolve;
    await promise;
    clearTimeout(timer);
    this.#endLinger = null;
  }
}
