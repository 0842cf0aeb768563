import { wordsOf } from "../search/fold-words.ts";

/** How two titles relate. `other`: they name two things of one kind, such as two lots or two years. */
export type TitleLikeness =
  | { readonly kind: "same" | "near" | "contained"; readonly shared: number }
  | { readonly kind: "other" | "different"; readonly shared: number; readonly words: readonly string[] };

/** Words that say what kind of paper it is, or nothing at all. */
const FILLING = new Set(
  (
    "the a an of for and to in on at by with or rfp rfq itb ifb itt tender tenders bid bids invitation request proposal proposals quotation " +
    "notice contract contracts procurement re der die das des dem den und fur von vom zur zum im am ausschreibung vergabe auftrag offene " +
    "offenes verfahren le la les de du des et pour un une au aux marche appel offres avis el los las y del para por il lo gli e di per gara " +
    "het een van en voor aanbesteding l d"
  ).split(" "),
);
/** Words by which parts of one thing are told apart. */
const TELLING = new Set(
  (
    "north south east west northern southern eastern western upper lower left right inner outer first second third fourth fifth one two " +
    "three four five six nord sud ost norden suden osten westen oben unten erste zweite dritte eins zwei drei vier est ouest premier deuxieme " +
    "norte sur oeste primero segundo sul leste phase stage"
  ).split(" "),
);
/** What stands behind these names one part of many, also where it is a single letter. */
const PARTS = new Set(
  "lot lots los part phase section block zone area package bundle teil abschnitt lote lotto perceel tranche stage unit".split(
    " ",
  ),
);
const ROMAN = /^(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})$/;

/** The words of a title that mean something, without those of its own reference. */
export function tellingWords(title: string, reference: string | null): string[] {
  const own = new Set(wordsOf(reference ?? "").map(({ folded }) => folded));
  const words = withParts(wordsOf(title).map(({ folded }) => folded));
  const holdsReference = own.size > 0 && [...own].every((word) => words.includes(word));
  return words.filter((word) => !FILLING.has(word) && !(holdsReference && own.has(word)));
}

/** "Lot A" is one word: "lot a". */
function withParts(words: readonly string[]): string[] {
  return words.flatMap((word, at) => {
    const before = words[at - 1];
    const after = words[at + 1];
    if (before !== undefined && PARTS.has(before) && isShort(word)) return [];
    return after !== undefined && PARTS.has(word) && isShort(after) ? [`${word} ${after}`] : [word];
  });
}

function isShort(word: string): boolean {
  return word.length <= 3 || /\p{N}/u.test(word);
}

export function likenessOf(a: readonly string[], b: readonly string[]): TitleLikeness {
  const onlyA = without(a, b);
  const onlyB = without(b, a);
  const shared = a.length - onlyA.length;
  const telling = [...onlyA, ...onlyB].filter(tellsApart);
  if (telling.length > 0 && shared > 0) return { kind: "other", shared, words: telling };
  if (onlyA.length === 0 && onlyB.length === 0) return { kind: shared > 0 ? "same" : "different", shared, words: [] };
  if (onlyA.length === onlyB.length && pairOff(onlyA, onlyB)) return { kind: "near", shared: shared + onlyA.length };
  const longest = Math.max(a.length, b.length);
  const isPart = onlyA.length === 0 || onlyB.length === 0;
  if (isPart && shared >= 3 && shared / longest >= 0.6) return { kind: "contained", shared };
  return { kind: "different", shared, words: [...onlyA, ...onlyB] };
}

/** A number, a letter, a direction: "Lot 2" is not "Lot 3", "2025" not "2026", "North" not "South". */
function tellsApart(word: string): boolean {
  return /\p{N}/u.test(word) || word.length === 1 || word.includes(" ") || ROMAN.test(word) || TELLING.has(word);
}

/** What stands in one list more often than in the other. */
function without(words: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return words.filter((word) => {
    const at = left.indexOf(word);
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

/** Whether each word has one on the other side that differs by a slip or an ending: "maintenance" and "maintainance". */
function pairOff(a: readonly string[], b: readonly string[]): boolean {
  const left = [...b];
  return a.every((word) => {
    const at = left.findIndex((other) => isSlip(word, other));
    if (at < 0) return false;
    left.splice(at, 1);
    return true;
  });
}

function isSlip(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 5 || long.length - short.length > 2) return false;
  if (long.startsWith(short)) return true;
  if (long.length - short.length > 1 || (long.length === short.length && long.length < 7)) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const swapped =
    short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
  return swapped || short.slice(at + 1) === long.slice(at + 1);
}
