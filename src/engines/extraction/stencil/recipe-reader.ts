import { applyRecipe, isHead } from "../apply-recipe.ts";
import { decodePage } from "../page/decode-page.ts";
import { isData } from "../page/data-page.ts";
import type { PageSource } from "../page/page.ts";
import { parsePage } from "../page/parse-page.ts";
import type { Recipe } from "../recipe.ts";
import { checkFields } from "../records/check-drift.ts";
import type { ExtractedRecord, PageExtraction } from "../records/extracted-record.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import { valueFollows } from "../value-follows.ts";
import { verifyEvidence } from "../verify-evidence.ts";
import type { RowPlan } from "./row-plan.ts";
import { isForStencils, makeStencil, type Stencil, type Stencilled } from "./stencil.ts";

/** Longer pages are parsed: few of them come in a row, and a parser's limits are meant for them. */
const LONGEST = 2_000_000;
/** First, last and middle pages differ in their pagers, and rarely otherwise. */
const MOST_STENCILS = 8;
/** A listing whose pages are all different gets no further stencils after so many that served for nothing. */
const MOST_VAIN = 12;

/** A page that was read by a recipe. */
export interface Reading extends Pick<PageExtraction, "records" | "declared" | "drift"> {
  /** Whether a value's quote stands where it says, and the value is what the quote says. */
  readonly holds: (value: ExtractedValue) => boolean;
}

/**
 * Reads page after page of one listing by a recipe. What was parsed once serves as a stencil for pages of the very same
 * markup, which then need not be parsed. A stencil, and each kind of row in it, has to give what parsing gives on one more
 * page before it is relied on; if ever it does not, there are no stencils for this listing any more.
 */
export class RecipeReader {
  readonly #recipe: Recipe;
  readonly #embedded: boolean;
  readonly #stencils = new Map<string, Stencil>();
  readonly #proven = new WeakSet<Stencil | RowPlan>();
  #vain = 0;

  constructor(recipe: Recipe, { embedded }: { readonly embedded: boolean }) {
    this.#recipe = recipe;
    this.#embedded = embedded;
    if (!isForStencils(recipe)) this.#vain = MOST_VAIN;
  }

  get fields(): Recipe["fields"] {
    return this.#recipe.fields;
  }

  /** Throws `PageTooLarge` or `PageTooComplex`, as `parsePage` does. */
  read(source: PageSource, { pagination }: { readonly pagination: boolean }): Reading {
    const text = pagination || this.#vain >= MOST_VAIN ? null : plainText(source);
    const found = text === null ? null : this.#stencilled(text, source.url ?? null);
    if (found && this.#isProven(found)) return { ...NOTHING_ELSE, records: found.records, holds: holdsAt(source) };
    const page = parsePage(source);
    const { records, declared, drift } = applyRecipe(this.#recipe, page, { embedded: this.#embedded, pagination });
    if (text !== null && drift.length === 0) {
      if (found) this.#prove(found, records);
      else this.#add(makeStencil(this.#recipe, page, text));
    }
    return { records, declared, drift, holds: (value) => verifyEvidence({ page, value }).ok };
  }

  #stencilled(text: string, baseUrl: string | null): Found | null {
    for (const stencil of this.#stencils.values()) {
      const read = stencil.read(text, baseUrl);
      if (read && this.#isUsual(read.records)) return { ...read, stencil };
    }
    return null;
  }

  /** Whether nothing about these records would be reported, and none is a header. */
  #isUsual(records: readonly ExtractedRecord[]): boolean {
    const { checks } = this.#recipe;
    return (
      records.length >= checks.records.min &&
      checkFields(this.#recipe, records, []).length === 0 &&
      !records.some(({ fields }) => isHead(this.#recipe, fields))
    );
  }

  #isProven({ stencil, plans }: Found): boolean {
    return this.#proven.has(stencil) && [...plans].every((plan) => this.#proven.has(plan));
  }

  #prove({ stencil, plans, records }: Found, parsed: readonly ExtractedRecord[]): void {
    if (JSON.stringify(records) === JSON.stringify(parsed))
      for (const one of [stencil, ...plans]) this.#proven.add(one);
    else {
      this.#stencils.clear();
      this.#vain = MOST_VAIN;
    }
  }

  #add(stencil: Stencil | null): void {
    this.#vain += 1;
    if (!stencil) return;
    const known = this.#stencils.get(stencil.key);
    if (known) known.adopt(stencil);
    else if (this.#stencils.size < MOST_STENCILS) this.#stencils.set(stencil.key, stencil);
  }
}

interface Found extends Stencilled {
  readonly stencil: Stencil;
}

const NOTHING_ELSE = { declared: null, drift: [] };

/** The text of a page as its parser gets it; null where a stencil cannot say what a parser would make of it. */
function plainText(source: PageSource): string | null {
  if (source.bytes.byteLength > LONGEST) return null;
  const { text, conflicts } = decodePage(source);
  if (conflicts > 0 || text.includes("\0") || /<base[\s/>]/i.test(text) || isData(source.contentType, text))
    return null;
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}

/** The quote was cut out of the source at the very place; what is left to tell is whether the value follows from it. */
function holdsAt({ url = null }: PageSource): Reading["holds"] {
  const page = { baseUrl: url, isData: false };
  return (value) => valueFollows(page, value);
}
