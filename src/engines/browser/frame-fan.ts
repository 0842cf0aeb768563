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

/** Hands pictures to all who watch, to each as fast as it takes them. Only the newest is kept. */
export class FrameFan {
  readonly #viewers = new Set<Viewer>();
  readonly #onEmpty: () => void;
  #last: LiveFrame | null = null;
  #count = 0;

  constructor(onEmpty: () => void = () => undefined) {
    this.#onEmpty = onEmpty;
  }

  /** Shows the newest picture at once, if there is one, and those that follow. Returns how to stop; stopping twice is harmless. */
  watch(onFrame: OnFrame): () => void {
    const viewer: Viewer = { onFrame, shown: 0, isBusy: false };
    this.#viewers.add(viewer);
    void this.#offer(viewer);
    return () => this.#leave(viewer);
  }

  show(jpeg: Uint8Array): void {
    this.#last = { number: ++this.#count, jpeg };
    for (const viewer of this.#viewers) void this.#offer(viewer);
  }

  forget(): void {
    this.#last = null;
  }

  close(): void {
    this.#viewers.clear();
    this.#last = null;
  }

  #leave(viewer: Viewer): void {
    if (this.#viewers.delete(viewer) && this.#viewers.size === 0) this.#onEmpty();
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
