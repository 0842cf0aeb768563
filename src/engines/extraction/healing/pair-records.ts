import type { ExtractedRecord } from "../records/extracted-record.ts";
import { isLink, isSameValue, sameForm, tells } from "./telling-values.ts";

/** A record as it was known, and the one on the changed page that is the same. */
export interface RecordPair {
  readonly known: ExtractedRecord;
  readonly now: ExtractedRecord;
}

/** Values that stand in more records than this tell no record from another. */
const MOST_SHARED = 1;

/**
 * Pairs records that share values which only one record has: a reference, a title, a link. Names of fields do not matter,
 * because on a changed page they may be others. A pair needs the majority of such values; a tie is no pair.
 */
export function pairRecords(known: readonly ExtractedRecord[], now: readonly ExtractedRecord[]): RecordPair[] {
  const owners = ownersOf(known);
  const fresh = ownersOf(now);
  const taken = new Set<ExtractedRecord>();
  const pairs: RecordPair[] = [];
  for (const record of now) {
    const votes = new Map<ExtractedRecord, number>();
    for (const value of new Set(valuesOf(record))) {
      const [owner, ...others] = owners.get(value) ?? [];
      if (!owner || others.length >= MOST_SHARED || (fresh.get(value)?.length ?? 0) > MOST_SHARED) continue;
      votes.set(owner, (votes.get(owner) ?? 0) + 1);
    }
    const [best, second] = [...votes].sort((a, b) => b[1] - a[1]);
    if (!best || taken.has(best[0]) || second?.[1] === best[1]) continue;
    taken.add(best[0]);
    pairs.push({ known: best[0], now: record });
  }
  return pairs;
}

/** Pairs that share what tells a record from others, and not only a date or an amount, which are the same by chance. */
export function pairSurely(known: readonly ExtractedRecord[], now: readonly ExtractedRecord[]): RecordPair[] {
  return pairRecords(known, now).filter(isSure);
}

function isSure({ known, now }: RecordPair): boolean {
  const told = Object.values(known.fields).filter(tells);
  return told.some((value) =>
    isLink(value)
      ? now.links.includes(value.value)
      : Object.values(now.fields).some((other) => isSameValue(value, other)),
  );
}

/**
 * How many values that told one known record stand in several records now. A list in which known records stand twice, with
 * other words around them, is two lists: one of them is not the one that was learnt.
 */
export function countDoubled(known: readonly ExtractedRecord[], now: readonly ExtractedRecord[]): number {
  const fresh = ownersOf(now);
  const told = [...ownersOf(known)].filter(([, owners]) => owners.length === 1).map(([value]) => value);
  return told.filter((value) => (fresh.get(value)?.length ?? 0) > 1).length;
}

/** Records that are known from several pages or runs, each once. */
export function distinctRecords(records: readonly ExtractedRecord[]): ExtractedRecord[] {
  return [...new Map(records.map((record) => [record.key, record])).values()];
}

function ownersOf(records: readonly ExtractedRecord[]): Map<string, ExtractedRecord[]> {
  const owners = new Map<string, ExtractedRecord[]>();
  for (const record of records)
    for (const value of new Set(valuesOf(record))) {
      const known = owners.get(value);
      if (known) known.push(record);
      else owners.set(value, [record]);
    }
  return owners;
}

function valuesOf({ fields }: ExtractedRecord): string[] {
  return Object.values(fields).map(({ value }) => sameForm(value));
}
