import { Redis } from "ioredis";
import type { Cache } from "./cache.ts";

const CONNECT_TIMEOUT_MS = 10_000;

export interface RedisCacheOptions {
  url: string;
  /** Before every key, so that several programs can share a server. */
  prefix?: string;
  onError?: (error: unknown) => void;
}

/** Entries that all processes share. While the server is away, everything misses. */
export class RedisCache implements Cache {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #onError: (error: unknown) => void;

  constructor({ url, prefix = "gleaner:cache:", onError = () => undefined }: RedisCacheOptions) {
    this.#prefix = prefix;
    this.#onError = onError;
    this.#redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      commandTimeout: 2_000,
      maxRetriesPerRequest: 1,
      retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
    });
    this.#redis.on("error", onError);
  }

  get(key: string): Promise<string | null> {
    return this.#orNull(() => this.#redis.get(this.#prefix + key));
  }

  async set(key: string, value: string, { ttlMs }: { ttlMs: number }): Promise<void> {
    if (ttlMs < 1) return this.delete(key);
    await this.#orNull(() => this.#redis.set(this.#prefix + key, value, "PX", Math.ceil(ttlMs)));
  }

  async delete(key: string): Promise<void> {
    await this.#orNull(() => this.#redis.del(this.#prefix + key));
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }

  async #orNull<Result>(ask: () => Promise<Result>): Promise<Result | null> {
    try {
      return await ask();
    } catch (error) {
      this.#onError(error);
      return null;
    }
  }
}
