import { checkKnown, LackWatch, type Drift, type KnownRecords, type Page, type Recipe } from "#engines/extraction";
import type { ReadPage } from "../records/read-page.ts";

/** Pages of a run that are compared with those of earlier runs: what changed shows on the first ones. */
const PAGES_COMPARED = 3;
/** What lacks on a page that holds fewer records may lack by chance. */
const LEAST_RECORDS = 3;

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
    return checkKnown(this.#source.recipe, page, extraction.records, (await this.#load()).known);
  }

  /** Notes what the records of a page have, and gives the signs of the page that are not told better by all pages together. */
  async note({ extraction: { records, drift } }: ReadPage, number: number): Promise<readonly Drift[]> {
    const { known, watch } = await this.#load();
    watch.note(records);
    const isTold = number > 0 && (this.#source.isNew || known.length > 0);
    return drift.filter((sign) => !isLack(sign) || !(isTold || (known.length > 0 && isSmall(sign, records.length))));
  }

  /** Columns that the run has lost, and sentences about those of which only new records have less. */
  async lost(): Promise<{ readonly signs: readonly Drift[]; readonly notes: readonly string[] }> {
    const { watch } = await this.#load();
    return { signs: watch.signs(), notes: watch.notes() };
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

/** A column that is empty, or not full. Which of the records have it is told by what they had. */
export function isLack({ kind }: Drift): boolean {
  return kind === "field_missing" || kind === "field_sparse";
}

export function isSmall({ kind }: Drift, records: number): boolean {
  return kind === "field_sparse" || records < LEAST_RECORDS;
}
