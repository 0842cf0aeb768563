import { applyRecipe, type Drift, type Page, type Recipe } from "#engines/extraction/replay";
import { identitiesOf } from "./distinct-records.ts";
import { packRecords } from "./pack-records.ts";
import { checkRecord } from "./read-page.ts";

/** What a page holds, ready for the store. Plain data: it may come from another thread. */
export interface PageDigest {
  /** One per record, see `identitiesOf`. */
  readonly identities: readonly string[];
  /** Positions of records with a value that could not be found again. */
  readonly unverified: readonly number[];
  /** All records, checked and packed. */
  readonly packed: Uint8Array<ArrayBuffer>;
  readonly total: number | null;
  readonly drift: readonly Drift[];
}

export interface DigestOptions {
  readonly recipe: Recipe;
  readonly embedded: boolean;
  /** Read the declared total too. */
  readonly pagination: boolean;
}

export function digestPage(page: Page, { recipe, ...options }: DigestOptions): PageDigest {
  const { records, declared, drift } = applyRecipe(recipe, page, options);
  const checked = records.map((record) => checkRecord(page, record));
  return {
    identities: identitiesOf(records),
    unverified: checked.flatMap(({ unverified }, at) => (unverified.length > 0 ? [at] : [])),
    packed: packRecords(checked),
    total: declared?.total ?? null,
    drift,
  };
}
