import { decodeHTML, decodeHTMLAttribute } from "entities";
import { isPlainComment, type Token } from "./cut-source.ts";

/**
 * What may stand in a hole. A parser tells space from all else and readers tell what is blank from words: `words` never
 * becomes one of the others, so that what was built around it stays as it was. `any` is the text of an element that holds
 * nothing else, or nothing at all.
 */
export type Holds = "space" | "blank" | "words" | "any" | "attribute" | "comment" | "script" | "title";

interface Hole {
  readonly holds: Holds;
  /** What stands right behind it, and cannot stand in it. */
  readonly until: string;
  /** What it holds must be no part of this. */
  readonly never?: string;
}

/** What the selectors of a recipe name, which therefore is not free. */
export interface Named {
  readonly attributes: ReadonlySet<string>;
  /** The selectors that name ids, joined, with the names as pages have them; empty when none does. */
  readonly ids: string;
}

/** A stretch of source with holes: literal, hole, literal … The first and the last literal may be empty. */
export interface Program {
  readonly literals: readonly string[];
  readonly holes: readonly Hole[];
}

/**
 * Attributes that differ from record to record or from visit to visit without a bearing on how a page is built. Those that
 * a recipe's selectors name are none of them; nor is an `id` that they name.
 */
const FREE =
  /^(?:href|src|srcset|action|formaction|id|title|alt|value|name|for|content|nonce|integrity|datetime|onclick|aria-(?:label|labelledby|controls|describedby)|data-(?!gleaner-).+)$/;
/** Elements of which a parser compares the attributes, or that tell it how to read the rest. */
const KEPT_WHOLE = new Set("b big code em font i nobr s small strike strong tt u html body svg math".split(" "));

const isFree = (element: string, attribute: string, { attributes }: Named): boolean =>
  FREE.test(attribute) && !attributes.has(attribute) && !KEPT_WHOLE.has(element);

/** Writes the program of some tokens; says at which number each hole stands. */
export class ProgramWriter {
  readonly #text: string;
  readonly #named: Named;
  readonly #literals: string[] = [];
  readonly #holes: Hole[] = [];
  #from: number;

  constructor(text: string, from: number, named: Named) {
    this.#text = text;
    this.#from = from;
    this.#named = named;
  }

  /** Takes a token in. Gives the numbers of its holes: of a tag one for each free attribute, by name. */
  add(token: Token, isFixed = false): ReadonlyMap<string, number> {
    const numbers = new Map<string, number>();
    if (token.kind === "open") {
      for (const { name, value } of token.attributes) {
        if (!value || numbers.has(name) || !isFree(token.name, name, this.#named)) continue;
        const never = name === "id" && this.#named.ids !== "" ? { never: this.#named.ids } : {};
        if (never.never?.includes(decodeHTMLAttribute(this.#text.slice(value.start, value.end)))) continue;
        numbers.set(name, this.#hole({ holds: "attribute", until: value.quote, ...never }, value.start, value.end));
      }
    } else if (token.kind === "text" && !isFixed) {
      const hole = textHole(this.#text.slice(token.start, token.end), token.raw);
      if (hole) numbers.set("", this.#hole(hole, token.start, token.end));
    } else if (token.kind === "comment") this.#hole({ holds: "comment", until: "-->" }, token.start + 4, token.end - 3);
    return numbers;
  }

  /** Takes in the text of an element that holds nothing else, which may be empty. Gives the number of its hole. */
  addOnlyText(start: number, end: number): number {
    return this.#hole({ holds: "any", until: "<" }, start, end);
  }

  end(at: number): Program {
    return { literals: [...this.#literals, this.#text.slice(this.#from, at)], holes: this.#holes };
  }

  #hole(hole: Hole, start: number, end: number): number {
    this.#literals.push(this.#text.slice(this.#from, start));
    this.#from = end;
    return this.#holes.push(hole) - 1;
  }
}

function textHole(text: string, raw: string | null): Hole | null {
  if (raw === null) return { holds: kindOf(text.includes("&") ? decodeHTML(text) : text), until: "<" };
  if (raw === "script") return { holds: "script", until: "</" };
  return raw === "title" ? { holds: "title", until: "<" } : null;
}

/**
 * Where a stretch that begins at `at` ends, when it is what the program says; -1 when it is not. What stands in the holes is
 * put into `values`, decoded.
 */
export function match({ literals, holes }: Program, text: string, at: number, values: string[] | null): number {
  let from = at;
  for (let number = 0; number < holes.length; number += 1) {
    const literal = literals[number] ?? "";
    const hole = holes[number];
    if (!hole || !text.startsWith(literal, from)) return -1;
    from += literal.length;
    const end = text.indexOf(hole.until, from);
    if (end < 0) return -1;
    const value = fill(hole.holds, text.slice(from, end));
    if (value === null || hole.never?.includes(value) === true) return -1;
    if (values) values[number] = value;
    from = end;
  }
  const last = literals[holes.length] ?? "";
  return text.startsWith(last, from) ? from + last.length : -1;
}

/** What a hole holds, decoded; null when it cannot hold that. */
function fill(holds: Holds, written: string): string | null {
  switch (holds) {
    case "attribute":
      return written.includes("&") ? decodeHTMLAttribute(written) : written;
    case "comment":
      return isPlainComment(written) ? written : null;
    case "script":
      return written.includes("<!--") ? null : written;
    case "title":
      return written;
    case "any":
      return written.includes("&") ? decodeHTML(written) : written;
    default: {
      if (written === "") return null;
      const value = written.includes("&") ? decodeHTML(written) : written;
      return kindOf(value) === holds ? value : null;
    }
  }
}

function kindOf(text: string): Holds {
  const first = text.charCodeAt(0);
  if (first > 32 && first < 127) return "words";
  if (text.trim() !== "") return "words";
  return /[^\t\n\f\r ]/.test(text) ? "blank" : "space";
}
