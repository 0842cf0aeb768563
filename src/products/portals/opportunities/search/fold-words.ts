/** Letters that stand for others without being them with an accent. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŧ: "t" },
};
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts that put no blanks between words: each sign is a word, and neighbours are found as a phrase. */
const ALONE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const MOST_LETTERS = 60;

/** A word of a text with its place in it. */
export interface Word {
  /** Without accents and capitals: what is compared. */
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** Without capitals, accents and ligatures, in any language that has them: `Straße` and `STRASSE` are one. */
export function fold(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
  return plain.replace(/[ßæœøłđðþıħŧ]/g, (letter) => PLAIN[letter] ?? letter).normalize("NFC");
}

/** The words of a text, in its order. */
export function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].flatMap(({ 0: word, index }) =>
    ALONE.test(word) ? signs(word, index) : [one(word, index)],
  );
}

/** How German writes a word that has no umlauts to write it with: `Müller` is found as `Mueller` too. */
export function spelledOut(text: string): string | null {
  const spelled = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[äöü]/g, (letter) => UMLAUTS[letter] ?? letter);
  const folded = fold(spelled);
  return folded === fold(text) ? null : folded.slice(0, MOST_LETTERS);
}

const UMLAUTS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue" };

function signs(word: string, at: number): Word[] {
  let start = at;
  return [...word].map((sign) => {
    const here = start;
    start += sign.length;
    return one(sign, here);
  });
}

function one(word: string, start: number): Word {
  return { folded: fold(word).slice(0, MOST_LETTERS), start, end: start + word.length };
}
