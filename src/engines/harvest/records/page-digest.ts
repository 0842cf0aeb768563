import { applyRecipe, type Drift, type Page, type Recipe } from "#engines/extraction";
import { identitiesOf } from "./distinct-records.ts";
import type { KeySet } from "./key-set.ts";
import { checkRecord } from "./read-page.ts";
import { packRecords, unpackRecords } from "./stored-records.ts";

/** What a page holds, ready for the store. Plain data: it may come from another thread. */
export interface PageDigest {
  /** One per record, see `identitiesOf`. */
  readonly identities: readonly string[];
  /** Positions of records with a value that could not be found again. */
  readonly unverified: readonly number[];
  /** All records, checked and packed. */
  readonly packed: Uint8Array;
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

export interface FreshRecords {
  readonly packed: Uint8Array;
  readonly count: number;
  readonly unverified: number;
}

/** Leaves out what earlier pages held, and remembers the rest. Most pages hold nothing known and stay as they are packed. */
export function freshOf({ identities, unverified, packed }: PageDigest, known: KeySet): FreshRecords {
  const isFresh = identities.map((identity) => known.add(identity));
  const count = isFresh.filter(Boolean).length;
  if (count === identities.length) return { packed, count, unverified: unverified.length };
  const kept = unpackRecords(packed).filter((_, at) => isFresh[at] === true);
  return { packed: packRecords(kept), count, unverified: unverified.filter((at) => isFresh[at] === true).length };
}
