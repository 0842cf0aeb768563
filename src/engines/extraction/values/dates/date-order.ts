import type { ValueFormat } from "../value-format.ts";
import { isRealDay, type FoundDate } from "./find-dates.ts";

type Order = "dmy" | "mdy";

/** Regions that print the month first. */
const MONTH_FIRST = /-(US|PH|FM|MH|PW|GU|PR|AS|VI|MP)$/i;
/** English with no region is printed both ways; every other language puts the day first (or the year). */
const UNDECIDED = /^en$/i;

/**
 * Decides whether a column's numeric dates put the day or the month first: a number above 12 tells; else the order in
 * which the column is sorted; else full stops or a language with one usage. What is left is a guess and marked as one.
 */
export function decideOrder(dates: readonly FoundDate[], locale: string | undefined): ValueFormat {
  const numeric = dates.filter(({ order }) => order === null);
  if (numeric.length === 0) return {};
  const dayFirst = numeric.filter(({ first }) => first > 12).length;
  const monthFirst = numeric.filter(({ second }) => second > 12).length;
  if (dayFirst !== monthFirst) return { order: dayFirst > monthFirst ? "dmy" : "mdy" };
  const sorted = sortedOrder(numeric);
  if (sorted) return { order: sorted };
  const separator = numeric[0]?.separator ?? "";
  const order = usualOrder(separator, locale);
  const isUsual = separator === "." || (locale !== undefined && !UNDECIDED.test(locale));
  return isUsual ? { order } : { order, orderIsGuess: true };
}

/** Month and day of a found date under an order; the other order where this one names no real day. */
export function monthAndDay(date: FoundDate, order: Order): { month: number; day: number } {
  if (date.order === "written") return { month: date.first, day: date.second };
  const [month, day] = order === "mdy" ? [date.first, date.second] : [date.second, date.first];
  return isRealDay(date.year, month, day) ? { month, day } : { month: day, day: month };
}

/** Whether the numbers alone leave the order open. */
export function isAmbiguous(date: FoundDate): boolean {
  return date.order === null && date.first <= 12 && date.second <= 12 && date.first !== date.second;
}

export function usualOrder(separator: string, locale: string | undefined): Order {
  if (locale && MONTH_FIRST.test(locale)) return "mdy";
  if (separator === ".") return "dmy";
  return !locale || UNDECIDED.test(locale) ? "mdy" : "dmy";
}

function sortedOrder(dates: readonly FoundDate[]): Order | null {
  if (dates.length < 5) return null;
  const [dmy, mdy] = [disorder(dates, "dmy"), disorder(dates, "mdy")];
  if (Math.abs(dmy - mdy) < 2) return null;
  const best = Math.min(dmy, mdy);
  if (best > dates.length / 10) return null;
  return dmy < mdy ? "dmy" : "mdy";
}

/** How many neighbours stand against the direction in which the column runs. */
function disorder(dates: readonly FoundDate[], order: Order): number {
  let [up, down] = [0, 0];
  let before: number | null = null;
  for (const date of dates) {
    const { month, day } = monthAndDay(date, order);
    const rank = date.year * 10_000 + month * 100 + day;
    if (before !== null && rank > before) up += 1;
    if (before !== null && rank < before) down += 1;
    before = rank;
  }
  return Math.min(up, down);
}
