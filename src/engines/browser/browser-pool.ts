import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { AppError, deadlineSignal, noTelemetry, silentLogger, type Gauge, type Logger, type Telemetry } from "#kernel";
import { startGuardProxy, type AddressGuard, type GuardProxy, type ProxyPool } from "#platform/egress";
import { BrowserSession } from "./browser-session.ts";
import { BrowserCrashed, BrowsersBusy, SessionClosed } from "./errors.ts";
import { launchBrowser, type LaunchOptions } from "./launch-browser.ts";
import { PooledBrowser } from "./pooled-browser.ts";
import { blockResources } from "./resource-blocking.ts";
import { Turnstile } from "./turnstile.ts";

export interface BrowserPoolOptions {
  launch?: LaunchOptions;
  /** Default 3. */
  maxBrowsers?: number;
  /** Default 1: a job that crashes its browser crashes nobody else's. */
  sessionsPerBrowser?: number;
  /** After so many pages a browser is replaced as soon as it is free. Default 1,000. */
  maxPagesPerBrowser?: number;
  /** A browser that holds more memory is replaced as soon as it is free. Default 1 GiB. */
  maxBrowserBytes?: number;
  /** A browser that nobody uses for so long is closed. Default 60,000. */
  idleMs?: number;
  guard: AddressGuard;
  /** Where a browser on another machine reaches our proxies; it is asked for a user name and password there. */
  proxyHost?: string;
  /** Proxies of the operator, by turns; a session keeps its own. */
  proxies?: ProxyPool;
  logger?: Logger;
  telemetry?: Telemetry;
}

export interface SessionOptions {
  /** Hosts open for this session only. */
  allowHosts?: readonly string[];
  viewport?: { width: number; height: number };
  userAgent?: string;
  locale?: string;
  storageState?: Exclude<BrowserContextOptions["storageState"], string>;
  /** Leaves out images, media and fonts. Default true; screenshots want false. */
  blockResources?: boolean;
  /** A proxy address, `null` for none, absent for the pool's choice. */
  proxy?: string | null;
  /** Sessions with one key keep one proxy while it is healthy, for example a portal's id. */
  proxyKey?: string;
  /** Keeps the JSON that pages fetch, within these bounds. */
  json?: { maxAnswers: number; maxBytes: number };
  /**
   * Opens another context in the browser of this session, which needs no free one: who holds one and waits for a second may wait
   * for somebody who does the same.
   */
  beside?: BrowserSession;
  /** How long to wait for a free browser. Default 120,000. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface PoolStatus {
  /** Browsers in use. */
  active: number;
  /** Sessions' worth of browsers that could be had at once. */
  available: number;
  total: number;
  /** The last browser could not be started; until one starts again. */
  isBroken: boolean;
}

/** Starts browsers when they are needed, lends each to one job at a time, replaces those that crashed or have grown. */
export class BrowserPool {
  readonly #options: BrowserPoolOptions;
  readonly #maxBrowsers: number;
  readonly #logger: Logger;
  readonly #turnstile: Turnstile;
  readonly #browsers = new Set<PooledBrowser>();
  readonly #inUse: Gauge;
  readonly #homes = new WeakMap<BrowserSession, PooledBrowser>();
  #closed = false;
  #isBroken = false;

  constructor(options: BrowserPoolOptions) {
    const { maxBrowsers = 3, sessionsPerBrowser = 1, logger = silentLogger, telemetry = noTelemetry } = options;
    this.#options = options;
    this.#maxBrowsers = maxBrowsers;
    this.#logger = logger;
    this.#turnstile = new Turnstile(maxBrowsers * sessionsPerBrowser);
    this.#inUse = telemetry.gauge("browser_instances_active", { help: "Browsers that a job is using now" });
  }

  /** Waits for a free browser and opens an isolated context in it. Throws `browsers_busy`, `browser_not_started`. */
  async openSession(options: SessionOptions = {}): Promise<BrowserSession> {
    if (this.#closed) throw new SessionClosed();
    const { timeoutMs = 120_000, signal, beside } = options;
    const home = beside && this.#homes.get(beside);
    if (home?.isUsable === true && home.sessions > 0) return this.#open(options, home, () => undefined);
    const leave = await this.#turnstile.enter(deadlineSignal(timeoutMs, signal)).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error instanceof AppError ? error : new BrowsersBusy(timeoutMs, this.#maxBrowsers);
    });
    try {
      return await this.#open(options, this.#pick(), leave);
    } catch (error) {
      leave();
      throw error;
    }
  }

  status(): PoolStatus {
    const active = [...this.#browsers].filter(({ sessions }) => sessions > 0).length;
    return { active, available: this.#maxBrowsers - active, total: this.#maxBrowsers, isBroken: this.#isBroken };
  }

  /** Ends all sessions and all browsers, and waits until their processes are gone. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#turnstile.close(new SessionClosed());
    await Promise.all([...this.#browsers].map((browser) => this.#retire(browser, "shutdown")));
  }

  async #open(options: SessionOptions, pooled: PooledBrowser, leave: () => void): Promise<BrowserSession> {
    pooled.enter();
    this.#noteUse();
    const release = async (): Promise<void> => {
      pooled.leave();
      this.#noteUse();
      const reason = await pooled.reasonToRetire();
      if (reason !== null) await this.#retire(pooled, reason);
      else if (pooled.sessions === 0) pooled.closeWhenIdle(() => void this.#retire(pooled, "idle"));
      leave();
    };
    let parts: { context: BrowserContext; proxy: GuardProxy } | null = null;
    try {
      const browser = await pooled.ready;
      options.signal?.throwIfAborted();
      const session = await this.#openIn(browser, pooled, options, release, (made) => (parts = made));
      this.#homes.set(session, pooled);
      return session;
    } catch (error) {
      const made: { context: BrowserContext; proxy: GuardProxy } | null = parts;
      if (made) await discard(made);
      pooled.leave();
      this.#noteUse();
      if (!pooled.isUsable) await this.#retire(pooled, "failed");
      throw pooled.isUsable || error instanceof AppError ? error : new BrowserCrashed(error);
    }
  }

  async #openIn(
    browser: Browser,
    pooled: PooledBrowser,
    options: SessionOptions,
    release: () => Promise<void>,
    onMade: (parts: { context: BrowserContext; proxy: GuardProxy }) => void,
  ): Promise<BrowserSession> {
    const guard = this.#options.guard.withAllowHosts(options.allowHosts ?? []);
    const refused: string[] = [];
    const { proxies } = this.#options;
    const upstream = options.proxy === undefined ? (proxies?.pick(options.proxyKey) ?? null) : options.proxy;
    const { proxy, settings } = await this.#startProxy(guard, upstream, (address) => {
      if (refused.push(address) > 200) refused.shift();
    });
    const context = await browser.newContext(contextOptions(options, settings)).catch(async (error: unknown) => {
      await proxy.close();
      throw error;
    });
    const parts = { context, proxy };
    onMade(parts);
    const page = await context.newPage();
    const allowResources = (options.blockResources ?? true) ? await blockResources(page) : null;
    return new BrowserSession({
      browser,
      context,
      page,
      guard,
      allowResources,
      json: options.json,
      refused: () => refused,
      confine: (targets) => proxy.confine(targets),
      onPage: (reached) => {
        pooled.countPage();
        if (upstream !== null) proxies?.report(upstream, reached);
      },
      onClose: async () => {
        await discard(parts);
        await release();
      },
    });
  }

  async #startProxy(guard: AddressGuard, upstream: string | null, onRefused: (address: string) => void) {
    const { proxyHost, logger = silentLogger } = this.#options;
    const credentials = proxyHost === undefined ? undefined : { username: "gleaner", password: crypto.randomUUID() };
    const proxy = await startGuardProxy({
      guard,
      upstream,
      logger,
      onRefused,
      ...(credentials ? { credentials, listenHost: "0.0.0.0" } : {}),
    });
    const server = proxyHost === undefined ? proxy.url : `http://${proxyHost}:${proxy.port}`;
    return { proxy, settings: { server, ...credentials } };
  }

  /** A free browser; else a new one, for which the turnstile has kept room. */
  #pick(): PooledBrowser {
    const [least] = [...this.#browsers].filter(({ isUsable }) => isUsable).sort((a, b) => a.sessions - b.sessions);
    if (least?.sessions === 0) return least;
    // All are in use where a session that was opened beside another one outlives it.
    if (this.#browsers.size >= this.#maxBrowsers && least) return least;
    const { maxPagesPerBrowser = 1_000, maxBrowserBytes = 1024 ** 3, idleMs = 60_000, launch = {} } = this.#options;
    const starting = launchBrowser({ ...launch, logger: this.#logger });
    const pooled = new PooledBrowser({ starting, maxPages: maxPagesPerBrowser, maxBytes: maxBrowserBytes, idleMs });
    this.#browsers.add(pooled);
    starting.then(
      (browser) => {
        this.#isBroken = false;
        this.#logger.info("browser.launched", { version: browser.version() });
        browser.on("disconnected", () => this.#noteLoss(pooled));
      },
      () => {
        this.#isBroken = true;
        this.#browsers.delete(pooled);
      },
    );
    return pooled;
  }

  #noteLoss(pooled: PooledBrowser): void {
    if (!this.#browsers.delete(pooled)) return;
    this.#logger.warn("browser.crashed", { pages: pooled.pages, sessions: pooled.sessions });
    void pooled.close();
  }

  async #retire(pooled: PooledBrowser, reason: string): Promise<void> {
    if (!this.#browsers.delete(pooled)) return;
    await pooled.close();
    this.#logger.info("browser.stopped", { reason, pages: pooled.pages });
  }

  #noteUse(): void {
    this.#inUse.set(this.status().active);
  }
}

function contextOptions(
  options: SessionOptions,
  proxy: { server: string; username?: string; password?: string },
): BrowserContextOptions {
  const { viewport = { width: 1366, height: 900 }, userAgent, locale, storageState } = options;
  return {
    proxy,
    viewport,
    acceptDownloads: false,
    serviceWorkers: "block",
    permissions: [],
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(locale === undefined ? {} : { locale }),
    ...(storageState === undefined ? {} : { storageState }),
  };
}

/** A crashed browser cannot close its context, and need not. */
async function discard({ context, proxy }: { context: BrowserContext; proxy: GuardProxy }): Promise<void> {
  await Promise.all([context.close().catch(() => undefined), proxy.close()]);
}
