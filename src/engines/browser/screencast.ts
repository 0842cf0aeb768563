import type { CDPSession, Page } from "playwright-core";
import { FrameFan, type OnFrame } from "./frame-fan.ts";

const QUALITY = 60;
const MOST_PIXELS = 1_280;
/** Between two pictures that Chromium may draw; a page that moves all the time costs no more than that. */
const EVERY_MS = 120;

/**
 * Films a tab while somebody watches: one screencast, however many they are. A picture is acknowledged, and so the next one
 * drawn, when its time has come.
 */
export class Screencast {
  readonly #fan = new FrameFan(() => this.#stop());
  #page: Page;
  #filming: Promise<CDPSession | null> | null = null;
  #closed = false;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Returns how to stop; stopping twice is harmless. */
  watch(onFrame: OnFrame): () => void {
    if (this.#closed) return () => undefined;
    this.#filming ??= this.#film(this.#page);
    return this.#fan.watch(onFrame);
  }

  /** The session goes on in another tab. */
  follow(page: Page): void {
    this.#page = page;
    const isWatched = this.#filming !== null;
    this.#stop();
    if (isWatched) this.#filming = this.#film(page);
  }

  close(): void {
    this.#closed = true;
    this.#fan.close();
    this.#stop();
  }

  #stop(): void {
    const filming = this.#filming;
    this.#filming = null;
    this.#fan.forget();
    void filming?.then((session) => session?.detach()).catch(() => undefined);
  }

  /** Null where the tab is gone, or the browser is none that films. */
  async #film(page: Page): Promise<CDPSession | null> {
    try {
      const session = await page.context().newCDPSession(page);
      session.on("Page.screencastFrame", ({ data, sessionId }) => {
        setTimeout(() => {
          session.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
        }, EVERY_MS).unref();
        if (this.#page === page && this.#filming) this.#fan.show(Buffer.from(data, "base64"));
      });
      const size = { maxWidth: MOST_PIXELS, maxHeight: MOST_PIXELS };
      await session.send("Page.startScreencast", { format: "jpeg", quality: QUALITY, ...size });
      return session;
    } catch {
      return null;
    }
  }
}
