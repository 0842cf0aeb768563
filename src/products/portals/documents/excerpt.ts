/** A piece of a page as it stands there, with the words that were looked for. */
export interface Excerpt {
  /** Found in the page's text letter by letter. */
  quote: string;
  /** From and to, in characters of `quote`. */
  highlights: [number, number][];
}

const LENGTH = 240;
const BEFORE = 60;
const WORD = /[\p{L}\p{N}]+/gu;

/** The words of a search, without those that must not be there. */
export function wordsOf(query: string): Set<string> {
  const wanted = query.replace(/(^|\s)-("[^"]*"|\S+)/g, " ");
  const words = [...wanted.matchAll(WORD)].map(([word]) => word.toLowerCase());
  return new Set(words.filter((word) => word !== "or"));
}

/** Cuts out where most of the words stand together; without any of them, the beginning. */
export function excerptOf(text: string, query: string): Excerpt {
  const wanted = wordsOf(query);
  const found = [...text.matchAll(WORD)].flatMap(({ 0: word, index }) => {
    const lower = word.toLowerCase();
    return wanted.has(lower) ? [{ from: index, to: index + word.length, lower }] : [];
  });
  const first = densest(found);
  const from = first === null ? 0 : wordStart(text, Math.max(0, first - BEFORE));
  const to = wordEnd(text, Math.min(text.length, from + LENGTH));
  const inside = found.filter((hit) => hit.from >= from && hit.to <= to);
  return { quote: text.slice(from, to), highlights: inside.map((hit) => [hit.from - from, hit.to - from]) };
}

interface Hit {
  from: number;
  lower: string;
}

/** Where the window begins that holds the most different words. */
function densest(hits: readonly Hit[]): number | null {
  let best: { from: number; count: number } | null = null;
  for (const [at, { from }] of hits.entries()) {
    const near = new Set<string>();
    for (const other of hits.slice(at, at + 50)) {
      if (other.from > from + LENGTH - BEFORE) break;
      near.add(other.lower);
    }
    if (near.size > (best?.count ?? 0)) best = { from, count: near.size };
  }
  return best?.from ?? null;
}

function wordStart(text: string, at: number): number {
  const space = text.slice(at, at + 30).search(/\s/);
  return at === 0 || space < 0 ? at : at + space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.slice(at - 30, at).search(/\s\S*$/);
  return space < 0 ? at : at - 30 + space;
}
