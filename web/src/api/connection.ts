import { useSyncExternalStore } from "react";

let isLost = false;
const readers = new Set<() => void>();

/** Takes note of whether Gleaner answered. */
export function noteAnswer(hasAnswered: boolean): void {
  if (isLost === !hasAnswered) return;
  isLost = !hasAnswered;
  for (const reader of readers) reader();
}

/** Whether what was asked last got no answer. */
export function useIsConnectionLost(): boolean {
  return useSyncExternalStore(subscribe, () => isLost);
}

function subscribe(reader: () => void): () => void {
  readers.add(reader);
  return () => readers.delete(reader);
}
