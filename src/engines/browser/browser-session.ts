import type { BrowserContext, Cookie, Locator, Page } from "playwright-core";
import { throwIfAborted, waitFor, within } from "#kernel";
import { Unreachable, withoutSecrets } from "#platform/egress";
import { dismissDialogs } from "./dismiss-dialogs.ts";
import { elementAtPath, type ElementAtPath } from "./element-at-path.ts";
import { BrowserCrashed, ElementNotActionable, SessionClosed } from "./errors.ts";
import { PageFence, type Fence } from "./fence.ts";
import { hiddenPaths } from "./hidden-paths.ts";
import type { Dismissal } from "./in-page/dialogs.ts";
import { submitForm } from "./in-page/submit-form.ts";
import { contentMark } from "./in-page/quiet.ts";
import { scrollOn } from "./in-page/scroll.ts";
import { LiveTab } from "./live-tab.ts";
import { navigate } from "./navigate.ts";
import { NetworkWatch, type SeenJson } from "./network-watch.ts";
import { captureFrame, type Snapshot } from "./page-content.ts";
import { blockResources } from "./resource-blocking.ts";
import { takeScreenshot, type ScreenshotOptions } from "./screenshot.ts";
import { SecretKeyboard } from "./secret-keyboard.ts";
import { sendForm, type SentForm } from "./send-form.ts";
import type { SessionParts } from "./session-parts.ts";
import { nameOf, type ElementTarget, type Navigation, type StepOptions, type StepOutcome } from "./session-step.ts";
import { isNavigationUnderway, isPlaywrightTimeout, settle } from "./settle.ts";
import { showStored, type StoredPage } from "./show-stored.ts";

const PAGE_TIMEOUT_MS = 30_000;
const STEP_TIMEOUT_MS = 5_000;
const CHANGE_MS = 1_500;
const SETTLE_MS = 8_000;
/** A tab collects what its pages leave behind; a fresh one keeps cookies and drops the rest. */
const PAGES_PER_TAB = 250;
const MAX_POPUPS = 100;

/** One isolated, guarded browser context with one tab: made by the pool, used by one job, closed by it. */
export class BrowserSession {
  readonly #parts: SessionParts;
  readonly #broken = Promise.withResolvers<never>();
  readonly #popups: string[] = [];
  /** The tab for people: what it shows, and how one of them takes over. */
  readonly live: LiveTab;
  #allowResources: (() => Promise<void>) | null;
  #page: Page;
  #watch: NetworkWatch;
  #pagesInTab = 0;
  #last: Navigation = { url: "about:blank", status: 0, headers: {} };
  #state: "open" | "crashed" | "closed" = "open";

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#page = parts.page;
    this.#watch = this.#attach(parts.page);
    this.live = new LiveTab(parts.page);
    this.#allowResources = parts.allowResources;
    this.#broken.promise.catch(() => undefined);
    parts.browser.on("disconnected", this.#crash);
    parts.context.on("page", (page) => this.#keepOut(page));
  }

  /** Addresses of windows that pages tried to open; they were closed. */
  get popups(): readonly string[] {
    return this.#popups;
  }

  /** JSON that the current page's script got, if the session was opened with `json` bounds. */
  async seenJson(): Promise<readonly SeenJson[]> {
    return await this.#run(undefined, () => this.#watch.seenJson());
  }

  get url(): string {
    return this.#page.url();
  }

  /**
   * Goes to a page and waits until it has settled; a static page has at once. Any status is a result. Throws
   * `address_refused`, `unreachable`, `timeout`, `not_a_page`, `browser_crashed`, or the reason of `signal`.
   */
  async goto(url: string, { timeoutMs = PAGE_TIMEOUT_MS, signal }: StepOptions = {}): Promise<Navigation> {
    const { href } = this.#parts.guard.checkUrl(url).url;
    return await this.#run(signal, async () => {
      await this.#freshTab();
      this.#watch.reset();
      const startedAt = performance.now();
      const answer = await navigate(this.#page, href, { timeoutMs, refused: this.#parts.refused }).catch((error) => {
        if (error instanceof Unreachable) this.#parts.onPage(false);
        throw error;
      });
      if (answer) this.#last = answer;
      this.#parts.onPage(true);
      const maxMs = Math.min(SETTLE_MS, timeoutMs - (performance.now() - startedAt));
      await settle(this.#page, this.#watch, { maxMs, isNew: true });
      this.#last = { ...this.#last, url: this.#page.url() };
      return this.#last;
    });
  }

  /** The page as it is rendered now. */
  async snapshot({ signal }: StepOptions = {}): Promise<Snapshot> {
    return await this.#run(signal, async () => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const { html, url, title } = await captureFrame(this.#page);
          return { html, url, title, capturedAt: new Date(), unanswered: this.#watch.unanswered(url) };
        } catch (error) {
          if (attempt >= 3 || !isNavigationUnderway(error)) throw error;
          await this.#page.waitForLoadState("domcontentloaded");
        }
      }
    });
  }

  /** Presses an element and tells whether that did anything. What covers it is dismissed first, if it is a known dialog. */
  async click(target: ElementTarget, options: StepOptions = {}): Promise<StepOutcome> {
    return await this.#act("click", target, options, async (element, timeout) => {
      try {
        await element.click({ timeout });
      } catch (error) {
        if (!isPlaywrightTimeout(error)) throw error;
        await this.#dismiss();
        // A press that the page receives even if a banner still lies over the element.
        await element.dispatchEvent("click", undefined, { timeout: 500 });
      }
    });
  }

  async fill(target: ElementTarget, value: string, options: StepOptions = {}): Promise<StepOutcome> {
    return await this.#act("fill", target, { changeMs: 0, ...options }, (element, timeout) =>
      element.fill(value, { timeout }),
    );
  }

  /** Chooses options of a `<select>` by value or label. */
  async select(target: ElementTarget, values: string | string[], options: StepOptions = {}): Promise<StepOutcome> {
    return await this.#act("select", target, { changeMs: 0, ...options }, async (element, timeout) => {
      await element.selectOption(values, { timeout });
    });
  }

  /** Presses a key such as `Enter` while the element has the focus. */
  async press(target: ElementTarget, key: string, options: StepOptions = {}): Promise<StepOutcome> {
    return await this.#act("press", target, options, (element, timeout) => element.press(key, { timeout }));
  }

  /** Sends the form that is, or holds, the element; its own checks run as if a button had been pressed. */
  async submit(target: ElementTarget, options: StepOptions = {}): Promise<StepOutcome> {
    return await this.#act("submit", target, options, async (element, timeout) => {
      await element.evaluate(submitForm, null, { timeout });
    });
  }

  /** Sends these fields from the page, as one of its forms would. For post-backs whose fields are known. */
  async sendForm(form: SentForm, { timeoutMs = PAGE_TIMEOUT_MS, signal }: StepOptions = {}): Promise<Navigation> {
    return await this.#run(signal, async () => {
      const status = await sendForm(this.#page, form, timeoutMs);
      await settle(this.#page, this.#watch, { maxMs: SETTLE_MS });
      return (this.#last = { url: this.#page.url(), status, headers: {} });
    });
  }

  /** Shows a stored page without network and scripts. The session is good for nothing else afterwards. */
  async showStored(stored: StoredPage, { timeoutMs = PAGE_TIMEOUT_MS, signal }: StepOptions = {}): Promise<void> {
    await this.#run(signal, () => showStored(this.#page, stored, timeoutMs));
  }

  /** Scrolls to the end, or to the next view of a list that shows no more at once, and waits for what that brings. */
  async scrollToEnd({ timeoutMs = PAGE_TIMEOUT_MS, changeMs = CHANGE_MS, signal }: StepOptions = {}) {
    const scroll = () => within(timeoutMs, this.#page.evaluate(scrollOn));
    return await this.#run(signal, () => this.#observed(changeMs, signal, scroll));
  }

  /** A short text that differs when the page's content differs. */
  async mark(): Promise<string> {
    return await this.#run(undefined, () => this.#page.evaluate(contentMark));
  }

  /** Waits until the content differs from an earlier `mark`, and settles. False when it did not within the time. */
  async waitForChange({
    since,
    timeoutMs = STEP_TIMEOUT_MS,
    signal,
  }: StepOptions & { since: string }): Promise<boolean> {
    return await this.#run(signal, () => this.#changed(since, timeoutMs, signal));
  }

  async waitForQuiet({ timeoutMs = SETTLE_MS, signal }: StepOptions = {}): Promise<void> {
    await this.#run(signal, () => settle(this.#page, this.#watch, { maxMs: timeoutMs, mayLeave: true }));
  }

  /** Closes cookie, consent and newsletter dialogs: refusing before closing before accepting. Sign-ins are left alone. */
  async dismissDialogs({ signal }: StepOptions = {}): Promise<Dismissal[]> {
    return await this.#run(signal, () => this.#dismiss());
  }

  /** Goes back as a reader would. False when there is nothing to go back to. */
  async back({ timeoutMs = PAGE_TIMEOUT_MS, signal }: StepOptions = {}): Promise<boolean> {
    return await this.#run(signal, async () => {
      const before = this.#page.url();
      await this.#page.goBack({ waitUntil: "domcontentloaded", timeout: timeoutMs });
      await settle(this.#page, this.#watch, { maxMs: SETTLE_MS, isNew: true });
      return this.#page.url() !== before;
    });
  }

  /** Presses a point of the tab, for what has no element of its own: maps, drawn buttons. */
  async clickAt({ x, y }: { x: number; y: number }, { changeMs = CHANGE_MS, signal }: StepOptions = {}) {
    return await this.#run(signal, () => this.#observed(changeMs, signal, () => this.#page.mouse.click(x, y)));
  }

  /** Paths, as in a snapshot, of what is not drawn. */
  async hiddenPaths({ signal }: StepOptions = {}): Promise<ReadonlySet<string>> {
    return await this.#run(signal, () => hiddenPaths(this.#page));
  }

  /** Loads images, media and fonts from now on, and the page anew if they were left out: a person is to look at it. */
  async showEverything({ timeoutMs = PAGE_TIMEOUT_MS, signal }: StepOptions = {}): Promise<void> {
    const allow = this.#allowResources;
    if (!allow) return;
    this.#allowResources = null;
    await this.#run(signal, async () => {
      await allow();
      await this.#page.reload({ waitUntil: "domcontentloaded", timeout: timeoutMs });
      await settle(this.#page, this.#watch, { maxMs: SETTLE_MS, isNew: true });
    });
  }

  /** From now on the session stays within these hosts and sends no forms but those that are let through. */
  async fence(fence: Fence): Promise<PageFence> {
    const guard = new PageFence(fence, () => this.live.isTakenOver);
    await this.#run(undefined, () => guard.guard(this.#parts.context));
    return guard;
  }

  /** For passwords: from now on the session reaches these origins only, and types secrets into their forms only. */
  async confide(origins: readonly string[]): Promise<SecretKeyboard> {
    return await this.#run(undefined, () => Promise.resolve(new SecretKeyboard(this.#page, this.#parts, origins)));
  }

  async screenshot({ signal, ...options }: ScreenshotOptions & StepOptions = {}): Promise<Uint8Array> {
    return await this.#run(signal, () => takeScreenshot(this.#page, options));
  }

  async cookies(): Promise<Cookie[]> {
    return await this.#run(undefined, () => this.#parts.context.cookies());
  }

  /** Cookies and local storage, to open another session with. Secret: seal it before storing. */
  async storageState(): Promise<Awaited<ReturnType<BrowserContext["storageState"]>>> {
    return await this.#run(undefined, () => this.#parts.context.storageState());
  }

  async close(): Promise<void> {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#parts.browser.off("disconnected", this.#crash);
    this.live.close();
    this.#broken.reject(new SessionClosed());
    await this.#parts.onClose();
  }

  /** Ends with the first of: the work, the crash of the browser, the caller's signal. */
  async #run<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    this.#mustBeOpen(signal);
    const stopped = Promise.withResolvers<never>();
    const stop = (): void => stopped.reject(signal?.reason);
    signal?.addEventListener("abort", stop, { once: true });
    try {
      const step = this.live.step(() => {
        this.#mustBeOpen(signal);
        return work();
      });
      return await Promise.race([step, this.#broken.promise, stopped.promise]);
    } catch (error) {
      if (!this.#parts.browser.isConnected() || isTargetGone(error))
        throw this.#state === "open" ? new BrowserCrashed(error) : error;
      throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  #mustBeOpen(signal: AbortSignal | undefined): void {
    if (this.#state === "closed") throw new SessionClosed();
    if (this.#state === "crashed") throw new BrowserCrashed();
    throwIfAborted(signal);
  }

  async #act(
    action: string,
    target: ElementTarget,
    { timeoutMs = STEP_TIMEOUT_MS, changeMs = CHANGE_MS, signal }: StepOptions,
    step: (element: Locator, timeoutMs: number) => Promise<void>,
  ): Promise<StepOutcome> {
    return await this.#run(signal, async () => {
      const { locator, release } = await this.#elementOf(action, target);
      try {
        return await this.#observed(changeMs, signal, () => step(locator, timeoutMs));
      } catch (error) {
        if (!isPlaywrightTimeout(error) && !/selector|not an? <|No option/i.test(String(error))) throw error;
        throw new ElementNotActionable(action, nameOf(target), error);
      } finally {
        await release?.();
      }
    });
  }

  async #elementOf(
    action: string,
    target: ElementTarget,
  ): Promise<Pick<ElementAtPath, "locator"> & Partial<ElementAtPath>> {
    if (typeof target === "string") return { locator: this.#page.locator(target).first() };
    if ("text" in target) return { locator: this.#byText(target.text) };
    const found = await elementAtPath(this.#page, target.path);
    if (!found) throw new ElementNotActionable(action, target.path);
    return found;
  }

  /** Buttons and links before any other element with these words. */
  #byText(text: string): Locator {
    const named = this.#page.getByRole("button", { name: text }).or(this.#page.getByRole("link", { name: text }));
    return named.or(this.#page.getByText(text)).first();
  }

  async #observed(
    changeMs: number,
    signal: AbortSignal | undefined,
    step: () => Promise<unknown>,
  ): Promise<StepOutcome> {
    const urlBefore = this.#page.url();
    const before = await this.#page.evaluate(contentMark);
    await step();
    const changed = await this.#changed(before, changeMs, signal);
    const url = this.#page.url();
    return { changed: changed || url !== urlBefore, navigated: url !== urlBefore, url };
  }

  async #changed(since: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<boolean> {
    const until = performance.now() + timeoutMs;
    for (;;) {
      await settle(this.#page, this.#watch, { maxMs: SETTLE_MS, mayLeave: true });
      const now = await this.#page.evaluate(contentMark).catch((error: unknown) => {
        if (isNavigationUnderway(error)) return since;
        throw error;
      });
      if (now !== since) return true;
      if (performance.now() >= until) return false;
      await waitFor(40, signal);
    }
  }

  async #dismiss(): Promise<Dismissal[]> {
    return await dismissDialogs(this.#page, () => settle(this.#page, this.#watch, { maxMs: 2_000, mayLeave: true }));
  }

  async #freshTab(): Promise<void> {
    this.#pagesInTab += 1;
    if (this.#pagesInTab <= PAGES_PER_TAB) return;
    this.#pagesInTab = 1;
    const old = this.#page;
    old.removeAllListeners();
    this.#page = await this.#parts.context.newPage();
    this.#watch = this.#attach(this.#page);
    this.live.follow(this.#page);
    if (this.#allowResources) this.#allowResources = await blockResources(this.#page);
    await old.close();
  }

  #attach(page: Page): NetworkWatch {
    page.on("crash", this.#crash);
    // Leaving a page is our own decision; everything else that a dialog asks is answered with "no".
    page.on("dialog", (dialog) => {
      const answer = dialog.type() === "beforeunload" ? dialog.accept() : dialog.dismiss();
      answer.catch(() => undefined);
    });
    return new NetworkWatch(page, { json: this.#parts.json });
  }

  /** Only windows opened by a page have an opener; our own fresh tabs have none. */
  #keepOut(page: Page): void {
    void page
      .opener()
      .then(async (opener) => {
        if (!opener) return;
        if (this.#popups.length < MAX_POPUPS) this.#popups.push(withoutSecrets(page.url()));
        await page.close();
      })
      .catch(() => undefined);
  }

  #crash = (): void => {
    if (this.#state !== "open") return;
    this.#state = "crashed";
    this.#broken.reject(new BrowserCrashed());
  };
}

function isTargetGone(error: unknown): boolean {
  const gone = /Target (page, context or browser has been )?(closed|crashed)|Browser has been closed|Page crashed/i;
  return error instanceof Error && gone.test(error.message);
}
