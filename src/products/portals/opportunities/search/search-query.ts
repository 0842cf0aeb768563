import { spelledOut, wordsOf } from "./fold-words.ts";

/** One thing that was asked for: words that stand one after the other. */
interface Term {
  readonly words: readonly string[];
  /** The same with their accents. */
  readonly asTyped: readonly string[];
  /** Whether the last word may go on: `brid` finds `bridge`. */
  readonly isPrefix: boolean;
  readonly isUnwanted: boolean;
}

const MOST_TERMS = 12;
const MOST_LETTERS = 60;
const TERM = /(-?)"([^"]*)"|(\S+)/g;

/**
 * What a person typed, as PostgreSQL writes a `tsquery`; null where it holds no word. Every word must be there, each may be
 * the beginning of a longer one; `"road works"` stands as it is, `-lighting` must not be there.
 */
export function searchQuery(typed: string): string | null {
  const parts = termsIn(typed).map((term) => (term.isUnwanted ? "!" : "") + written(term.words, term));
  return parts.length === 0 ? null : parts.join(" & ");
}

/** What must not be there, folded; null where nothing was excluded. */
export function unwantedQuery(typed: string): string | null {
  const unwanted = termsIn(typed).filter(({ isUnwanted }) => isUnwanted);
  return unwanted.length === 0 ? null : unwanted.map((term) => written(term.words, term)).join(" | ");
}

/**
 * The same for a page of a document, whose words keep their accents: each is looked for as it was typed, and without. Null
 * where nothing is wanted: a page that only lacks something is no hit.
 */
export function pageQuery(typed: string): string | null {
  const terms = termsIn(typed);
  if (terms.every(({ isUnwanted }) => isUnwanted)) return null;
  return terms
    .map((term) => {
      const ways = new Set([written(term.asTyped, term), written(term.words, term)]);
      return `${term.isUnwanted ? "!" : ""}(${[...ways].join(" | ")})`;
    })
    .join(" & ");
}

function written(words: readonly string[], { isPrefix }: Pick<Term, "isPrefix">): string {
  const each = words.map((word, at) => `'${word}'${isPrefix && at === words.length - 1 ? ":*" : ""}`);
  return each.length === 1 ? each.join("") : `(${each.join(" <-> ")})`;
}

/** Where a text holds what was asked for: start and end of each place, in order. */
export function highlightsIn(text: string, typed: string): [number, number][] {
  const words = wordsOf(text);
  const wanted = termsIn(typed).filter(({ isUnwanted }) => !isUnwanted);
  const places = words.flatMap((_, at) =>
    wanted.flatMap((term): [number, number][] => {
      const [first, last] = [words[at], words[at + term.words.length - 1]];
      return first && last && standsAt(term, words, at, text) ? [[first.start, last.end]] : [];
    }),
  );
  return joined(places);
}

function standsAt(
  { words: asked, isPrefix }: Term,
  words: ReturnType<typeof wordsOf>,
  at: number,
  text: string,
): boolean {
  return asked.every((word, offset) => {
    const found = words[at + offset];
    if (!found) return false;
    const spellings = [found.folded, spelledOut(text.slice(found.start, found.end)) ?? found.folded];
    const isOpen = isPrefix && offset === asked.length - 1;
    return spellings.some((spelling) => (isOpen ? spelling.startsWith(word) : spelling === word));
  });
}

function termsIn(typed: string): Term[] {
  return [...typed.matchAll(TERM)].slice(0, MOST_TERMS).flatMap(([all, sign, quoted, plain]): Term[] => {
    const text = quoted ?? plain ?? "";
    const isUnwanted = sign === "-" || (plain !== undefined && /^-\p{L}/u.test(all));
    const found = wordsOf(text).filter(({ folded }) => folded !== "");
    if (found.length === 0) return [];
    const words = found.map(({ folded }) => folded);
    const asTyped = found.map(({ start, end }) => text.slice(start, end).toLowerCase().slice(0, MOST_LETTERS));
    return [{ words, asTyped, isPrefix: quoted === undefined, isUnwanted }];
  });
}

/** Places that touch or overlap are one. */
function joined(places: readonly [number, number][]): [number, number][] {
  const inOrder = [...places].sort(([a], [b]) => a - b);
  return inOrder.reduce<[number, number][]>((all, [start, end]) => {
    const last = all.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else all.push([start, end]);
    return all;
  }, []);
}
