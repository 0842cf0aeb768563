import type { FieldRule } from "../columns/field-rule.ts";
import type { ExtractedRecord } from "../records/extracted-record.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import type { RecordPair } from "./pair-records.ts";
import { isSameValue } from "./telling-values.ts";

/** A value is the same in so many of the pairs, else the column is another. */
export const SAME = 0.9;
export const LEAST_PAIRS = 2;

/** A column of the changed page as it stands in its records. */
export interface ColumnNow {
  readonly rule: FieldRule;
  readonly valueIn: (record: ExtractedRecord) => ExtractedValue | null | undefined;
  /** The same words that stand around every known value now, and belong to it: `No 4711/26` for `4711/26`. */
  readonly around?: Around;
}

export interface Around {
  readonly before: string;
  readonly after: string;
}

export interface Agreement {
  readonly same: number;
  readonly compared: number;
}

/**
 * Which column of the changed page gives each field its known values. What a column is called decides only between equals.
 * `isWhole` refuses a column that cuts off what belongs to the values now.
 */
export function matchFields(
  old: readonly FieldRule[],
  columns: readonly ColumnNow[],
  pairs: readonly RecordPair[],
  isWhole: (field: FieldRule, column: ColumnNow) => boolean = () => true,
): Map<FieldRule, ColumnNow> {
  const taken = new Set<ColumnNow>();
  const matched = new Map<FieldRule, ColumnNow>();
  for (const field of old) {
    const [best] = columns
      .filter((column) => !taken.has(column))
      .map((column) => ({ column, ...agreementOf(field.name, column, pairs) }))
      .filter((one) => agrees(one, pairs) && isWhole(field, one.column))
      .sort(
        (a, b) =>
          b.same - a.same ||
          Number(isPart(b.column.rule) === isPart(field)) - Number(isPart(a.column.rule) === isPart(field)) ||
          Number(b.column.rule.name === field.name) - Number(a.column.rule.name === field.name) ||
          Number(b.column.rule.type === field.type) - Number(a.column.rule.type === field.type),
      );
    if (!best) continue;
    taken.add(best.column);
    matched.set(field, best.column);
  }
  return matched;
}

const isPart = ({ take }: FieldRule): boolean => take.pattern !== undefined;

export function agrees({ same, compared }: Agreement, pairs: readonly RecordPair[]): boolean {
  return compared >= Math.min(LEAST_PAIRS, pairs.length) && compared > 0 && same >= compared * SAME;
}

/** In how many pairs a column has the known value of a field, of those that had one. */
export function agreementOf(
  was: string,
  { valueIn, around }: Pick<ColumnNow, "valueIn" | "around">,
  pairs: readonly RecordPair[],
): Agreement {
  let same = 0;
  let compared = 0;
  for (const { known, now } of pairs) {
    const before = known.fields[was];
    if (!before) continue;
    const after = valueIn(now);
    compared += 1;
    if (!after) continue;
    if (around ? after.raw === `${around.before}${before.raw}${around.after}` : isSameValue(before, after)) same += 1;
  }
  return { same, compared };
}

/** The rule of a column under the name of the field that it was. */
export function ruleFor(field: FieldRule, { rule }: ColumnNow): FieldRule {
  return { ...rule, name: field.name, required: rule.required && field.required };
}
