import type { Recognised } from "../recognised.ts";
import type { ValueFormat } from "../value-format.ts";
import { decideOrder, isAmbiguous, monthAndDay, usualOrder } from "./date-order.ts";
import { findDates, type FoundDate } from "./find-dates.ts";
import { findTime } from "./find-time.ts";
import { offsetAt } from "./time-zones.ts";

const RANGE = /^\s*(?:-|–|—|to|bis|al?|au|tot|until|till|through|→|\/)\s*$/iu;

/** The first date of a text, with its time where it has one; two dates joined by a dash are a range. */
export function readDate(text: string, known: ValueFormat = {}): Recognised | null {
  const dates = findDates(text);
  const first = dates[0];
  if (!first) return null;
  const format = known.order === undefined ? { ...known, ...decideOrder(dates, known.locale) } : known;
  const start = moment(text, first, format);
  const second = dates[1];
  const joined = second && RANGE.test(text.slice(start.end, second.start)) ? moment(text, second, format) : null;
  if (joined) return recognised(text, start.start, joined.end, `${start.value}/${joined.value}`, first, format);
  const from = first.from ? `${rangeStart(first)}/` : "";
  return recognised(text, start.start, start.end, `${from}${start.value}`, first, format);
}

interface Moment {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

function moment(text: string, date: FoundDate, format: ValueFormat): Moment {
  const day = isoDay(date, format);
  const time = date.from ? null : findTime(text, date.start, date.end);
  if (!time) return { start: date.start, end: date.end, value: day };
  const local = `${day}T${time.time}`;
  const value = `${local}${offsetAt(local, time.zone ?? format.zone)}`;
  return { start: Math.min(date.start, time.start), end: Math.max(date.end, time.end), value };
}

function recognised(
  text: string,
  start: number,
  end: number,
  value: string,
  date: FoundDate,
  format: ValueFormat,
): Recognised {
  const open = isAmbiguous(date) && format.orderIsGuess === true;
  return {
    type: value.includes("T") ? "datetime" : "date",
    value,
    raw: text.slice(start, end),
    range: [start, end],
    from: "text",
    confidence: open ? 0.45 : 0.95,
  };
}

function isoDay(date: FoundDate, format: ValueFormat): string {
  const order = format.order === "ymd" || format.order === undefined ? undefined : format.order;
  const { month, day } = monthAndDay(date, order ?? usualOrder(date.separator, format.locale));
  return iso(date.year, month, day);
}

function rangeStart(date: FoundDate): string {
  const month = date.from?.month ?? date.first;
  return iso(month > date.first ? date.year - 1 : date.year, month, date.from?.day ?? 1);
}

function iso(year: number, month: number, day: number): string {
  return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
}
