// Reads pages in a thread of its own: told a recipe, then page after page. Started by `ReadingThread`.
import { parentPort } from "node:worker_threads";
import { RecipeReader } from "#engines/extraction/replay";
import { digestPage } from "./page-digest.ts";
import type { ThreadAnswer, ThreadMessage } from "./reading-threads.ts";

let reader: RecipeReader | null = null;

parentPort?.on("message", (message: ThreadMessage) => {
  if (message.kind === "task") {
    reader = new RecipeReader(message.recipe, message);
    return;
  }
  if (!reader) throw new Error("A page came before the recipe.");
  const { id, ...order } = message;
  const answer = digestPage(reader, order);
  const told: ThreadAnswer = { id, answer };
  parentPort?.postMessage(told, answer.ok ? [answer.digest.packed.buffer] : []);
});
