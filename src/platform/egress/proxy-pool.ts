import type { Clock } from "#kernel";
import { BadUrl, withoutSecrets } from "./errors.ts";

export interface ProxyPoolOptions {
  /** http or https addresses; user name and password allowed. */
  proxies: readonly string[];
  clock: Clock;
  /** How long a proxy rests after it failed; doubles with each further failure, up to 30 minutes. Default 30,000. */
  restMs?: number;
}

export interface ProxyStatus {
  /** Without user name and password. */
  address: string;
  healthy: boolean;
  failuresInARow: number;
  used: number;
}

interface Entry {
  url: string;
  failuresInARow: number;
  restsUntil: number;
  used: number;
}

const MAX_REST_MS = 30 * 60_000;
const MAX_KEYS = 10_000;

/** Proxies by turns. One key keeps its proxy as long as that is healthy; a failing one rests. */
export class ProxyPool {
  readonly #entries: Entry[];
  readonly #clock: Clock;
  readonly #restMs: number;
  readonly #byKey = new Map<string, Entry>();
  #turn = 0;

  constructor({ proxies, clock, restMs = 30_000 }: ProxyPoolOptions) {
    this.#entries = proxies.map((url) => ({ url: checked(url), failuresInARow: 0, restsUntil: 0, used: 0 }));
    this.#clock = clock;
    this.#restMs = restMs;
  }

  /** The proxy to use, or null when the pool is empty. When all rest, the one that rests least longer is given. */
  pick(key?: string): string | null {
    const now = this.#clock().getTime();
    const kept = key === undefined ? undefined : this.#byKey.get(key);
    const entry = kept && kept.restsUntil <= now ? kept : this.#next(now);
    if (!entry) return null;
    if (key !== undefined) this.#keep(key, entry);
    entry.used += 1;
    return entry.url;
  }

  /** Tells how a request through the proxy went. Answers of the target, also error pages, count as success. */
  report(url: string, succeeded: boolean): void {
    const entry = this.#entries.find((each) => each.url === url);
    if (!entry) return;
    entry.failuresInARow = succeeded ? 0 : entry.failuresInARow + 1;
    const restMs = Math.min(MAX_REST_MS, this.#restMs * 2 ** Math.min(16, entry.failuresInARow - 1));
    entry.restsUntil = succeeded ? 0 : this.#clock().getTime() + restMs;
  }

  status(): ProxyStatus[] {
    const now = this.#clock().getTime();
    return this.#entries.map(({ url, failuresInARow, restsUntil, used }) => ({
      address: withoutSecrets(url),
      healthy: restsUntil <= now,
      failuresInARow,
      used,
    }));
  }

  #next(now: number): Entry | undefined {
    const count = this.#entries.length;
    for (let step = 0; step < count; step += 1) {
      const entry = this.#entries[(this.#turn + step) % count];
      if (!entry || entry.restsUntil > now) continue;
      this.#turn = (this.#turn + step + 1) % count;
      return entry;
    }
    return this.#entries.toSorted((a, b) => a.restsUntil - b.restsUntil)[0];
  }

  #keep(key: string, entry: Entry): void {
    this.#byKey.delete(key);
    this.#byKey.set(key, entry);
    if (this.#byKey.size > MAX_KEYS) this.#byKey.delete(this.#byKey.keys().next().value ?? "");
  }
}

function checked(proxy: string): string {
  const url = URL.parse(proxy);
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new BadUrl(proxy, `The proxy "${withoutSecrets(proxy)}" is not an http or https address`);
  }
  return url.href;
}
