/** Shorter slices are copied anyway. */
const SHORTEST_SHARED = 13;

/**
 * The same text in memory of its own. V8 lets a slice share the text it was cut from, so that a word kept for later would
 * keep its whole page; a text that was put together is not shared.
 */
export function ownCopy(text: string): string {
  return text.length < SHORTEST_SHARED ? text : ` ${text}`.slice(1);
}
