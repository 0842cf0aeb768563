import { availableParallelism } from "node:os";
import { getCompileCacheDir } from "node:module";
import { dirname, extname } from "node:path";
import { Worker } from "node:worker_threads";
import { AppError } from "#kernel";
import { RecipeReader, type Recipe } from "#engines/extraction/replay";
import type { FetchedPage } from "../sources/page-source.ts";
import { digestReading, type PageDigest } from "./page-digest.ts";
import { sourceOf } from "./read-page.ts";

/** Starting a thread costs about as much as reading so many pages. */
const PAGES_WORTH_A_THREAD = 200;
const MOST_THREADS = 3;
/**
 * So many pages may wait for a thread before this one lends a hand. Answers come in bursts, and what this thread reads
 * holds up fetching, has to be compiled a second time and fills a second heap: it helps where fetching would stand still.
 */
const BACKLOG = 24;
/**
 * Room of a thread for what is short-lived, three times a semi-space. With more it is no faster, and the pages that a thread
 * needed once at a time stay with the program: it grows in steps for hours.
 */
const NURSERY_MB = 12;

type Source = Pick<FetchedPage, "bytes" | "url" | "mediaType">;

interface Task {
  readonly recipe: Recipe;
  readonly embedded: boolean;
}

export interface WorkerTask extends Task {
  readonly script: string;
  /** Folder of the program's compiled code; null when it keeps none. */
  readonly codeCache: string | null;
}

/**
 * Threads do not use the program's compiled code by themselves, and without it a thread starts in twice the time. It is
 * switched on in plain JavaScript, since by then even what strips types comes out of it.
 */
const START = `
  const { workerData: { script, codeCache } } = require("node:worker_threads");
  if (codeCache !== null) require("node:module").enableCompileCache(codeCache);
  import(script);
`;

export interface ReadOrder {
  readonly id: number;
  readonly source: Source;
  readonly pagination: boolean;
}

export type ReadAnswer =
  | { readonly id: number; readonly ok: true; readonly digest: PageDigest }
  | { readonly id: number; readonly ok: false; readonly message: string };

export type Digested =
  { readonly ok: true; readonly digest: PageDigest } | { readonly ok: false; readonly message: string };

type Waiting = PromiseWithResolvers<Digested>;

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  /** Pages wait for a thread that is still starting, too. */
  isAlive: boolean;
}

/** Reads pages by one recipe: here, or many pages in threads, so that reading does not hold up fetching. The result is the same. */
export class PageReaders {
  readonly #reader: RecipeReader;
  readonly #threads: Thread[];
  #orders = 0;

  constructor(task: Task, expectedPages: number) {
    this.#reader = new RecipeReader(task.recipe, task);
    const worthwhile = Math.floor(expectedPages / PAGES_WORTH_A_THREAD);
    const count = Math.min(availableParallelism() - 1, MOST_THREADS, worthwhile);
    this.#threads = Array.from({ length: Math.max(0, count) }, () => startThread(task));
  }

  /** How many threads read along. */
  get threads(): number {
    return this.#threads.length;
  }

  /** A page that cannot be parsed (too large, too deep) is an answer. */
  async read(source: Source, { pagination }: { pagination: boolean }): Promise<Digested> {
    const thread = this.#freeThread();
    if (!thread) return this.#readHere(source, pagination);
    const id = (this.#orders += 1);
    const waiting: Waiting = Promise.withResolvers();
    thread.waiting.set(id, waiting);
    // A program does not end while a page is being read; a thread that has nothing to do does not hold it up.
    thread.worker.ref();
    const { url, mediaType } = source;
    // Bytes from the network lie in a large buffer, which would be sent whole.
    const bytes = new Uint8Array(source.bytes);
    const order: ReadOrder = { id, source: { bytes, url, mediaType }, pagination };
    thread.worker.postMessage(order, [bytes.buffer]);
    return waiting.promise;
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #freeThread(): Thread | null {
    let free: Thread | null = null;
    for (const thread of this.#threads)
      if (thread.isAlive && thread.waiting.size < (free?.waiting.size ?? BACKLOG)) free = thread;
    return free;
  }

  #readHere(source: Source, pagination: boolean): Digested {
    try {
      return { ok: true, digest: digestReading(this.#reader.read(sourceOf(source), { pagination })) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ok: false, message: error.message };
    }
  }
}

function startThread(task: Task): Thread {
  const waiting = new Map<number, Waiting>();
  // Beside this file, whether it runs as TypeScript or was built.
  const script = new URL(`./page-worker${extname(import.meta.url)}`, import.meta.url).href;
  const cache = getCompileCacheDir();
  // The folder in use is the one of this Node below that which was asked for.
  const codeCache = cache === undefined ? null : dirname(cache);
  const workerData: WorkerTask = { ...task, script, codeCache };
  const worker = new Worker(START, {
    eval: true,
    // Not those of the program: one that is given as text may be a module, this is none.
    execArgv: [],
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MB },
  });
  const take = (id: number): Waiting | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    return one;
  };
  const thread: Thread = { worker, waiting, isAlive: true };
  worker.on("message", (answer: ReadAnswer) => take(answer.id)?.resolve(answer));
  worker.on("error", (error) => {
    thread.isAlive = false;
    for (const id of [...waiting.keys()]) take(id)?.reject(error);
  });
  worker.on("exit", () => {
    thread.isAlive = false;
    for (const id of [...waiting.keys()]) take(id)?.reject(new Error("The reading thread has ended."));
  });
  worker.unref();
  return thread;
}
