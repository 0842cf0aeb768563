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
    const first = this.#text.indexOf(raw);
    return first < 0 ? 0 : this.#text.indexOf(raw, first + raw.length) < 0 ? 1 : 2;
  }
}

/** "Part 1" does not stand in "Part 12". */
export function holdsWhole(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    if (!/[\p{L}\p{N}]/u.test(text.charAt(at + words.length)) && !/[\p{L}\p{N}]/u.test(text.charAt(at - 1)))
      return true;
  return false;
}
