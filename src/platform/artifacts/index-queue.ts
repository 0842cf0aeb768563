import type { StoredArtifact } from "./artifact.ts";
import type { ArtifactIndexStore } from "./artifact-index-store.ts";

const PAUSE_MS = 200;
const ROWS_AT_ONCE = 500;
/** When the database is away for long, the oldest rows are dropped: the index can be rebuilt, the memory cannot. */
const MOST_WAITING = 50_000;

/** Writes index rows in batches, beside the path of a put. A failed batch is tried again with the next. */
export class IndexQueue {
  readonly #store: Pick<ArtifactIndexStore, "write">;
  #waiting: StoredArtifact[] = [];
  #timer: NodeJS.Timeout | null = null;
  #flushing: Promise<void> = Promise.resolve();

  constructor(store: Pick<ArtifactIndexStore, "write">) {
    this.#store = store;
  }

  add(artifact: StoredArtifact): void {
    this.#waiting.push(artifact);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.splice(0, ROWS_AT_ONCE);
    this.#timer ??= setTimeout(() => void this.settle().catch(() => this.#later()), PAUSE_MS).unref();
  }

  /** Writes all that waits. Rejects when the database refuses; the rows stay. */
  settle(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#flushing = this.#flushing.catch(() => undefined).then(() => this.#flush());
    return this.#flushing;
  }

  /** The last attempt: what the database refuses now is left to a rebuild. */
  async close(): Promise<void> {
    await this.settle().catch(() => undefined);
    if (this.#timer) clearTimeout(this.#timer);
  }

  #later(): void {
    this.#timer ??= setTimeout(() => void this.settle().catch(() => this.#later()), PAUSE_MS * 10).unref();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, ROWS_AT_ONCE);
      await this.#store.write(batch);
      this.#waiting.splice(0, batch.length);
    }
  }
}
