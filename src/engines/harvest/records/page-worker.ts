// Reads pages in a thread of its own: told a recipe once, then page after page. Started by `PageReaders`.
import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "#kernel";
import { RecipeReader } from "#engines/extraction/replay";
import { digestReading } from "./page-digest.ts";
import type { ReadAnswer, ReadOrder, WorkerTask } from "./page-readers.ts";
import { sourceOf } from "./read-page.ts";

const { recipe, embedded }: WorkerTask = workerData;
const reader = new RecipeReader(recipe, { embedded });

parentPort?.on("message", ({ id, source, pagination }: ReadOrder) => {
  const answered = answer(id, () => digestReading(reader.read(sourceOf(source), { pagination })));
  parentPort?.postMessage(answered, answered.ok ? [answered.digest.packed.buffer] : []);
});

function answer(id: number, read: () => Extract<ReadAnswer, { ok: true }>["digest"]): ReadAnswer {
  try {
    return { id, ok: true, digest: read() };
  } catch (error) {
    // What a page cannot be is an answer. Anything else is a bug, and ends the thread.
    if (!(error instanceof AppError)) throw error;
    return { id, ok: false, message: error.message };
  }
}
