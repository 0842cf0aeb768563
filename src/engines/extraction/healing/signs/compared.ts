import type { Drift, ExtractedRecord } from "../../records/extracted-record.ts";
import type { PageWords } from "../page-words.ts";
import type { RecordPair } from "../pair-records.ts";

/** What was known, what was read now, and which of the two are the same records. */
export interface Compared {
  /** Each once. */
  readonly known: readonly ExtractedRecord[];
  /** The same, page by page as they were. */
  readonly pages: readonly (readonly ExtractedRecord[])[];
  readonly records: readonly ExtractedRecord[];
  readonly pairs: readonly RecordPair[];
  /** Fields over or before which another name stands now, or none. */
  readonly moved: ReadonlySet<string>;
  readonly shown: PageWords;
}

/** Names of all fields that any of these records has, in the order they are met. */
export function fieldNames(records: readonly ExtractedRecord[]): string[] {
  return [...new Set(records.flatMap(({ fields }) => Object.keys(fields)))];
}

export function otherListSign(message: string): Drift {
  return { kind: "other_list", severity: "broken", message };
}

export function fieldSign(
  kind: "values_moved" | "values_changed" | "values_lost",
  field: string,
  message: string,
): Drift {
  return { kind, severity: "broken", field, message };
}
