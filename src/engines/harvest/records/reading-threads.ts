import { getCompileCacheDir } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { Recipe } from "#engines/extraction/replay";
import type { Digested, PageOrder } from "./page-digest.ts";

/** Starting a thread costs about as much as reading so many pages. */
const PAGES_WORTH_A_THREAD = 200;
const MOST_THREADS = 3;
/** Room of a thread for what is short-lived, three times a semi-space. With four times as much it is a tenth slower. */
const NURSERY_MB = 12;

export interface ReadTask {
  readonly recipe: Recipe;
  readonly embedded: boolean;
}

/** What a thread is told: how to read, once, and then page after page. */
export type ThreadMessage =
  ({ readonly kind: "task" } & ReadTask) | ({ readonly kind: "page"; readonly id: number } & PageOrder);

export interface ThreadAnswer {
  readonly id: number;
  readonly answer: Digested;
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

/** How many threads pay for so many pages; often none. */
function threadsFor(pages: number): number {
  return Math.max(0, Math.min(availableParallelism() - 1, MOST_THREADS, Math.floor(pages / PAGES_WORTH_A_THREAD)));
}

/** Threads for runs that know their pages beforehand. What is to be read, and how, a thread is told later. */
export class ReadingThreads {
  #ready: ReadingThread[] = [];

  /** Starts what a run of so many pages will take. It takes a while, in which a database can be opened and a page learnt. */
  prepare(pages: number): void {
    while (this.#ready.length < threadsFor(pages)) this.#ready.push(new ReadingThread());
  }

  /** Whoever takes them closes them. Those that are not there yet start now, and are there when the first pages are. */
  take(pages: number): ReadingThread[] {
    this.prepare(pages);
    return this.#ready.splice(0, threadsFor(pages));
  }

  /** Ends those that nobody took. */
  async close(): Promise<void> {
    await Promise.all(this.#ready.splice(0).map((thread) => thread.close()));
  }
}

/** Reads pages by the recipe that it was told last. A program does not end while one is read, and is not held up by an idle thread. */
export class ReadingThread {
  readonly #worker = startWorker();
  readonly #waiting = new Map<number, PromiseWithResolvers<Digested>>();
  #orders = 0;
  #isAlive = true;

  constructor() {
    this.#worker.on("message", ({ id, answer }: ThreadAnswer) => this.#take(id)?.resolve(answer));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(new Error("The reading thread has ended.")));
    this.#worker.unref();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** How many pages wait to be read; they may also wait for a thread that is still starting. */
  get backlog(): number {
    return this.#waiting.size;
  }

  tell(task: ReadTask): void {
    this.#post({ kind: "task", ...task });
  }

  read({ source, pagination }: PageOrder): Promise<Digested> {
    const id = (this.#orders += 1);
    const waiting = Promise.withResolvers<Digested>();
    this.#waiting.set(id, waiting);
    this.#worker.ref();
    const { url, mediaType } = source;
    // Bytes from the network lie in a large buffer, which would be sent whole.
    const bytes = new Uint8Array(source.bytes);
    this.#post({ kind: "page", id, source: { bytes, url, mediaType }, pagination }, [bytes.buffer]);
    return waiting.promise;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #post(message: ThreadMessage, transferred: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, transferred);
  }

  #take(id: number): PromiseWithResolvers<Digested> | undefined {
    const one = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    return one;
  }

  #end(error: Error): void {
    this.#isAlive = false;
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(error);
  }
}

function startWorker(): Worker {
  // Beside this file, whether it runs as TypeScript or was built.
  const script = new URL(`./page-worker${extname(import.meta.url)}`, import.meta.url).href;
  const cache = getCompileCacheDir();
  // The folder in use is the one of this Node below that which was asked for.
  const codeCache = cache === undefined ? null : dirname(cache);
  return new Worker(START, {
    eval: true,
    // Not those of the program: one that is given as text may be a module, this is none.
    execArgv: [],
    workerData: { script, codeCache },
    resourceLimits: { maxYoungGenerationSizeMb: NURSERY_MB },
  });
}
