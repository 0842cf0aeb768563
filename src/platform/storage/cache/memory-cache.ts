import { systemClock, type Clock } from "#kernel";
import type { Cache } from "./cache.ts";

const ENTRIES = 10_000;

/** The entries used last, in this process. */
export class MemoryCache implements Cache {
  readonly #clock: Clock;
  readonly #maxEntries: number;
  /** A Map keeps the order of insertion: the first is the one not used for longest. */
  readonly #entries = new Map<string, { value: string; expiresAt: number }>();

  constructor({ clock = systemClock, maxEntries = ENTRIES }: { clock?: Clock; maxEntries?: number } = {}) {
    this.#clock = clock;
    this.#maxEntries = maxEntries;
  }

  async get(key: string): Promise<string | null> {
    const entry = this.#entries.get(key);
    if (!entry) return null;
    this.#entries.delete(key);
    if (entry.expiresAt <= this.#clock().getTime()) return null;
    this.#entries.set(key, entry);
    return entry.value;
  }

  async set(key: string, value: string, { ttlMs }: { ttlMs: number }): Promise<void> {
    this.#entries.delete(key);
    this.#entries.set(key, { value, expiresAt: this.#clock().getTime() + ttlMs });
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#maxEntries && oldest !== undefined) this.#entries.delete(oldest);
  }

  async delete(key: string): Promise<void> {
    this.#entries.delete(key);
  }

  async close(): Promise<void> {
    this.#entries.clear();
  }
}
