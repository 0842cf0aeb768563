import type { CookieJar } from "tough-cookie";

/** One request to an address that came from a user or a page. */
export interface EgressRequest {
  url: string;
  method?: "GET" | "HEAD" | "POST";
  /** Names in any case. `host`, `connection`, `accept-encoding` and the like are ours and are left out. */
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** The body is secret: a redirect that would carry it to another origin is refused, whatever its status. */
  bodyStays?: boolean;
  signal?: AbortSignal;
  /** For everything together: waiting for a turn, retries, redirects and the body. */
  timeoutMs?: number;
  /** Of the body, both as sent and after decompression. */
  maxBytes?: number;
  /** Read before each hop and filled from each answer. */
  cookies?: CookieJar;
  /** What is known of an earlier copy; an unchanged page is answered with `notModified` and an empty body. */
  validators?: { etag?: string; lastModified?: string };
  /** Default "respect". */
  robots?: "respect" | "ignore";
  /** A proxy address, `null` for none, absent for the pool's choice. */
  proxy?: string | null;
  /** Requests with one key keep one proxy of the pool while it is healthy. Default: the host. */
  proxyKey?: string;
}

export interface EgressResponse {
  /** Where the last redirect led. */
  url: string;
  status: number;
  /** Lower-case names; values joined with ", " and free of control characters. `set-cookie` goes to the jar only. */
  headers: Record<string, string>;
  /** Decompressed. */
  body: Uint8Array;
  /** The addresses that redirected, first one first; empty when there was no redirect. */
  redirects: string[];
  fetchedAt: Date;
  durationMs: number;
  notModified: boolean;
  attempts: number;
}

/** Bounds of every request; all of them positive. */
export interface EgressLimits {
  maxBytes: number;
  /** Default of `EgressRequest.timeoutMs`. */
  timeoutMs: number;
  connectTimeoutMs: number;
  headersTimeoutMs: number;
  /** Between two pieces of a body. */
  bodyTimeoutMs: number;
  maxRedirects: number;
  /** Tries of one hop, the first one included. */
  maxAttempts: number;
  /** A `Retry-After` beyond this is not waited for: the answer is returned. */
  maxRetryAfterMs: number;
}

export const DEFAULT_LIMITS: EgressLimits = {
  maxBytes: 32 * 1024 * 1024,
  timeoutMs: 60_000,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 30_000,
  bodyTimeoutMs: 30_000,
  maxRedirects: 10,
  maxAttempts: 3,
  maxRetryAfterMs: 30_000,
};

/** How gently one host is asked. */
export interface Pace {
  /** Between the starts of two requests to one host. 0 for no delay. */
  minDelayMs: number;
  /** Requests to one host at one time. */
  concurrency: number;
  /** A larger `Crawl-delay` in robots.txt is cut to this. Default 10,000. */
  maxCrawlDelayMs?: number;
  /** `host` or `host:port` of servers that are the operator's own: asked without delay. */
  ownHosts?: readonly string[];
}
