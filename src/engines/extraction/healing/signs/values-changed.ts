import type { Drift } from "../../records/extracted-record.ts";
import type { ExtractedValue } from "../../values/extracted-value.ts";
import { holdsWhole } from "../page-words.ts";
import type { RecordPair } from "../pair-records.ts";
import { isRead, isSameValue } from "../telling-values.ts";
import { fieldNames, fieldSign, type Compared } from "./compared.ts";
import { dayOf } from "./dates-of.ts";

const LEAST_CHANGED = 3;
/** Of the known records that have the field on both sides. */
const MOST_CHANGED = 0.5;

/** Whether a pair of values differs in a way in which values do not change by themselves. */
interface Rule {
  readonly says: (field: string, count: number, of: number) => string;
  readonly holds: (before: ExtractedValue, after: ExtractedValue) => boolean;
  /** Pairs that the rule can say nothing of are left aside. */
  readonly applies: (before: ExtractedValue, after: ExtractedValue) => boolean;
}

const RULES: readonly Rule[] = [
  {
    says: (field, count, of) =>
      `"${field}" now has day and month the other way round in ${count} of ${of} known records: dates are written otherwise.`,
    applies: (before, after) => swapped(dayOf(before)) !== null && after.value !== "",
    holds: (before, after) => swapped(dayOf(before)) === dayOf(after) && dayOf(before) !== dayOf(after),
  },
  {
    says: (field, count, of) =>
      `"${field}" lies earlier than before in ${count} of ${of} known records: it is another date, or another list.`,
    applies: (before, after) => dayOf(before) !== null && dayOf(after) !== null,
    holds: (before, after) => (dayOf(after) ?? "") < (dayOf(before) ?? ""),
  },
  {
    says: (field, count, of) =>
      `"${field}" is larger or smaller by a power of ten in ${count} of ${of} known records: numbers are written otherwise.`,
    applies: (before, after) => amountOf(before) !== null && amountOf(after) !== null,
    holds: (before, after) => isPowerOfTen((amountOf(after) ?? 0) / (amountOf(before) ?? 0)),
  },
  {
    says: (field, count, of) => `"${field}" can no longer be read in ${count} of ${of} known records.`,
    applies: (before) => isRead(before),
    holds: (_, after) => !isRead(after),
  },
];

/** Fields whose values differ from what is known, in most records and in a way that only a wrong reading explains. */
export function valuesChanged({ pairs, moved }: Pick<Compared, "pairs" | "moved">): Drift[] {
  return fieldNames(pairs.map(({ known }) => known)).flatMap((field) => {
    const both = pairs.flatMap((pair) => bothOf(pair, field));
    for (const { says, applies, holds } of RULES) {
      const told = both.filter(([before, after]) => applies(before, after));
      const changed = told.filter(([before, after]) => holds(before, after)).length;
      if (changed >= LEAST_CHANGED && changed > told.length * MOST_CHANGED)
        return [fieldSign("values_changed", field, says(field, changed, told.length))];
    }
    return moved.has(field) ? replaced(field, both) : [];
  });
}

/** What stands in the place of a column bears another name, and says otherwise of the same records. */
function replaced(field: string, both: readonly (readonly [ExtractedValue, ExtractedValue])[]): Drift[] {
  const others = both.filter(([before, after]) => !isSameValue(before, after) && !holdsWhole(after.raw, before.raw));
  if (others.length < LEAST_CHANGED || others.length <= both.length * MOST_CHANGED) return [];
  const message = `What stands in the place of "${field}" has another name now, and other values in ${others.length} of ${both.length} known records: it is another column.`;
  return [fieldSign("values_changed", field, message)];
}

function bothOf({ known, now }: RecordPair, field: string): (readonly [ExtractedValue, ExtractedValue])[] {
  const [before, after] = [known.fields[field], now.fields[field]];
  return before && after ? [[before, after]] : [];
}

/** The day that day and month the other way round would be; null where they cannot be confused. */
function swapped(day: string | null): string | null {
  const [year = "", month = "", of = ""] = day?.split("-") ?? [];
  return day === null || month === of || Number(of) > 12 ? null : `${year}-${of}-${month}`;
}

function amountOf({ type, value }: ExtractedValue): number | null {
  if (type !== "money" && type !== "number") return null;
  const amount = Number(value.split(" ")[0]?.replaceAll(",", ""));
  return Number.isFinite(amount) && amount !== 0 ? amount : null;
}

function isPowerOfTen(ratio: number): boolean {
  const power = Math.log10(Math.abs(ratio));
  return Math.abs(power) > 0.5 && Math.abs(power - Math.round(power)) < 1e-6;
}
