import type { ColumnType } from "../values/recognised.ts";
import { normalise } from "../values/recognise.ts";
import type { Column } from "./column.ts";

/** Two columns say the same when they do so in this share of the records that have both. */
const SAME = 0.9;

export interface TypedColumn {
  readonly column: Column;
  readonly type: ColumnType;
}

/**
 * A value for people and the same one for machines, such as a day and the `datetime` of its `<time>`, are one column. The
 * text stays, unless the attribute says more (the hour too) or says what the text leaves open (day or month first). An
 * hour that is never shown and never differs, such as midnight, is what a program puts where it knows none.
 */
export function dropSaidTwice(columns: readonly TypedColumn[]): TypedColumn[] {
  const dropped = new Set<Column>();
  const replaced = new Map<Column, TypedColumn>();
  for (const machine of columns) {
    if (!isMachineReadable(machine.column)) continue;
    const shown = columns.find((one) => !dropped.has(one.column) && isShownFor(one.column, machine.column));
    const agreement = shown && agreementOf(shown, machine);
    if (!shown || !agreement) continue;
    dropped.add(machine.column);
    if (agreement === "equal") continue;
    replaced.set(shown.column, inPlaceOf(shown, machine));
    for (const { column } of columns)
      if (column.of === shown.column && (column.kind === "date" || column.kind === "time")) dropped.add(column);
  }
  return columns.flatMap((one) => (dropped.has(one.column) ? [] : [replaced.get(one.column) ?? one]));
}

function isMachineReadable({ take }: Column): boolean {
  return take.from === "attribute" && (take.attribute === "datetime" || take.attribute === "content");
}

/** Whether a text is that of the element with the attribute, or of the only thing around it. */
function isShownFor(shown: Column, machine: Column): boolean {
  if (shown.take.from !== "text" || shown.origin !== "whole") return false;
  let both = 0;
  for (const [index, { span }] of machine.cells) {
    const text = shown.cells.get(index);
    if (!text) continue;
    if (text.span[1] <= span[0] || text.span[0] >= span[1]) return false;
    both += 1;
  }
  return both > 0 && both >= machine.cells.size * SAME && both >= shown.cells.size * SAME;
}

/** `more`: the attribute says all that the text says, and something besides. */
function agreementOf(shown: TypedColumn, machine: TypedColumn): "equal" | "more" | null {
  const { type, format } = shown.type;
  const given = comparison(shown, machine, format);
  if (given.agree) return given.isMore ? "more" : "equal";
  if ((type !== "date" && type !== "datetime") || format.orderIsGuess !== true) return null;
  const swapped = { ...format, order: format.order === "dmy" ? ("mdy" as const) : ("dmy" as const) };
  return comparison(shown, machine, swapped).agree ? "more" : null;
}

function comparison(
  shown: TypedColumn,
  machine: TypedColumn,
  format: ColumnType["format"],
): { agree: boolean; isMore: boolean } {
  let both = 0;
  let agreeing = 0;
  let more = 0;
  const hours = new Set<string>();
  for (const [index, { text }] of machine.column.cells) {
    const quote = shown.column.cells.get(index)?.text;
    if (quote === undefined) continue;
    both += 1;
    const read = normalise(quote, shown.type.type, format)?.value ?? quote;
    const exact = normalise(text, machine.type.type, machine.type.format)?.value ?? text;
    if (!isSameValue(read, exact)) continue;
    agreeing += 1;
    if (isDay(read) && exact.length > read.length) {
      more += 1;
      hours.add(exact.slice(10));
    }
  }
  return { agree: both > 0 && agreeing >= both * SAME, isMore: hours.size > 1 && more > agreeing / 2 };
}

/** An hour that only one of them has, or a currency, is no contradiction. */
function isSameValue(read: string, exact: string): boolean {
  if (read.toLowerCase() === exact.toLowerCase()) return true;
  if (isDay(read) || isDay(exact)) return read.slice(0, 10) === exact.slice(0, 10) && /^\d{4}-/.test(read);
  const [one, other] = [amountIn(read), amountIn(exact)];
  return one !== null && one === other;
}

const isDay = (value: string): boolean => /^\d{4}-\d\d-\d\d$/.test(value);

function amountIn(value: string): number | null {
  const [, amount] = /^(-?\d+(?:\.\d+)?)(?: [A-Z]{3})?$/.exec(value) ?? [];
  return amount === undefined ? null : Number(amount);
}

/** The attribute under the name that the text has. */
function inPlaceOf({ column: shown }: TypedColumn, { column, type }: TypedColumn): TypedColumn {
  const hints = { ...column.hints, ...shown.hints };
  return { column: { ...column, hints, alsoOwn: [...column.alsoOwn, ...shown.alsoOwn] }, type };
}
