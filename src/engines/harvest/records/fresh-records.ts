import type { KeySet } from "./key-set.ts";
import type { PageDigest } from "./page-digest.ts";
import { keepRecords } from "./stored-records.ts";

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
  const kept = keepRecords(packed, (at) => isFresh[at] === true);
  return { packed: kept, count, unverified: unverified.filter((at) => isFresh[at] === true).length };
}
