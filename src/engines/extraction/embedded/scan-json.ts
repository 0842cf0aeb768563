import type { Located } from "./embedded-data.ts";
import { originOf, unescapeLiteral, type SourceText } from "./source-text.ts";

/** Deeper nesting is dropped: pages nest a few dozen levels, attacks nest a million. */
const MAX_DEPTH = 128;
const MAX_VALUES = 400_000;

export interface Scanned {
  readonly value: Located;
  /** Where the value ends in the source text. */
  readonly end: number;
  /** False when something had to be mended or left out. */
  readonly isClean: boolean;
}

/** How many characters may still be looked at, over several scans. Each scan takes off what it looked at. */
export interface Effort {
  left: number;
}

export interface ScanOptions {
  readonly mends?: boolean;
  readonly effort?: Effort;
}

/**
 * Reads one JSON value, or what JavaScript writes in its place: comments, trailing commas, single quotes, bare keys,
 * raw line breaks in strings. Expressions that are no literals are left out. Every scalar keeps its range. With `mends`
 * a quote inside a string that nobody escaped is taken as text, and a cut-off end closes what is open.
 */
export function scanJson(
  source: SourceText,
  start: number,
  { mends = false, effort }: ScanOptions = {},
): Scanned | null {
  const scanner = new Scanner(source, start, mends);
  const value = scanner.value(0);
  if (effort) effort.left -= scanner.reached - start;
  return value ? { value, end: scanner.at, isClean: scanner.isClean } : null;
}

class Scanner {
  at: number;
  isClean = true;
  readonly #source: SourceText;
  readonly #text: string;
  readonly #mends: boolean;
  #left = MAX_VALUES;
  /** Something was looked for up to the end of the text, and is not there. */
  #sawEnd = false;

  constructor(source: SourceText, start: number, mends: boolean) {
    this.#source = source;
    this.#text = source.text;
    this.at = start;
    this.#mends = mends;
  }

  /** How far the text was looked at. */
  get reached(): number {
    return this.#sawEnd ? this.#text.length : this.at;
  }

  value(depth: number): Located | null {
    this.#skipSpace();
    const mark = this.#text[this.at];
    if (mark === undefined || (this.#left -= 1) < 0) return null;
    if (mark === "{" || mark === "[") {
      if (depth >= MAX_DEPTH) return this.#leaveOut();
      return mark === "{" ? this.#object(depth) : this.#array(depth);
    }
    if (mark === '"' || mark === "'" || mark === "`") return this.#string(mark);
    return this.#word() ?? this.#leaveOut();
  }

  #object(depth: number): Located | null {
    const entries = new Map<string, Located>();
    this.at += 1;
    for (;;) {
      this.#skipSpace();
      const mark = this.#text[this.at];
      if (mark === "}") return this.#closed({ kind: "object", entries });
      if (mark === ",") {
        this.at += 1;
        continue;
      }
      const key = mark === undefined ? null : this.#key();
      if (key === null) return this.#cutOff({ kind: "object", entries }, entries.size);
      const value = this.value(depth + 1);
      if (value === null) return this.#cutOff({ kind: "object", entries }, entries.size);
      if (!entries.has(key)) entries.set(key, value);
      if (!this.#atBoundary("}")) return this.#cutOff({ kind: "object", entries }, entries.size);
    }
  }

  #array(depth: number): Located | null {
    const items: Located[] = [];
    this.at += 1;
    for (;;) {
      this.#skipSpace();
      const mark = this.#text[this.at];
      if (mark === "]") return this.#closed({ kind: "array", items });
      if (mark === ",") {
        this.at += 1;
        continue;
      }
      const value = mark === undefined ? null : this.value(depth + 1);
      if (value === null) return this.#cutOff({ kind: "array", items }, items.length);
      items.push(value);
      if (!this.#atBoundary("]")) return this.#cutOff({ kind: "array", items }, items.length);
    }
  }

  #closed(value: Located): Located {
    this.at += 1;
    return value;
  }

  /** An end that is missing: what was read stands when mending, else nothing does. */
  #cutOff(value: Located, size: number): Located | null {
    this.isClean = false;
    return this.#mends && size > 0 ? value : null;
  }

  /** After a value: a comma or the end must follow. A missing comma is forgiven. */
  #atBoundary(end: string): boolean {
    this.#skipSpace();
    const mark = this.#text[this.at];
    if (mark === "," || mark === end) return true;
    if (mark !== '"' && mark !== "{" && mark !== "[") return false;
    this.isClean = false;
    return this.#mends;
  }

  #key(): string | null {
    const mark = this.#text[this.at];
    let key: string;
    if (mark === '"' || mark === "'") {
      const read = this.#string(mark);
      if (read?.kind !== "string") return null;
      key = read.value;
    } else {
      const bare = this.#match(/[\p{ID_Start}$_\d][\p{ID_Continue}$.-]*/uy);
      if (bare === null) return null;
      key = bare;
    }
    this.#skipSpace();
    if (this.#text[this.at] !== ":") return null;
    this.at += 1;
    return key;
  }

  #string(quote: string): Located | null {
    const start = this.at + 1;
    const end = this.#endOfString(quote, start);
    if (end < 0) return null;
    this.at = end + 1;
    const raw = this.#text.slice(start, end);
    const value = raw.includes("\\") ? unescapeLiteral(this.#source, start, end).text : raw;
    return { kind: "string", value, place: this.#source.place, range: originOf(this.#source, start, end) };
  }

  #endOfString(quote: string, start: number): number {
    for (let at = start; at < this.#text.length; at += 1) {
      const mark = this.#text[at];
      if (mark === "\\") at += 1;
      else if (mark === quote && (!this.#mends || this.#closes(at))) return at;
    }
    this.#sawEnd = true;
    return -1;
  }

  /** Whether a quote ends its string: a comma, colon or bracket follows it, or a new line with the next key. */
  #closes(at: number): boolean {
    const blank = /\s*/y;
    blank.lastIndex = at + 1;
    const [space = ""] = blank.exec(this.#text) ?? [];
    const follows = this.#text[at + 1 + space.length];
    const closes =
      follows === undefined || ",:}]".includes(follows) || (space.includes("\n") && '"{['.includes(follows));
    if (!closes) this.isClean = false;
    return closes;
  }

  #word(): Located | null {
    const start = this.at;
    const word = this.#match(
      /-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?(?![\w$.])|(?:true|false|null|undefined|NaN|![01])(?![\w$])/iy,
    );
    if (word === null) return null;
    const at = { place: this.#source.place, range: originOf(this.#source, start, this.at) };
    if (/^(?:true|!0)$/.test(word)) return { kind: "boolean", value: true, ...at };
    if (/^(?:false|!1)$/.test(word)) return { kind: "boolean", value: false, ...at };
    const number = Number(word);
    return Number.isFinite(number) ? { kind: "number", value: number, ...at } : { kind: "null", value: null, ...at };
  }

  /** Skips an expression that is no literal, up to the next comma or bracket on its own level. */
  #leaveOut(): Located | null {
    const start = this.at;
    let open = 0;
    for (; this.at < this.#text.length; this.at += 1) {
      const mark = this.#text[this.at] ?? "";
      if (mark === '"' || mark === "'" || mark === "`") {
        const end = this.#endOfString(mark, this.at + 1);
        if (end < 0) return null;
        this.at = end;
      } else if ("([{".includes(mark)) open += 1;
      else if (")]}".includes(mark)) {
        if (open === 0) break;
        open -= 1;
      } else if ((mark === "," || mark === ";") && open === 0) break;
    }
    if (this.at === start || this.at >= this.#text.length) return null;
    this.isClean = false;
    return { kind: "null", value: null, place: this.#source.place, range: originOf(this.#source, start, this.at) };
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.at);
      if (code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff || code === 0x2028) this.at += 1;
      else if (code !== 47) return;
      else if (this.#match(/\/\/[^\n]*|\/\*[^]*?\*\//y) === null) {
        this.#sawEnd ||= this.#text[this.at + 1] === "*";
        return;
      }
    }
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) return null;
    this.at += found.length;
    return found;
  }
}
