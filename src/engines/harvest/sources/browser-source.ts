import { BrowserCrashed, type BrowserSession } from "#engines/browser";
import type { GuardedClient } from "#platform/egress";
import type { HarvestWall } from "../harvest-request.ts";
import type { SessionState } from "../logins/session-state.ts";
import type { People } from "../people.ts";
import type { WalkStep } from "../walk/walk-step.ts";
import { pageLinks } from "./link-header.ts";
import { seenAnswer } from "./seen-answer.ts";
import type { FetchedPage, PageSource, Pictures, SeenAnswer, TakeOptions } from "./page-source.ts";

const PAGE_TIMEOUT_MS = 45_000;
/** A press or a scroll that brought nothing by then brings nothing. */
const PRESS_TIMEOUT_MS = 5_000;
/** So many pages of a visit show people how it goes; a picture costs as long as a small page. */
const FIRST_PAGES = 20;

export interface BrowserSourceOptions {
  readonly openSession: (blockResources: boolean) => Promise<BrowserSession>;
  readonly client: Pick<GuardedClient, "takeTurn">;
  readonly robots: "respect" | "ignore";
  readonly pictures: Pictures | null;
  readonly people: People | null;
  readonly signal: AbortSignal;
}

type TakeTurn = (url: string, signal: AbortSignal | undefined) => Promise<() => void>;

/** A browser: scripts run, and what they made of the page is the evidence. */
export class BrowserSource implements PageSource {
  readonly transport = "browser";
  readonly #openSession: () => Promise<BrowserSession>;
  readonly #takeTurn: TakeTurn;
  readonly #pictures: Pictures | null;
  readonly #people: People | null;
  #session: BrowserSession;
  #status = 200;
  #linked: ReturnType<typeof pageLinks> = null;
  #isCleared = false;
  #hasArrived = false;
  #pictured = 0;

  constructor(
    session: BrowserSession,
    openSession: () => Promise<BrowserSession>,
    takeTurn: TakeTurn,
    { pictures, people }: Pick<BrowserSourceOptions, "pictures" | "people">,
  ) {
    this.#session = session;
    this.#openSession = openSession;
    this.#takeTurn = takeTurn;
    this.#pictures = pictures;
    this.#people = people;
  }

  static async open(options: BrowserSourceOptions): Promise<BrowserSource> {
    const { client, robots, signal } = options;
    const openSession = () => options.openSession(true);
    const takeTurn: TakeTurn = (url, own = signal) => client.takeTurn({ url, robots, signal: own });
    return new BrowserSource(await openSession(), openSession, takeTurn, options);
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
      this.#hasArrived = false;
      return this.#takeOnce(step, options);
    }
  }

  async #takeOnce(step: WalkStep, { signal }: TakeOptions): Promise<FetchedPage> {
    const startedAt = performance.now();
    if (!this.#standsAt(step)) await this.#act(step, signal);
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
      ...(this.#linked ? { linked: this.#linked } : {}),
      ...(picture === null ? {} : { picture }),
    };
  }

  /** Behind a wall that was cleared: the tab is where the step leads, or where only it could lead. */
  #standsAt(step: WalkStep): boolean {
    const isCleared = this.#isCleared;
    this.#isCleared = false;
    return isCleared && ((step.kind !== "open" && step.kind !== "link") || step.url === this.#session.url);
  }

  /** A page without a picture is a page all the same. */
  async #picture(info: { url: string; capturedAt: Date }, signal: AbortSignal | undefined): Promise<string | null> {
    if (!this.#pictures || (!this.#pictures.ofAll && (!this.#people || this.#pictured >= FIRST_PAGES))) return null;
    this.#pictured += 1;
    try {
      const { quality, maxWidth } = this.#pictures;
      const how = { type: "jpeg", quality, maxWidth } as const;
      const bytes = await this.#session.screenshot({ ...how, ...(signal ? { signal } : {}) });
      return await this.#pictures.keep(bytes, info);
    } catch {
      signal?.throwIfAborted();
      return null;
    }
  }

  /** The page as it stands there when a person has dealt with it is a good page, whatever its status was. */
  async attend(wall: HarvestWall): Promise<boolean> {
    if (this.#people?.comeToWalls !== true) return false;
    await this.#session.showEverything();
    if (!(await this.#people.onWall(wall, this.#session))) return false;
    this.#status = 200;
    this.#isCleared = true;
    await this.#session.waitForQuiet();
    return true;
  }

  async answers(): Promise<SeenAnswer[]> {
    const seen = await this.#session.seenJson();
    return seen.filter(({ status }) => status === 200).flatMap(seenAnswer);
  }

  /** A browser's cookies stay in its session: a resumed run enters anew. */
  async cookies(): Promise<string | null> {
    return null;
  }

  async session(): Promise<SessionState | null> {
    return await this.#session.storageState();
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  /** A dialog about cookies or letters may hold the page back. What was answered once is remembered by the session. */
  async #answerDialogs(signal: AbortSignal | undefined): Promise<void> {
    if (this.#hasArrived) return;
    this.#hasArrived = true;
    await this.#session.dismissDialogs(signal ? { signal } : {});
  }

  async #act(step: WalkStep, signal: AbortSignal | undefined): Promise<void> {
    const within = (timeoutMs: number) => ({ timeoutMs, ...(signal ? { signal } : {}) });
    // What the server said beside the page that a script changes now is no more about what stands there.
    this.#linked = null;
    // A page that did not change shows the same records again, which is how the walk notices.
    if (step.kind === "click") return void (await this.#session.click(step.selector, within(PRESS_TIMEOUT_MS)));
    if (step.kind === "scroll") return void (await this.#session.scrollToEnd(signal ? { signal } : {}));
    if (step.kind === "fill")
      return void (await this.#session.fill(step.selector, step.value, within(PRESS_TIMEOUT_MS)));
    if (step.kind === "select")
      return void (await this.#session.select(step.selector, step.value, within(PRESS_TIMEOUT_MS)));
    const options = within(PAGE_TIMEOUT_MS);
    const release = await this.#takeTurn(step.url, signal);
    try {
      const arrived =
        step.kind === "form" ? this.#session.sendForm(step, options) : this.#session.goto(step.url, options);
      const { status, headers, url } = await arrived;
      this.#status = status;
      this.#linked = pageLinks(headers["link"], url);
    } finally {
      release();
    }
    await this.#answerDialogs(signal);
  }
}
