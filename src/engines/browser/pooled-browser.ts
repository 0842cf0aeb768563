import type { Browser } from "playwright-core";
import { within } from "#kernel";
import { memoryOf, processIdsOf } from "./process-memory.ts";

export interface PooledBrowserOptions {
  starting: Promise<Browser>;
  maxPages: number;
  maxBytes: number;
  idleMs: number;
}

const CLOSE_TIMEOUT_MS = 5_000;
/** Measuring asks the browser; not worth it after each page. */
const PAGES_PER_MEASUREMENT = 50;

/** One browser of the pool: how much it has served, and whether it should go. */
export class PooledBrowser {
  readonly ready: Promise<Browser>;
  readonly #options: PooledBrowserOptions;
  #browser: Browser | null = null;
  #processIds: number[] = [];
  #state: "starting" | "running" | "gone" = "starting";
  #idleTimer: NodeJS.Timeout | null = null;
  #sessions = 0;
  #pages = 0;
  #measuredAtPage = 0;

  constructor(options: PooledBrowserOptions) {
    this.#options = options;
    this.ready = options.starting.then(
      async (browser) => {
        this.#browser = browser;
        this.#processIds = await processIdsOf(browser);
        if (this.#state === "starting") this.#state = "running";
        return browser;
      },
      (error: unknown) => {
        this.#state = "gone";
        throw error;
      },
    );
    this.ready.catch(() => undefined);
  }

  get sessions(): number {
    return this.#sessions;
  }

  get pages(): number {
    return this.#pages;
  }

  get isUsable(): boolean {
    return this.#state === "starting" || (this.#state === "running" && this.#browser?.isConnected() === true);
  }

  enter(): void {
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#idleTimer = null;
    this.#sessions += 1;
  }

  leave(): void {
    this.#sessions -= 1;
  }

  countPage(): void {
    this.#pages += 1;
  }

  /** Asked when a session ends. Null while the browser is good for another one, or still serves one. */
  async reasonToRetire(): Promise<"crashed" | "pages" | "memory" | null> {
    if (!this.isUsable) return "crashed";
    if (this.#sessions > 0) return null;
    if (this.#pages >= this.#options.maxPages) return "pages";
    if (!this.#browser || this.#pages - this.#measuredAtPage < PAGES_PER_MEASUREMENT) return null;
    this.#measuredAtPage = this.#pages;
    const bytes = await memoryOf(this.#browser);
    return bytes !== null && bytes > this.#options.maxBytes && this.#sessions === 0 ? "memory" : null;
  }

  closeWhenIdle(close: () => void): void {
    this.#idleTimer = setTimeout(() => {
      if (this.#sessions === 0) close();
    }, this.#options.idleMs).unref();
  }

  /** Waits until the process is gone; one that does not go by itself is killed. */
  async close(): Promise<void> {
    this.#state = "gone";
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    const browser = await this.ready.catch(() => null);
    if (!browser) return;
    const closed = browser.close().then(
      () => true,
      () => true,
    );
    if (!(await within(CLOSE_TIMEOUT_MS, closed))) for (const pid of this.#processIds) kill(pid);
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Gone already, or a remote browser's number.
  }
}
