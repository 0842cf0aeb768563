import {
  checkKnown,
  LackWatch,
  type Drift,
  type KnownRecords,
  type Page,
  type PageExtraction,
  type Recipe,
} from "#engines/extraction";
import type { ReadPage } from "../records/read-page.ts";

/** Pages of a run that are compared with those of earlier runs: what changed shows on the first ones. */
const PAGES_COMPARED = 3;
/** What lacks on a page that holds fewer records may lack by chance. */
const LEAST_RECORDS = 3;
/** Of the columns that every record had: so many do not all lack by chance. */
const MOST_EMPTY = 0.5;

export interface HistorySource {
  readonly recipe: Recipe;
  /** Records of the last run that went well, page by page; none while a recipe is new. */
  readonly known: () => Promise<readonly KnownRecords[]>;
  /** The recipe was learnt just now, from the first page of this very run. */
  readonly isNew: boolean;
}

/** What earlier runs of a recipe brought, against which a run is held. */
export class RunHistory {
  readonly #source: HistorySource;
  #past: Promise<{ known: readonly KnownRecords[]; watch: LackWatch }> | null = null;

  constructor(source: HistorySource) {
    this.#source = source;
  }

  /** Signs that a page, which the recipe still reads, is read wrongly. `number` counts the pages of the run from 0. */
  async judge(page: Page, { extraction }: ReadPage, number: number): Promise<readonly Drift[]> {
    if (number >= PAGES_COMPARED) return [];
    return checkKnown(this.#source.recipe, page, extraction, (await this.#load()).known);
  }

  /** Notes what the records of a page have, and gives the signs of the page that are not told better by all pages together. */
  async note({ extraction }: ReadPage, number: number): Promise<readonly Drift[]> {
    const { known, watch } = await this.#load();
    watch.note(extraction.records);
    const isTold = number > 0 && (this.#source.isNew || known.length > 0);
    return unexplained(this.#source.recipe, extraction, { isTold, isKnown: known.length > 0 });
  }

  /** What all pages of the run together tell of columns that are missing. */
  async lost(): Promise<Lost> {
    const { watch } = await this.#load();
    return { signs: watch.signs(), doubts: watch.doubts(), notes: watch.notes() };
  }

  #load(): Promise<{ known: readonly KnownRecords[]; watch: LackWatch }> {
    this.#past ??= this.#read();
    return this.#past;
  }

  async #read(): Promise<{ known: readonly KnownRecords[]; watch: LackWatch }> {
    const { recipe, isNew, known: source } = this.#source;
    const known = isNew ? [] : await source();
    return { known, watch: new LackWatch(recipe, known) };
  }
}

export interface Lost {
  /** Columns that are lost. */
  readonly signs: readonly Drift[];
  /** Those of which it cannot be told: a sentence each. */
  readonly doubts: readonly string[];
  /** Those of which only new records have less: a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Signs of a page that nothing else explains. Which records lack a column is told better by all pages together (`isTold`)
 * or by what the records had before (`isKnown`), unless what stands there has hardly any column: then it is no record.
 */
export function unexplained(
  { fields }: Pick<Recipe, "fields">,
  { records, drift }: Pick<PageExtraction, "records" | "drift">,
  { isTold, isKnown }: { readonly isTold: boolean; readonly isKnown: boolean },
): Drift[] {
  const empty = drift.filter(({ kind }) => kind === "field_missing").length;
  const expected = fields.filter(({ required, fingerprint: { fill } }) => required || fill * records.length >= 3);
  const isNoRecord = empty > expected.length * MOST_EMPTY;
  const isSmall = records.length < LEAST_RECORDS;
  return drift.filter(({ kind }) => {
    if (kind === "field_missing") return isNoRecord || !(isTold || (isKnown && isSmall));
    return kind !== "field_sparse" || !(isTold || isKnown);
  });
}
