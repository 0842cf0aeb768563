import { collapse } from "../page/text-of.ts";

/** Writes visible text piece by piece: runs of whitespace become one blank, blocks part, nothing stands in front. */
export class TextWriter {
  readonly #breaks: number[] | null;
  readonly #parts: string[] = [];
  #at = 0;
  #space = false;

  /** Offsets at which a block, cell or line break parts the text are put into `breaks`, ascending. */
  constructor(breaks: number[] | null) {
    this.#breaks = breaks;
  }

  /** How much was written. */
  get at(): number {
    return this.#at;
  }

  get text(): string {
    return this.#parts.join("");
  }

  break(): void {
    this.#space = true;
    const breaks = this.#breaks;
    if (breaks && this.#at > 0 && breaks[breaks.length - 1] !== this.#at) breaks.push(this.#at);
  }

  write(data: string): void {
    const content = data.trim();
    if (content === "") {
      this.#space ||= data !== "";
      return;
    }
    const shown = collapse(content);
    if (content.charCodeAt(0) !== data.charCodeAt(0)) this.#space = true;
    if (shown !== "") {
      if (this.#space && this.#at > 0) this.#push(" ");
      this.#push(shown);
      this.#space = false;
    }
    this.#space ||= content.charCodeAt(content.length - 1) !== data.charCodeAt(data.length - 1);
  }

  #push(text: string): void {
    this.#parts.push(text);
    this.#at += text.length;
  }
}
