import { certainDecimal } from "./amounts/read-number.ts";
import { decideOrder } from "./dates/date-order.ts";
import { findDates } from "./dates/find-dates.ts";
import type { FieldType } from "./field-type.ts";
import { recognise } from "./recognise.ts";
import type { ColumnType, Recognised, ValueContext, ValueSample } from "./recognised.ts";
import type { ValueFormat } from "./value-format.ts";

/** Enough samples to be sure of a column; longer columns are read at even steps. */
const MAX_SAMPLES = 240;
const ENOUGH = 0.6;

/** Decides what a column holds and how it is written. Samples may be empty; they stand in the order of the page. */
export function typeOfColumn(samples: readonly (string | ValueSample)[], context: ValueContext = {}): ColumnType {
  const cells = thinned(samples.map(asCell).filter(({ text, href, src }) => text.trim() !== "" || href || src));
  if (cells.length === 0) return { type: "text", share: 1, format: {} };
  const format = formatOf(cells, context);
  const reading = { ...context, ...format };
  const read = cells.map((cell) => recognise(cell, reading)).filter((found) => found !== null);
  const counted = countTypes(read);
  const [type, count] = counted[0] ?? ["text", 0];
  const share = count / cells.length;
  if (share < ENOUGH) return { type: "text", share: 1 - read.length / cells.length, format: {} };
  return { type, share, format: formatFor(type, reading, read) };
}

/** Dates with and without a time are one column, and so are amounts of which some name no currency. */
function countTypes(read: readonly Recognised[]): [FieldType, number][] {
  const counts = new Map<FieldType, number>();
  for (const { type } of read) counts.set(type, (counts.get(type) ?? 0) + 1);
  merge(counts, "date", "datetime");
  if ((counts.get("money") ?? 0) >= (counts.get("number") ?? 0)) merge(counts, "money", "number");
  return [...counts].sort(([, a], [, b]) => b - a);
}

function merge(counts: Map<FieldType, number>, one: FieldType, other: FieldType): void {
  const [a, b] = [counts.get(one) ?? 0, counts.get(other) ?? 0];
  if (a === 0 || b === 0) return;
  const [kept, dropped] = a >= b ? [one, other] : [other, one];
  counts.set(kept, a + b);
  counts.delete(dropped);
}

function formatOf(cells: readonly ValueSample[], context: ValueContext): ValueFormat {
  const format: ValueFormat = {};
  if (context.locale !== undefined) format.locale = context.locale;
  if (context.zone !== undefined) format.zone = context.zone;
  if (context.currency !== undefined) format.currency = context.currency;
  const decimal = context.decimal ?? decimalOf(cells);
  if (decimal) format.decimal = decimal;
  if (context.order !== undefined) return { ...format, order: context.order };
  return {
    ...format,
    ...decideOrder(
      cells.flatMap(({ text }) => (text.length > 400 ? [] : findDates(text))),
      context.locale,
    ),
  };
}

function decimalOf(cells: readonly ValueSample[]): "." | "," | null {
  let votes = 0;
  for (const { text } of cells) {
    for (const [printed] of text.slice(0, 200).matchAll(/\d+(?:[.,'’]\d+)+/g)) {
      const mark = certainDecimal(printed);
      if (mark) votes += mark === "." ? 1 : -1;
    }
  }
  return votes === 0 ? null : votes > 0 ? "." : ",";
}

/** Only what this type needs goes into the recipe. */
function formatFor(type: FieldType, format: ValueFormat, read: readonly Recognised[]): ValueFormat {
  const kept: ValueFormat = {};
  if (type === "date" || type === "datetime") {
    if (format.order !== undefined) kept.order = format.order;
    if (format.orderIsGuess !== undefined) kept.orderIsGuess = format.orderIsGuess;
    if (format.zone !== undefined) kept.zone = format.zone;
    if (format.locale !== undefined) kept.locale = format.locale;
  }
  if (type === "money" || type === "number") {
    if (format.decimal !== undefined) kept.decimal = format.decimal;
    if (format.locale !== undefined) kept.locale = format.locale;
    const currency = format.currency ?? onlyCurrency(read);
    if (type === "money" && currency !== null) kept.currency = currency;
  }
  return kept;
}

/** The currency of all amounts of the column, for those that name none. */
function onlyCurrency(read: readonly Recognised[]): string | null {
  const named = new Set(read.filter(({ type }) => type === "money").map(({ value }) => value.slice(-3)));
  return named.size === 1 ? ([...named][0] ?? null) : null;
}

function asCell(sample: string | ValueSample): ValueSample {
  return typeof sample === "string" ? { text: sample } : sample;
}

/** Runs of neighbours, so that the order in which a column is sorted still shows. */
function thinned(cells: readonly ValueSample[]): readonly ValueSample[] {
  if (cells.length <= MAX_SAMPLES) return cells;
  const step = cells.length / MAX_SAMPLES;
  return Array.from({ length: MAX_SAMPLES }, (_, index) => cells[Math.floor(index * step)]).filter(
    (cell) => cell !== undefined,
  );
}
