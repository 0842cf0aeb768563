import { useSyncExternalStore } from "react";

const STEP_MS = 30_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const readers = new Set<() => void>();

/** The time in milliseconds, the same for the whole page; it moves on every half minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(reader: () => void): () => void {
  readers.add(reader);
  timer ??= setInterval(tick, STEP_MS);
  tick();
  return () => {
    readers.delete(reader);
    if (readers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Moves in whole steps, so that reading it while rendering is stable. */
function tick(): void {
  const next = Math.floor(Date.now() / STEP_MS) * STEP_MS;
  if (next === now) return;
  now = next;
  for (const reader of readers) reader();
}
