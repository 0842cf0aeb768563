import type { CDPSession, Page } from "playwright-core";

/** What a tab shows at one moment. */
export interface LiveFrame {
  /** Grows with every picture of a session. */
  readonly number: number;
  readonly jpeg: Uint8Array;
}

/** May be slow: who is not done with a picture gets none meanwhile, and then the newest. One that throws is not asked again. */
export type OnFrame = (frame: LiveFrame) => Promise<void>;

interface Viewer {
  readonly onFrame: OnFrame;
  shown: number;
  isBusy: boolean;
}

const QUALITY = 60;
const MOST_PIXELS = 1_280;
/** Between two pictures that Chromium may draw; a page that moves all the time costs no more than that. */
const EVERY_MS = 120;

/**
 * Films a tab while somebody watches: one screencast, however many they are. A picture is acknowledged, and so the next one
 * drawn, when its time has come; only the newest is kept.
 */
export class Screencast {
  readonly #viewers = new Set<Viewer>();
  #page: Page;
  #filming: Promise<CDPSession | null> | null = null;
  #last: LiveFrame | null = null;
  #count = 0;
  #closed = false;

  constructor(page: Page) {
    this.#page = page;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Shows the newest picture at once, if there is one, and those that follow. Returns how to stop; stopping twice is harmless. */
  watch(onFrame: OnFrame): () => void {
    const viewer: Viewer = { onFrame, shown: 0, isBusy: false };
    if (this.#closed) return () => undefined;
    this.#viewers.add(viewer);
    this.#filming ??= this.#film(this.#page);
    void this.#offer(viewer);
    return () => this.#leave(viewer);
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
    this.#viewers.clear();
    this.#stop();
  }

  #leave(viewer: Viewer): void {
    if (this.#viewers.delete(viewer) && this.#viewers.size === 0) this.#stop();
  }

  #stop(): void {
    const filming = this.#filming;
    this.#filming = null;
    this.#last = null;
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
        if (this.#page === page && this.#filming) this.#show(Buffer.from(data, "base64"));
      });
      const size = { maxWidth: MOST_PIXELS, maxHeight: MOST_PIXELS };
      await session.send("Page.startScreencast", { format: "jpeg", quality: QUALITY, ...size });
      return session;
    } catch {
      return null;
    }
  }

  #show(jpeg: Uint8Array): void {
    this.#last = { number: ++this.#count, jpeg };
    for (const viewer of this.#viewers) void this.#offer(viewer);
  }

  async #offer(viewer: Viewer): Promise<void> {
    if (viewer.isBusy) return;
    viewer.isBusy = true;
    try {
      while (this.#last && this.#last.number !== viewer.shown && this.#viewers.has(viewer)) {
        viewer.shown = this.#last.number;
        await viewer.onFrame(this.#last);
      }
    } catch {
      this.#leave(viewer);
    } finally {
      viewer.isBusy = false;
    }
  }
}
