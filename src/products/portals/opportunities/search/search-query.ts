import { spelledOut, wordsOf } from "./fold-words.ts";

/** One thing that was asked for: words that stand one after the other. */
interface Term {
  readonly words: readonly string[];
  /** Whether the last word may go on: `brid` finds `bridge`. */
  readonly isPrefix: boolean;
  readonly isUnwanted: boolean;
}

const MOST_TERMS = 12;
const TERM = /(-?)"([^"]*)"|(\S+)/g;

/**
 * What a person typed, as PostgreSQL writes a `tsquery`; null where it holds no word. Every word must be there, each may be
 * the beginning of a longer one; `"road works"` stands as it is, `-lighting` must not be there.
 */
export function searchQuery(typed: string): string | null {
  const parts = termsIn(typed).map(({ words, isPrefix, isUnwanted }) => {
    const each = words.map((word, at) => `'${word}'${isPrefix && at === words.length - 1 ? ":*" : ""}`);
    const phrase = each.length === 1 ? each.join("") : `(${each.join(" <-> ")})`;
    return isUnwanted ? `!${phrase}` : phrase;
  });
  return parts.length === 0 ? null : parts.join(" & ");
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
    const words = wordsOf(text)
      .map(({ folded }) => folded)
      .filter((word) => word !== "");
    return words.length === 0 ? [] : [{ words, isPrefix: quoted === undefined, isUnwanted }];
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
