import type { RecordUnit } from "../lists/candidate.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import type { FieldRule } from "./field-rule.ts";
import { fitsFingerprint } from "./fingerprint.ts";
import type { FieldReader } from "./read-field.ts";

/** A field as it stands in all records of a page. */
export interface ReadColumn {
  readonly rule: FieldRule;
  /** Which of the rule's places served, from 0; -1 when none did. */
  readonly place: number;
  readonly values: readonly (ExtractedValue | null)[];
}

/**
 * Reads every field at the first of its places that holds on this page. The page decides, not the record: a record that
 * lacks an optional field must not get its neighbour's value from a later place. What a fallback finds counts only if
 * it looks like the field and is not what another field found at its own first place.
 */
export function readColumns(
  rules: readonly FieldRule[],
  units: readonly RecordUnit[],
  reader: FieldReader,
): ReadColumn[] {
  const columns = rules.map((rule) => readColumn(rule, units, reader));
  return columns.map((column) => {
    if (column.place <= 0) return column;
    const isTaken = columns.some((other) => other.place === 0 && isSamePlace(other, column));
    const texts = column.values.flatMap((value) => value?.raw ?? []);
    return isTaken || !fitsFingerprint(texts, column.rule.fingerprint) ? missing(column) : column;
  });
}

function readColumn(rule: FieldRule, units: readonly RecordUnit[], reader: FieldReader): ReadColumn {
  const wanted = Math.max(1, rule.fingerprint.fill * units.length * 0.5);
  let best: ReadColumn = { rule, place: -1, values: units.map(() => null) };
  let most = 0;
  for (const [place, way] of rule.places.entries()) {
    const values = units.map((unit) => reader.read(rule, way, unit));
    const filled = values.filter((value) => value !== null).length;
    if (filled > most) {
      best = { rule, place, values };
      most = filled;
    }
    if (filled >= wanted) break;
  }
  return best;
}

const missing = ({ rule, values }: ReadColumn): ReadColumn => ({ rule, place: -1, values: values.map(() => null) });

function isSamePlace(a: ReadColumn, b: ReadColumn): boolean {
  let same = 0;
  let filled = 0;
  b.values.forEach((value, i) => {
    const other = a.values[i];
    if (!value) return;
    filled += 1;
    if (
      other &&
      other.path === value.path &&
      other.attribute === value.attribute &&
      other.range?.[0] === value.range?.[0]
    )
      same += 1;
  });
  return filled > 0 && same * 2 > filled;
}
