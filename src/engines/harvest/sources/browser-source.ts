import { BrowserCrashed, type BrowserPool, type BrowserSession } from "#engines/browser";
import type { GuardedClient } from "#platform/egress";
import type { WalkStep } from "../walk/walk-step.ts";
import type { FetchedPage, PageSource, Pictures, TakeOptions } from "./page-source.ts";

const PAGE_TIMEOUT_MS = 45_000;
/** A press or a scroll that brought nothing by then brings nothing. */
const PRESS_TIMEOUT_MS = 5_000;
const SCROLL_TIMEOUT_MS = 2_500;

export interface BrowserSourceOptions {
  readonly browsers: BrowserPool;
  readonly client: Pick<GuardedClient, "takeTurn">;
  readonly robots: "respect" | "ignore";
  readonly allowHosts: readonly string[];
  readonly pictures: Pictures | null;
  readonly beside: BrowserSession | null;
  readonly signal: AbortSignal;
}

type TakeTurn = (url: string, signal: AbortSignal | undefined) => Promise<() => void>;

/** A browser: scripts run, and what they made of the page is the evidence. */
export class BrowserSource implements PageSource {
  readonly transport = "browser";
  readonly #openSession: () => Promise<BrowserSession>;
  readonly #takeTurn: TakeTurn;
  readonly #pictures: Pictures | null;
  #session: BrowserSession;
  #status = 200;

  constructor(
    session: BrowserSession,
    openSession: () => Promise<BrowserSession>,
    takeTurn: TakeTurn,
    pictures: Pictures | null,
  ) {
    this.#session = session;
    this.#openSession = openSession;
    this.#takeTurn = takeTurn;
    this.#pictures = pictures;
  }

  static async open({
    browsers,
    client,
    robots,
    allowHosts,
    pictures,
    beside,
    signal,
  }: BrowserSourceOptions): Promise<BrowserSource> {
    const shared = beside ? { beside } : {};
    const openSession = () => browsers.openSession({ allowHosts, blockResources: true, signal, ...shared });
    const takeTurn: TakeTurn = (url, own = signal) => client.takeTurn({ url, robots, signal: own });
    return new BrowserSource(await openSession(), openSession, takeTurn, pictures);
  }

  /** A page with an address of its own is asked for once more in a new browser when this one died. */
  async take(step: WalkStep, options: TakeOptions = {}): Promise<FetchedPage> {
    try {
      return await this.#takeOnce(step, options);
    } catch (error) {
      if (!(error instanceof BrowserCrashed) || (step.kind !== "open" && step.kind !== "link")) throw error;
      options.signal?.throwIfAborted();
      await this.#session.close().catch(() => undefined);
      this.#session = await this.#openSession();
      return this.#takeOnce(step, options);
    }
  }

  async #takeOnce(step: WalkStep, { signal }: TakeOptions): Promise<FetchedPage> {
    const startedAt = performance.now();
    await this.#act(step, signal);
    const { html, url, capturedAt, unanswered } = await this.#session.snapshot();
    const picture = await this.#picture({ url, capturedAt }, signal);
    return {
      step,
      url,
      status: this.#status,
      bytes: new TextEncoder().encode(html),
      mediaType: "text/html; charset=utf-8",
      capturedAt,
      durationMs: performance.now() - startedAt,
      validators: null,
      reusedArtifact: null,
      unanswered,
      ...(picture === null ? {} : { picture }),
    };
  }

  /** A page without a picture is a page all the same. */
  async #picture(info: { url: string; capturedAt: Date }, signal: AbortSignal | undefined): Promise<string | null> {
    if (!this.#pictures) return null;
    try {
      const { quality } = this.#pictures;
      const bytes = await this.#session.screenshot({ type: "jpeg", quality, ...(signal ? { signal } : {}) });
      return await this.#pictures.keep(bytes, info);
    } catch {
      signal?.throwIfAborted();
      return null;
    }
  }

  /** A browser's cookies stay in its session: a resumed run enters anew. */
  async cookies(): Promise<string | null> {
    return null;
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  async #act(step: WalkStep, signal: AbortSignal | undefined): Promise<void> {
    const within = (timeoutMs: number) => ({ timeoutMs, ...(signal ? { signal } : {}) });
    // A page that did not change shows the same records again, which is how the walk notices.
    if (step.kind === "click") return void (await this.#session.click(step.selector, within(PRESS_TIMEOUT_MS)));
    if (step.kind === "scroll") return void (await this.#session.scrollToEnd(within(SCROLL_TIMEOUT_MS)));
    if (step.kind === "fill")
      return void (await this.#session.fill(step.selector, step.value, within(PRESS_TIMEOUT_MS)));
    if (step.kind === "select")
      return void (await this.#session.select(step.selector, step.value, within(PRESS_TIMEOUT_MS)));
    const options = within(PAGE_TIMEOUT_MS);
    const release = await this.#takeTurn(step.url, signal);
    try {
      const arrived =
        step.kind === "form" ? this.#session.sendForm(step, options) : this.#session.goto(step.url, options);
      this.#status = (await arrived).status;
    } finally {
      release();
    }
  }
}
