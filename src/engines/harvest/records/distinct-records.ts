import type { ExtractedRecord } from "#engines/extraction/replay";
import type { KeySet } from "./key-set.ts";

/** Under which keys the records of one page are known. Two alike records on one page are two; on two pages they are one. */
export function identitiesOf(records: readonly { readonly key: string }[]): string[] {
  const occurrences = new Map<string, number>();
  return records.map(({ key }) => {
    const nth = (occurrences.get(key) ?? 0) + 1;
    occurrences.set(key, nth);
    return nth === 1 ? key : `${key}#${nth}`;
  });
}

/** The records that no earlier page of the run held. Remembers them. */
export function takeNew(records: readonly ExtractedRecord[], known: KeySet): ExtractedRecord[] {
  const identities = identitiesOf(records);
  return records.filter((_, at) => known.add(identities[at] ?? ""));
}
