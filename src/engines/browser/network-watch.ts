import type { Page, Request, Response } from "playwright-core";

/** A JSON answer that a page's own script asked for. */
export interface SeenJson {
  url: string;
  method: string;
  status: number;
  text: string;
  /** What was sent with it; null where that was nothing, or too much. */
  body: string | null;
  /** The media type of `body`. */
  bodyType: string | null;
  /** What the script asked for by `Accept` and `X-Requested-With`. No other header is kept: the rest may be secret. */
  headers: { accept?: string; "x-requested-with"?: string };
  /** The `Link` header of the answer. */
  link: string | null;
}

const LONGEST_BODY = 50_000;

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
  /** In the order in which the answers began. */
  #json: Promise<SeenJson | null>[] = [];
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
    if (options.json) page.on("response", (response) => this.#keepJson(response));
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

  /** Resolves when all answers that came are read. */
  async seenJson(): Promise<readonly SeenJson[]> {
    return (await Promise.all(this.#json)).filter((seen) => seen !== null);
  }

  /** Forgets what an earlier page left open, such as requests that its leaving cut off. */
  reset(): void {
    this.#pending.clear();
    this.#failed.clear();
    this.#givers.clear();
    this.#json = [];
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

  #keepJson(response: Response): void {
    const { maxAnswers, maxBytes } = this.#options.json ?? { maxAnswers: 0, maxBytes: 0 };
    if (!BRINGS_DATA.has(response.request().resourceType())) return;
    if (this.#json.length >= maxAnswers) return;
    const { "content-type": type = "", "content-length": length = "0" } = response.headers();
    if (/[/+]json/i.test(type) && Number(length) <= maxBytes) this.#json.push(this.#within(maxBytes, response));
  }

  /** What goes beyond the bounds is forgotten as soon as it came. */
  async #within(maxBytes: number, response: Response): Promise<SeenJson | null> {
    const seen = await readJson(response);
    if (seen === null || this.#jsonBytes + seen.text.length > maxBytes) return null;
    this.#jsonBytes += seen.text.length;
    return seen;
  }
}

async function readJson(response: Response): Promise<SeenJson | null> {
  const request = response.request();
  const text = await response.text().catch(() => null);
  if (text === null) return null;
  const { accept, "content-type": bodyType = null, "x-requested-with": requestedWith } = request.headers();
  const body = request.postData();
  return {
    url: response.url(),
    method: request.method(),
    status: response.status(),
    text,
    body: body !== null && body.length <= LONGEST_BODY ? body : null,
    bodyType,
    headers: {
      ...(accept === undefined ? {} : { accept }),
      ...(requestedWith === undefined ? {} : { "x-requested-with": requestedWith }),
    },
    link: response.headers()["link"] ?? null,
  };
}

const addressIn = (request: string): string => request.slice(request.indexOf(" ") + 1);

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? "";
}
