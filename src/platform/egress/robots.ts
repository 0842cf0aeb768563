import { createRequire } from "node:module";
import type { Clock } from "#kernel";
import { EgressError, RobotsDisallowed, TooManyRedirects } from "./errors.ts";

/** The package is CommonJS and its types describe an ES module, so it is asked for as what it is. */
const robotsParser: (
  url: string,
  text: string,
) => {
  isAllowed(url: string, agent: string): boolean | undefined;
  getCrawlDelay(agent: string): number | undefined;
} = createRequire(import.meta.url)("robots-parser");

/** The name under which robots.txt files may address us. */
export const ROBOTS_TOKEN = "Gleaner";

/** Longer files are cut: RFC 9309 asks for 500 KiB at least. */
export const MAX_ROBOTS_BYTES = 512 * 1024;

const FRESH_MS = 60 * 60_000;
const FRESH_AFTER_FAILURE_MS = 60_000;
const MAX_ORIGINS = 5_000;

/** What one origin says. */
export interface RobotsVerdict {
  allows(url: string): boolean;
  crawlDelayMs: number;
  /** Why everything is refused, when no rule could be read. */
  problem: string | null;
}

/** Gets a robots.txt with redirects followed. */
export type FetchRobots = (url: string) => Promise<{ status: number; body: Uint8Array }>;

/** robots.txt by origin, read once an hour. Source of the rules: RFC 9309. */
export class RobotsRules {
  readonly #clock: Clock;
  readonly #fetch: FetchRobots;
  readonly #known = new Map<string, { verdict: RobotsVerdict; until: number }>();
  readonly #asking = new Map<string, Promise<RobotsVerdict>>();

  constructor({ clock, fetch }: { clock: Clock; fetch: FetchRobots }) {
    this.#clock = clock;
    this.#fetch = fetch;
  }

  /** Gives the crawl delay in milliseconds, or throws `robots_disallowed`. Answers at once when the origin is known. */
  check(url: URL): number | Promise<number> {
    const known = this.#known.get(url.origin);
    if (known && known.until > this.#clock().getTime()) return decide(known.verdict, url.href);
    return this.#ask(url.origin).then((verdict) => decide(verdict, url.href));
  }

  #ask(origin: string): Promise<RobotsVerdict> {
    let asking = this.#asking.get(origin);
    if (!asking) {
      asking = this.#read(origin).finally(() => this.#asking.delete(origin));
      this.#asking.set(origin, asking);
    }
    return asking;
  }

  async #read(origin: string): Promise<RobotsVerdict> {
    const url = `${origin}/robots.txt`;
    const verdict = await this.#fetch(url).then(
      ({ status, body }) => verdictOf(url, status, body),
      (error: unknown) => {
        if (error instanceof TooManyRedirects) return ALLOW_ALL;
        // The page itself would fail in the same way, and that reason says more than "robots.txt unreadable".
        throw error instanceof EgressError ? error : new RobotsDisallowed(url, "robots.txt could not be read");
      },
    );
    if (this.#known.size >= MAX_ORIGINS) this.#known.delete(this.#known.keys().next().value ?? "");
    const freshMs = verdict.problem === null ? FRESH_MS : FRESH_AFTER_FAILURE_MS;
    this.#known.set(origin, { verdict, until: this.#clock().getTime() + freshMs });
    return verdict;
  }
}

const ALLOW_ALL: RobotsVerdict = { allows: () => true, crawlDelayMs: 0, problem: null };

/** What an answer for /robots.txt means: 4xx is "no rules", 5xx is "hands off" (RFC 9309, 2.3.1). */
export function verdictOf(url: string, status: number, body: Uint8Array): RobotsVerdict {
  if (status >= 500 || status === 429) {
    return {
      allows: () => false,
      crawlDelayMs: 0,
      problem: `robots.txt answered ${status}, so nothing may be asked now`,
    };
  }
  if (status < 200 || status >= 300) return ALLOW_ALL;
  const rules = robotsParser(url, new TextDecoder().decode(body.subarray(0, MAX_ROBOTS_BYTES)));
  return {
    allows: (page) => rules.isAllowed(page, ROBOTS_TOKEN) !== false,
    crawlDelayMs: Math.max(0, rules.getCrawlDelay(ROBOTS_TOKEN) ?? 0) * 1_000,
    problem: null,
  };
}

function decide(verdict: RobotsVerdict, url: string): number {
  if (verdict.allows(url)) return verdict.crawlDelayMs;
  throw new RobotsDisallowed(url, verdict.problem ?? "The site's robots.txt forbids this address");
}
