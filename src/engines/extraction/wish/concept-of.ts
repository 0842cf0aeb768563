import { CONCEPTS, type Concept } from "./concepts.ts";
import { stem, wordsOf } from "./words-of.ts";

export interface NamedConcept {
  readonly concept: Concept;
  /** 1 when the whole name is a known one, less when a known one stands in it. */
  readonly fit: number;
  /** Told by a word alone that says no more than a type ("date") in a name that says more ("event date"). */
  readonly isVague: boolean;
}

interface KnownName {
  readonly words: readonly string[];
  readonly concept: Concept;
}

/** What columns are called that nobody named: the words of a type. */
const GENERIC_WORDS: ReadonlySet<string> = new Set(["date", "datum", "fecha", "data"].map(stem));

const KNOWN: readonly KnownName[] = CONCEPTS.flatMap((concept) =>
  [concept.name, ...concept.words.split(",")].map((name) => ({ words: stems(name), concept })),
);

/** What a name may mean, best first. Longer known names outweigh shorter ones; the last words of a name weigh more. */
export function conceptsOf(name: string): NamedConcept[] {
  const words = stems(name);
  if (words.length === 0) return [];
  const best = new Map<Concept, Omit<NamedConcept, "concept">>();
  for (const known of KNOWN) {
    const at = position(words, known.words);
    if (at < 0) continue;
    const isWhole = known.words.length === words.length;
    const share = known.words.length / words.length;
    const isHead = at + known.words.length === words.length;
    const fit = isWhole ? 1 : 0.45 + 0.35 * share + (isHead ? 0.1 : 0);
    if (fit <= (best.get(known.concept)?.fit ?? 0)) continue;
    best.set(known.concept, { fit, isVague: !isWhole && known.words.every((word) => GENERIC_WORDS.has(word)) });
  }
  return [...best].map(([concept, found]) => ({ concept, ...found })).sort((a, b) => b.fit - a.fit);
}

/** Whether a name tells a type and nothing else: `date`, `date_2`. */
export function isGenericName(name: string): boolean {
  const words = wordsOf(name).split(" ").filter(Boolean);
  return words.length > 0 && words.every((word) => GENERIC_WORDS.has(stem(word)) || /^\d+$/.test(word));
}

export function conceptNamed(name: string): Concept | undefined {
  return CONCEPTS.find((concept) => concept.name === name);
}

function stems(name: string): string[] {
  return wordsOf(name).split(" ").filter(Boolean).map(stem);
}

/** Where a known name stands in a name, as whole words; the last place if there are several. */
function position(words: readonly string[], known: readonly string[]): number {
  for (let at = words.length - known.length; at >= 0; at -= 1) {
    if (known.every((word, offset) => words[at + offset] === word)) return at;
  }
  return -1;
}
