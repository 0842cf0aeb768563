import type { Page, Request, Response } from "playwright-core";

/** A JSON answer that a page's own script asked for. */
export interface SeenJson {
  url: string;
  method: string;
  status: number;
  text: string;
}

export interface NetworkWatchOptions {
  /** Keep JSON answers up to these bounds. Default: none. */
  json?: { maxAnswers: number; maxBytes: number } | undefined;
}

/** Requests that may still change the page when they are answered. */
const CHANGES_PAGE = new Set(["document", "script", "xhr", "fetch", "stylesheet"]);

/** How the browser calls requests that the page itself gave up, or that we do not load. */
const CUT_OFF = /ERR_ABORTED|ERR_BLOCKED_BY_CLIENT/;
const MOST_REMEMBERED = 200;

/** Requests by which a script gets what it draws. */
const BRINGS_DATA = new Set(["xhr", "fetch"]);

/**
 * Counts what a page is still waiting for and what it asked for in vain, and, if asked to, keeps the JSON that it got.
 */
export class NetworkWatch {
  readonly #pending = new Set<Request>();
  readonly #failed = new Set<string>();
  /** Hosts that gave the page's scripts data. */
  readonly #givers = new Set<string>();
  readonly #idle: (() => void)[] = [];
  readonly #json: SeenJson[] = [];
  readonly #options: NetworkWatchOptions;
  #jsonBytes = 0;

  constructor(page: Page, options: NetworkWatchOptions = {}) {
    this.#options = options;
    page.on("request", (request) => {
      if (CHANGES_PAGE.has(request.resourceType())) this.#pending.add(request);
    });
    page.on("requestfinished", (request) => this.#done(request));
    page.on("requestfailed", (request) => {
      if (!CUT_OFF.test(request.failure()?.errorText ?? "")) this.#note(request, { ok: false });
      this.#done(request);
    });
    page.on("response", (response) => this.#note(response.request(), { ok: response.status() < 400 }));
    if (options.json) page.on("response", (response) => void this.#keepJson(response));
  }

  get isIdle(): boolean {
    return this.#pending.size === 0;
  }

  /**
   * How many requests of the page's scripts have no good answer, of those to its own host or one that gave data before:
   * failed ones that were not repeated with success, and those still under way.
   */
  unanswered(pageUrl: string): number {
    const own = hostOf(pageUrl);
    const counts = (url: string): boolean => hostOf(url) === own || this.#givers.has(hostOf(url));
    const failed = [...this.#failed].filter((request) => counts(addressIn(request))).length;
    const pending = [...this.#pending].filter(
      (request) => BRINGS_DATA.has(request.resourceType()) && counts(request.url()),
    ).length;
    return failed + pending;
  }

  get json(): readonly SeenJson[] {
    return this.#json;
  }

  /** Forgets what an earlier page left open, such as requests that its leaving cut off. */
  reset(): void {
    this.#pending.clear();
    this.#failed.clear();
    this.#givers.clear();
    this.#json.length = 0;
    this.#jsonBytes = 0;
    this.#wake();
  }

  /** Resolves when nothing is pending, or after `maxMs`. */
  async untilIdle(maxMs: number): Promise<void> {
    if (this.isIdle || maxMs <= 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#idle.push(resolve);
    const timer = setTimeout(resolve, maxMs);
    await promise;
    clearTimeout(timer);
  }

  #note(request: Request, { ok }: { ok: boolean }): void {
    if (!BRINGS_DATA.has(request.resourceType())) return;
    const key = `${request.method()} ${request.url()}`;
    if (ok) {
      this.#failed.delete(key);
      if (this.#givers.size < MOST_REMEMBERED) this.#givers.add(hostOf(request.url()));
    } else if (this.#failed.size < MOST_REMEMBERED) this.#failed.add(key);
  }

  #done(request: Request): void {
    if (this.#pending.delete(request) && this.isIdle) this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#idle.splice(0)) resolve();
  }

  async #keepJson(response: Response): Promise<void> {
    const { maxAnswers, maxBytes } = this.#options.json ?? { maxAnswers: 0, maxBytes: 0 };
    const type = response.request().resourceType();
    if ((type !== "xhr" && type !== "fetch") || this.#json.length >= maxAnswers) return;
    if (!/[/+]json/i.test(response.headers()["content-type"] ?? "")) return;
    const text = await response.text().catch(() => null);
    if (text === null || this.#jsonBytes + text.length > maxBytes || this.#json.length >= maxAnswers) return;
    this.#jsonBytes += text.length;
    this.#json.push({ url: response.url(), method: response.request().method(), status: response.status(), text });
  }
}

const addressIn = (request: string): string => request.slice(request.indexOf(" ") + 1);

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "";
}
