import type { ExtractedRecord } from "../../records/extracted-record.ts";
import type { ExtractedValue } from "../../values/extracted-value.ts";
import { isRead } from "../telling-values.ts";
import { fieldNames } from "./compared.ts";

/** Fewer dates than this may all be old by chance. */
const LEAST_DATES = 5;
/** A column holds dates when it does so in this share of its values. */
const MOSTLY = 0.9;

/** The day that a value means, as YYYY-MM-DD; null where it is no date. */
export function dayOf(value: ExtractedValue | undefined): string | null {
  if (!value || (value.type !== "date" && value.type !== "datetime") || !isRead(value)) return null;
  return /^\d{4}-\d\d-\d\d/.exec(value.value)?.[0] ?? null;
}

export function daysOf(records: readonly ExtractedRecord[], field: string): string[] {
  return records.flatMap(({ fields }) => dayOf(fields[field]) ?? []);
}

/** The field whose dates now all lie before every one that was known; null where there is none. */
export function isAllBefore(records: readonly ExtractedRecord[], known: readonly ExtractedRecord[]): string | null {
  const found = fieldNames(known).find((field) => {
    const [then, now] = [daysOf(known, field), daysOf(records, field)];
    if (then.length < LEAST_DATES || now.length < Math.min(LEAST_DATES, records.length)) return false;
    if (now.length < records.length * MOSTLY) return false;
    const first = then.reduce((least, day) => (day < least ? day : least));
    return now.every((day) => day < first);
  });
  return found ?? null;
}
