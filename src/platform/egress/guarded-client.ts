import type { Dispatcher } from "undici";
import {
  noTelemetry,
  silentLogger,
  systemClock,
  waitFor,
  type Clock,
  type Counter,
  type Histogram,
  type Logger,
  type Telemetry,
} from "#kernel";
import { AddressGuard, type Resolver } from "./address-guard.ts";
import { isAllowed, parseAllowList, type AllowList } from "./allow-list.ts";
import { decompress, Overflow } from "./decompress.ts";
import { AddressRefused, EgressTimeout, TooLarge, TooManyRedirects, Unreachable, withoutSecrets } from "./errors.ts";
import { describeFailure, exchange, type WireRequest, type WireResponse } from "./exchange.ts";
import { guardedAgent, proxyAgent } from "./guarded-agent.ts";
import { HostPacer } from "./host-pacer.ts";
import type { ProxyPool } from "./proxy-pool.ts";
import { redirectTarget, type Hop } from "./redirect.ts";
import { DEFAULT_LIMITS, type EgressLimits, type EgressRequest, type EgressResponse, type Pace } from "./request.ts";
import { isPassingStatus, parseRetryAfter, retryDelayMs } from "./retry.ts";
import { MAX_ROBOTS_BYTES, ROBOTS_TOKEN, RobotsRules } from "./robots.ts";
import { cleanHeaders, firstHeader, keepCookies, requestHeaders } from "./wire-headers.ts";

export interface GuardedClientOptions {
  /** `host` or `host:port` that may be asked although they are private. */
  allowHosts?: readonly string[];
  /** Default: one request at a time per host, half a second apart. */
  pace?: Pace;
  userAgent?: string;
  clock?: Clock;
  logger?: Logger;
  telemetry?: Telemetry;
  proxies?: ProxyPool;
  limits?: Partial<EgressLimits>;
  resolve?: Resolver;
  /** In [0, 1), for the jitter of retries. */
  random?: () => number;
}

const DEFAULT_PACE: Pace = { minDelayMs: 500, concurrency: 1 };
const DEFAULT_CRAWL_DELAY_CAP_MS = 10_000;

/** What one `send` carries from hop to hop. */
interface Journey {
  request: EgressRequest;
  maxBytes: number;
  mayCut: boolean;
  signal: AbortSignal;
  attempts: number;
}

/**
 * Asks addresses that came from users or pages. Each hop is checked by the guard when it connects, so neither a redirect
 * nor a name that changes its address gets around it. Answers with any status are answers; only what prevented one throws.
 */
export class GuardedClient {
  readonly guard: AddressGuard;
  readonly #options: GuardedClientOptions;
  readonly #limits: EgressLimits;
  readonly #pace: Pace;
  readonly #ownHosts: AllowList;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #agent: Dispatcher;
  readonly #proxyAgents = new Map<string, Dispatcher>();
  readonly #robots: RobotsRules;
  readonly #pacer: HostPacer;
  readonly #requests: Counter;
  readonly #seconds: Histogram;

  constructor(options: GuardedClientOptions = {}, shared?: { guard: AddressGuard; pacer: HostPacer }) {
    const { allowHosts = [], resolve, clock = systemClock, logger = silentLogger, telemetry = noTelemetry } = options;
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#pace = options.pace ?? DEFAULT_PACE;
    this.#ownHosts = parseAllowList(this.#pace.ownHosts ?? []);
    this.#clock = clock;
    this.#logger = logger;
    this.guard = shared?.guard ?? new AddressGuard(resolve ? { allowHosts, resolve } : { allowHosts });
    this.#pacer = shared?.pacer ?? new HostPacer({ concurrency: this.#pace.concurrency });
    this.#agent = guardedAgent(this.guard, this.#limits);
    this.#robots = new RobotsRules({ clock, fetch: (url) => this.#fetchRobots(url) });
    this.#requests = telemetry.counter("gleaner_egress_requests_total", {
      help: "Requests sent to addresses of users and pages, by outcome",
      labels: ["outcome"],
    });
    this.#seconds = telemetry.histogram("gleaner_egress_request_seconds", {
      help: "Time from asking to the whole answer, waiting for a turn included",
    });
  }

  /** A client for one job with further hosts open. It has its own connections, but keeps to the same pace; close it too. */
  withAllowHosts(allowHosts: readonly string[]): GuardedClient {
    return this.forJob({ allowHosts });
  }

  /** As `withAllowHosts`, also with a pace of its own, which is never faster than the operator's. */
  forJob({ allowHosts = [], minDelayMs = 0 }: { allowHosts?: readonly string[]; minDelayMs?: number }): GuardedClient {
    const pace = { ...this.#pace, minDelayMs: Math.max(minDelayMs, this.#pace.minDelayMs) };
    const shared = { guard: this.guard.withAllowHosts(allowHosts), pacer: this.#pacer };
    return new GuardedClient({ ...this.#options, pace }, shared);
  }

  /**
   * Throws `bad_url`, `address_refused`, `robots_disallowed`, `too_large`, `timeout`, `unreachable`, `too_many_redirects`,
   * or the reason of `signal`.
   */
  async send(request: EgressRequest): Promise<EgressResponse> {
    return await this.#send(request, false);
  }

  /**
   * For a page that a browser asks for by itself: checks the address and robots.txt and waits for the host's turn.
   * Call what it returns when the page has come. Throws as `send` does.
   */
  async takeTurn({
    url,
    robots,
    signal,
  }: Pick<EgressRequest, "url" | "robots"> & { signal: AbortSignal }): Promise<() => void> {
    const checked = this.guard.checkUrl(url).url;
    const delayMs = await this.#delayMs(checked, robots, signal);
    return await this.#pacer.acquire(checked.host, delayMs, signal);
  }

  async close(): Promise<void> {
    await Promise.all([this.#agent, ...this.#proxyAgents.values()].map((agent) => agent.destroy()));
  }

  async #send(request: EgressRequest, mayCut: boolean): Promise<EgressResponse> {
    const startedAt = performance.now();
    const timeoutMs = request.timeoutMs ?? this.#limits.timeoutMs;
    const stop = new AbortController();
    const journey: Journey = {
      request,
      maxBytes: request.maxBytes ?? this.#limits.maxBytes,
      mayCut,
      signal: stop.signal,
      attempts: 0,
    };
    const timer = setTimeout(() => {
      stop.abort(new EgressTimeout(request.url, `${timeoutMs} ms in all`, journey.attempts));
    }, timeoutMs);
    const cancel = (): void => stop.abort(request.signal?.reason);
    if (request.signal?.aborted) cancel();
    request.signal?.addEventListener("abort", cancel, { once: true });
    try {
      const response = await this.#follow(journey, startedAt);
      this.#requests.add(1, { outcome: `${Math.floor(response.status / 100)}xx` });
      return response;
    } catch (error) {
      this.#noteFailure(request.url, error);
      throw error;
    } finally {
      clearTimeout(timer);
      request.signal?.removeEventListener("abort", cancel);
      this.#seconds.observe((performance.now() - startedAt) / 1_000);
    }
  }

  /** Our own redirect loop: each hop is a new address, checked and paced like the first. */
  async #follow(journey: Journey, startedAt: number): Promise<EgressResponse> {
    const { request } = journey;
    const redirects: string[] = [];
    let hop: Hop = {
      url: this.guard.checkUrl(request.url).url,
      method: request.method ?? "GET",
      body: request.body ?? null,
      sameOrigin: true,
    };
    for (;;) {
      const answer = await this.#askPolitely(hop, journey);
      const next = redirectTarget(hop, answer.status, firstHeader(answer.headers, "location"));
      if (next === null) {
        return {
          url: hop.url.href,
          status: answer.status,
          headers: cleanHeaders(answer.headers),
          body: await this.#decode(hop.url.href, answer, journey),
          redirects,
          fetchedAt: this.#clock(),
          durationMs: performance.now() - startedAt,
          notModified: answer.status === 304,
          attempts: journey.attempts,
        };
      }
      redirects.push(hop.url.href);
      if (redirects.length > this.#limits.maxRedirects)
        throw new TooManyRedirects(request.url, this.#limits.maxRedirects);
      this.guard.checkUrl(next.url.href);
      if (request.bodyStays && next.body !== null && next.url.origin !== hop.url.origin)
        throw new AddressRefused(
          next.url.href,
          "The server wants a secret form to be sent on to another origin",
          "Nothing was sent there. Look at the site's log-in form in a browser.",
        );
      hop = next;
    }
  }

  /** What robots.txt and our own pace ask for. Answers at once where the rules are known. */
  #delayMs(url: URL, robots: EgressRequest["robots"], signal: AbortSignal): number | Promise<number> {
    const { minDelayMs, maxCrawlDelayMs = DEFAULT_CRAWL_DELAY_CAP_MS } = this.#pace;
    const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
    const atRest = isAllowed(this.#ownHosts, url.hostname, port) ? 0 : minDelayMs;
    if (robots === "ignore") return atRest;
    const slowest = (crawlDelayMs: number): number => Math.max(atRest, Math.min(crawlDelayMs, maxCrawlDelayMs));
    const checked = this.#robots.check(url);
    return typeof checked === "number" ? slowest(checked) : untilAborted(checked, signal).then(slowest);
  }

  /** One hop with robots.txt, pace and retries. */
  async #askPolitely(hop: Hop, journey: Journey): Promise<WireResponse> {
    const { url } = hop;
    const { request, signal } = journey;
    const delay = this.#delayMs(url, request.robots, signal);
    const delayMs = typeof delay === "number" ? delay : await delay;
    for (let attempt = 1; ; attempt += 1) {
      const turn = this.#pacer.acquire(url.host, delayMs, signal);
      const release = typeof turn === "function" ? turn : await turn;
      let outcome: { answer: WireResponse } | { failure: unknown };
      try {
        outcome = { answer: await this.#askOnce(hop, journey) };
      } catch (error) {
        outcome = { failure: error };
      } finally {
        release();
      }
      const waitMs = this.#retryIn(hop, attempt, outcome);
      if (waitMs === null || signal.aborted) {
        if ("answer" in outcome) return outcome.answer;
        throw signal.aborted ? signal.reason : outcome.failure;
      }
      this.#logger.debug("egress.retried", { host: url.host, attempt, waitMs });
      await waitFor(waitMs, signal);
    }
  }

  /** Null when the outcome stands. A host that asked for rest is left alone by everybody. */
  #retryIn(hop: Hop, attempt: number, outcome: { answer: WireResponse } | { failure: unknown }): number | null {
    const now = this.#clock();
    const { maxAttempts, maxRetryAfterMs } = this.#limits;
    const retryAfter = "answer" in outcome ? firstHeader(outcome.answer.headers, "retry-after") : undefined;
    if ("answer" in outcome) {
      if (!isPassingStatus(outcome.answer.status)) return null;
      const restMs = retryAfter === undefined ? null : parseRetryAfter(retryAfter, now);
      if (restMs !== null) this.#pacer.rest(hop.url.host, Math.min(restMs, maxRetryAfterMs));
    } else if (!isWorthRetrying(outcome.failure)) {
      return null;
    }
    if (attempt >= maxAttempts || hop.method === "POST") return null;
    const random = (this.#options.random ?? Math.random)();
    return retryDelayMs({ attempt, retryAfter }, { now, random, maxRetryAfterMs });
  }

  async #askOnce(hop: Hop, journey: Journey): Promise<WireResponse> {
    const { request, maxBytes, mayCut, signal } = journey;
    const { url, method, body, sameOrigin } = hop;
    const userAgent = this.#options.userAgent ?? DEFAULT_USER_AGENT;
    const headers = requestHeaders(request, { url, userAgent, sameOrigin, hasBody: body !== null });
    const wire: WireRequest = { url, method, headers, body, maxBytes, mayCut, signal };
    const proxy =
      request.proxy === undefined ? this.#options.proxies?.pick(request.proxyKey ?? url.host) : request.proxy;
    journey.attempts += 1;
    try {
      const answer = await exchange(proxy ? await this.#throughProxy(proxy, url) : this.#agent, wire);
      if (proxy) this.#options.proxies?.report(proxy, true);
      keepCookies(request.cookies, url, answer.headers);
      return answer;
    } catch (error) {
      const failure = describeFailure(url.href, error, journey.attempts);
      if (proxy && failure instanceof Unreachable) this.#options.proxies?.report(proxy, false);
      throw failure;
    }
  }

  /** The proxy connects by itself, so the name is resolved and checked here first. */
  async #throughProxy(proxy: string, url: URL): Promise<Dispatcher> {
    await this.guard.check(url.href);
    let agent = this.#proxyAgents.get(proxy);
    if (!agent) {
      agent = proxyAgent(proxy, this.#limits);
      this.#proxyAgents.set(proxy, agent);
    }
    return agent;
  }

  async #decode(url: string, { headers, body }: WireResponse, { maxBytes, attempts }: Journey): Promise<Uint8Array> {
    const encoding = firstHeader(headers, "content-encoding");
    if (encoding === undefined) return body;
    try {
      return await decompress(body, encoding, maxBytes);
    } catch (error) {
      if (error instanceof Overflow) throw new TooLarge(url, maxBytes, attempts);
      throw new Unreachable(url, "the compressed answer is broken", attempts, error);
    }
  }

  async #fetchRobots(url: string): Promise<{ status: number; body: Uint8Array }> {
    return await this.#send(
      { url, robots: "ignore", maxBytes: MAX_ROBOTS_BYTES, headers: { accept: "text/plain,*/*" } },
      true,
    );
  }

  #noteFailure(url: string, error: unknown): void {
    const code = error instanceof Error && "code" in error ? String(error.code) : "cancelled";
    this.#requests.add(1, { outcome: code });
    if (error instanceof AddressRefused) this.#logger.warn("egress.refused", { url: withoutSecrets(url), code });
  }
}

const DEFAULT_USER_AGENT = `Mozilla/5.0 (compatible; ${ROBOTS_TOKEN}/1.0)`;

/** Refusals and sizes stay as they are; names that do not resolve rarely come back within a second. */
function isWorthRetrying(failure: unknown): boolean {
  if (failure instanceof EgressTimeout) return true;
  return failure instanceof Unreachable && failure.details["reason"] !== "ENOTFOUND";
}

/** Work that several callers share cannot be stopped by one of them; that one just stops waiting. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // When nobody waits any more, its failure is nobody's.
  work.catch(() => undefined);
  signal.throwIfAborted();
  return await new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
