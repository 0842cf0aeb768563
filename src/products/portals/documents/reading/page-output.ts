import type { ReadingLimits } from "./reading.ts";

/** Characters of one page at most: more than any printed one, and what the search index takes at once. */
const PAGE_CHARACTERS = 50_000;

/** Takes the text of a document within its limits. A page that is longer than pages are is continued on the next one. */
export class PageOutput {
  readonly #limits: Pick<ReadingLimits, "pages" | "characters">;
  readonly #write: (page: number, text: string) => void;
  #page = 0;
  #characters = 0;
  #isCut = false;

  constructor(limits: Pick<ReadingLimits, "pages" | "characters">, write: (page: number, text: string) => void) {
    this.#limits = limits;
    this.#write = write;
  }

  /** No more is taken: a reader may stop. */
  get isFull(): boolean {
    return this.#page >= this.#limits.pages || this.#characters >= this.#limits.characters;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  get pages(): number {
    return this.#page;
  }

  /** The next page, as long as it is. */
  add(text: string): void {
    const clean = tidy(text);
    for (let from = 0; from === 0 || from < clean.length; from += PAGE_CHARACTERS) {
      if (this.isFull) {
        this.#isCut = true;
        return;
      }
      this.#page += 1;
      const left = this.#limits.characters - this.#characters;
      const part = clean.slice(from, from + Math.min(PAGE_CHARACTERS, left)).toWellFormed();
      this.#characters += part.length;
      this.#isCut ||= left < Math.min(PAGE_CHARACTERS, clean.length - from);
      this.#write(this.#page, part);
    }
  }

  /** One page of a numbered document, cut where it is too long, so that the numbers stay those of the file. */
  addNumbered(page: number, text: string): void {
    if (this.isFull || page > this.#limits.pages) {
      this.#isCut = true;
      return;
    }
    const clean = tidy(text);
    const room = Math.min(PAGE_CHARACTERS, this.#limits.characters - this.#characters);
    this.#isCut ||= clean.length > room;
    const part = clean.slice(0, room).toWellFormed();
    this.#page = page;
    this.#characters += part.length;
    this.#write(page, part);
  }

  cut(): void {
    this.#isCut = true;
  }
}

/** Without control characters, runs of blanks, and more than one empty line. */
function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\n\t])\p{Cc}|[\u00ad\u200b\ufeff]/gu, "")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
