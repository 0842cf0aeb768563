import { RecipeReader } from "#engines/extraction/replay";
import { digestPage, type Digested, type PageOrder } from "./page-digest.ts";
import type { ReadingThread, ReadTask } from "./reading-threads.ts";

/**
 * So many pages may wait for a thread before this one lends a hand. Answers come in bursts, and what this thread reads
 * holds up fetching, has to be compiled a second time and fills a second heap: it helps where fetching would stand still.
 */
const BACKLOG = 24;

/** Reads pages by one recipe: in threads, so that reading does not hold up fetching, or here. The result is the same. */
export class PageReaders {
  readonly #reader: RecipeReader;
  readonly #threads: readonly ReadingThread[];

  constructor(task: ReadTask, threads: readonly ReadingThread[]) {
    this.#reader = new RecipeReader(task.recipe, task);
    this.#threads = threads;
    for (const thread of threads) thread.tell(task);
  }

  /**
   * A page that cannot be parsed (too large, too deep) is an answer. One whose pager is wanted, the first of a run, is read
   * here: threads are starting then, and need not load and compile what reads pagers for a single page.
   */
  async read(order: PageOrder): Promise<Digested> {
    const thread = order.pagination ? null : this.#freeThread();
    return thread?.read(order) ?? digestPage(this.#reader, order);
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #freeThread(): ReadingThread | null {
    let free: ReadingThread | null = null;
    for (const thread of this.#threads)
      if (thread.isAlive && thread.backlog < (free?.backlog ?? BACKLOG)) free = thread;
    return free;
  }
}
