import type { Page, Request, Response } from "playwright-core";

/** A JSON answer that a page's own script asked for. */
export interface SeenJson {
  url: string;
  status: number;
  text: string;
}

export interface NetworkWatchOptions {
  /** Keep JSON answers up to these bounds. Default: none. */
  json?: { maxAnswers: number; maxBytes: number } | undefined;
}

/** Requests that may still change the page when they are answered. */
const CHANGES_PAGE = new Set(["document", "script", "xhr", "fetch", "stylesheet"]);

/** Counts what a page is still waiting for and, if asked to, keeps the JSON that it got. */
export class NetworkWatch {
  readonly #pending = new Set<Request>();
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
    page.on("requestfailed", (request) => this.#done(request));
    if (options.json) page.on("response", (response) => void this.#keepJson(response));
  }

  get isIdle(): boolean {
    return this.#pending.size === 0;
  }

  get json(): readonly SeenJson[] {
    return this.#json;
  }

  /** Forgets what an earlier page left open, such as requests that its leaving cut off. */
  reset(): void {
    this.#pending.clear();
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
    this.#json.push({ url: response.url(), status: response.status(), text });
  }
}
