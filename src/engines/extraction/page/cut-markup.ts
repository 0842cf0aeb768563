/** Elements that hold others and whose end tag no author may leave out. */
const OPENING = /<(\/?)(?:table|tbody|div|ul|ol|dl|section|main|article|aside|nav|form|a|span)(?=[\s>/])/gi;
/** End tags of the document stand at its end; behind them at most a few remarks of a server. */
const TAIL = 4_000;
/** A page that somebody closes carelessly leaves one element open, perhaps two. */
const CARELESS = 1;

/**
 * Whether markup ends before its page does: a server that fails half-way sends a page like that with status 200. Many
 * authors leave `</body>` away, but they close their tables.
 */
export function isCut(text: string): boolean {
  if (/<\/(?:html|body|frameset)\s*>/i.test(text.slice(-TAIL)) || text.trim() === "") return false;
  if (/<[a-z/][^<>]*$/i.test(text.slice(-TAIL))) return true;
  let open = 0;
  for (const [, slash] of text.matchAll(OPENING)) open += slash === "/" ? -1 : 1;
  return open > CARELESS;
}
