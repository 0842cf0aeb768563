import { outlineOf } from "../outline/page-outline.ts";
import type { Page } from "../page/page.ts";

/** Shorter values stand anywhere by chance. */
const LEAST_LENGTH = 4;

/** The words of a page, in which values are looked for. */
export class PageWords {
  readonly #text: string;

  constructor(page: Page) {
    this.#text = outlineOf(page).text.replace(/\s+/g, " ");
  }

  has({ raw }: { readonly raw: string }): boolean {
    return raw.length >= LEAST_LENGTH && holdsWhole(this.#text, raw);
  }

  /** Counts no further than two. */
  countOf(raw: string): number {
    const first = wholeAt(this.#text, raw, 0);
    return first < 0 ? 0 : wholeAt(this.#text, raw, first + raw.length) < 0 ? 1 : 2;
  }
}

/** "Part 1" does not stand in "Part 12". */
export function holdsWhole(text: string, words: string): boolean {
  return wholeAt(text, words, 0) >= 0;
}

function wholeAt(text: string, words: string, from: number): number {
  for (let at = text.indexOf(words, from); at >= 0; at = text.indexOf(words, at + 1))
    if (!isWord(text.charAt(at - 1)) && !isWord(text.charAt(at + words.length))) return at;
  return -1;
}

const isWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);
