import type { Drift, Reading } from "#engines/extraction/replay";
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

/** Checks what was read from a page, and packs it for the store. */
export function digestReading({ records, declared, drift, holds }: Reading): PageDigest {
  const checked = records.map((record) => checkRecord(record, holds));
  return {
    identities: identitiesOf(records),
    unverified: checked.flatMap(({ unverified }, at) => (unverified.length > 0 ? [at] : [])),
    packed: packRecords(checked),
    total: declared?.total ?? null,
    drift,
  };
}
