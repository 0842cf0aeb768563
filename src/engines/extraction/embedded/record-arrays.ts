import type { EmbeddedData, RecordArray } from "./embedded-data.ts";

/** Arrays of alike objects, best first. */
export function findRecordArrays(_embedded: readonly EmbeddedData[]): RecordArray[] {
  return [];
}
