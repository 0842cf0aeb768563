import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { READING_LIMITS, type Reading, type ReadingFailure, type ReadingLimits, type ReadingNews } from "./reading.ts";

const MEMORY_LOOKED_AT_MS = 100;
const MB = 1024 * 1024;

/**
 * Reads the text of one document in a thread that ends with it, or is ended: when it takes too long or too much memory,
 * what it had read until then is kept. Throws only the reason of `signal`.
 */
export async function readDocument(
  bytes: Uint8Array,
  { limits = READING_LIMITS, signal }: { limits?: ReadingLimits; signal?: AbortSignal } = {},
): Promise<Reading> {
  signal?.throwIfAborted();
  // Beside this file, whether it runs as TypeScript or was built.
  const script = new URL(`./document-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(script, {
    workerData: { bytes, limits },
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
    env: {},
    stdout: true,
    stderr: true,
  });
  const reading: Reading = { kind: null, hasMacros: false, pages: [], pageCount: 0, isCut: false, failure: null };
  const stop = stopOf(worker, limits);
  const abort = () => stop.resolve(null);
  signal?.addEventListener("abort", abort, { once: true });
  worker.on("message", (news: ReadingNews) => {
    if (note(reading, news)) stop.resolve(reading.failure);
  });
  // Out of memory is the one failure of the thread itself that a document brings about; others end it as broken.
  worker.on("error", (error) => stop.resolve(isOutOfMemory(error) ? "took_too_much_memory" : "broken"));
  worker.on("exit", () => stop.resolve("broken"));
  try {
    reading.failure = await stop.promise;
    signal?.throwIfAborted();
    return reading;
  } finally {
    stop.clear();
    signal?.removeEventListener("abort", abort);
    await worker.terminate();
  }
}

/** Resolves once, with the failure that ended the reading or null, at the latest when a limit is reached. */
function stopOf(worker: Worker, { timeMs, memoryMb }: ReadingLimits) {
  const { promise, resolve } = Promise.withResolvers<ReadingFailure | null>();
  const time = setTimeout(() => resolve("took_too_long"), timeMs);
  // The heap limit of a thread knows nothing of buffers, which is where unpacked bytes lie.
  const memory = setInterval(() => {
    worker.getHeapStatistics().then(
      ({ total_heap_size: heap, external_memory: buffers }) => {
        if (heap + buffers > memoryMb * MB) resolve("took_too_much_memory");
      },
      () => undefined,
    );
  }, MEMORY_LOOKED_AT_MS);
  const clear = () => {
    clearTimeout(time);
    clearInterval(memory);
  };
  return { promise, resolve, clear };
}

/** Returns whether that was the last that the thread has to say. */
function note(reading: Reading, news: ReadingNews): boolean {
  switch (news.news) {
    case "kind":
      Object.assign(reading, { kind: news.kind, hasMacros: news.hasMacros });
      return false;
    case "page":
      reading.pages.push({ page: news.page, text: news.text });
      reading.pageCount = news.page;
      return false;
    case "end":
      Object.assign(reading, { pageCount: news.pages, isCut: news.isCut });
      return true;
    case "failed":
      reading.failure = news.failure;
      return true;
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}
