import type { GuardedClient } from "#platform/egress";
import type { BrowserPool, BrowserSession } from "#engines/browser";
import type { Transport } from "../harvest-request.ts";
import { BrowserSource } from "../sources/browser-source.ts";
import { HttpSource } from "../sources/http-source.ts";
import type { PageSource, Pictures } from "../sources/page-source.ts";

export interface ReachOptions {
  readonly egress: GuardedClient;
  readonly browsers: () => Promise<BrowserPool>;
  readonly allowHosts: readonly string[];
  readonly robots: "respect" | "ignore";
  /** The operator's own pace when it is 0. */
  readonly minDelayMs: number;
  readonly pictures: Pictures | null;
  /** Whose browser is shared, where the caller holds one already. */
  readonly beside: BrowserSession | null;
  readonly signal: AbortSignal;
}

/** How one call reaches the portal: a client with the hosts that this call may open, and browsers on demand. */
export class Reach {
  readonly #options: ReachOptions;
  readonly #client: GuardedClient;

  constructor(options: ReachOptions) {
    this.#options = options;
    const { egress, allowHosts, minDelayMs } = options;
    this.#client = allowHosts.length > 0 || minDelayMs > 0 ? egress.forJob({ allowHosts, minDelayMs }) : egress;
  }

  async open(transport: Transport, cookies: string | null = null): Promise<PageSource> {
    const { robots, browsers, allowHosts, pictures, beside, signal } = this.#options;
    const client = this.#client;
    if (transport === "http") return new HttpSource({ client, robots, cookies });
    return BrowserSource.open({ browsers: await browsers(), client, robots, allowHosts, pictures, beside, signal });
  }

  /** Closes what was opened for this call only. Sources are closed by those who opened them. */
  async close(): Promise<void> {
    if (this.#client !== this.#options.egress) await this.#client.close();
  }
}
