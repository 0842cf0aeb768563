import {
  checkFilled,
  checkKnown,
  type Drift,
  type Filled,
  type KnownRecords,
  type Page,
  type Recipe,
} from "#engines/extraction";
import type { ReadPage } from "../records/read-page.ts";

/** Pages of a run that are compared with those of earlier runs: what changed shows on the first ones. */
const PAGES_COMPARED = 3;

export interface HistorySource {
  /** Records of the last run that went well, page by page; none while a recipe is new. */
  readonly known: () => Promise<readonly KnownRecords[]>;
  /** The recipe was learnt just now, from the first page of this very run. */
  readonly isNew: boolean;
}

/** What earlier runs of a recipe brought, against which a run is held. */
export class RunHistory {
  readonly #source: HistorySource;
  readonly #filled = new Map<string, number>();
  #known: Promise<readonly KnownRecords[]> | null = null;
  #count = 0;

  constructor(source: HistorySource) {
    this.#source = source;
  }

  /** Signs that a page, which the recipe still reads, is read wrongly. `number` counts the pages of the run from 0. */
  async judge(recipe: Recipe, page: Page, { extraction }: ReadPage, number: number): Promise<readonly Drift[]> {
    if (number >= PAGES_COMPARED) return [];
    return checkKnown(recipe, page, extraction.records, await this.#pages());
  }

  /** Notes which fields the records of a page have, and gives the signs of the page that are not as it ever was. */
  async note({ extraction, fresh }: ReadPage, number: number): Promise<readonly Drift[]> {
    this.#count += fresh.length;
    for (const { fields } of fresh)
      for (const name of Object.keys(fields)) this.#filled.set(name, (this.#filled.get(name) ?? 0) + 1);
    const { drift } = extraction;
    if (number === 0 || drift.length === 0) return drift;
    const known = await this.#pages();
    return drift.filter((sign) => !this.#isUsual(sign, known));
  }

  /** Columns that the whole run has in far fewer of its records than earlier runs had. */
  async lost({ fields }: Recipe): Promise<readonly Drift[]> {
    const known = (await this.#pages()).flat();
    const names = fields.filter(({ fingerprint }) => fingerprint.fill > 0).map(({ name }) => name);
    const before = names.map((name): [string, Filled] => [
      name,
      { filled: known.filter((record) => record.fields[name] !== undefined).length, of: known.length },
    ]);
    const now = names.map((name): [string, Filled] => [name, { filled: this.#filled.get(name) ?? 0, of: this.#count }]);
    return checkFilled(new Map(now), new Map(before));
  }

  /** A later page that lacks a column is as it ever was where the recipe is of today, or where a later page lacked it before. */
  #isUsual({ kind, field }: Drift, known: readonly KnownRecords[]): boolean {
    if (field === undefined || (kind !== "field_missing" && kind !== "field_sparse")) return false;
    return this.#source.isNew || known.slice(1).some((page) => page.some(({ fields }) => fields[field] === undefined));
  }

  #pages(): Promise<readonly KnownRecords[]> {
    this.#known ??= this.#source.isNew ? Promise.resolve([]) : this.#source.known();
    return this.#known;
  }
}
