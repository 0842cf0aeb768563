import { MONTH_LETTER, monthOf } from "./month-names.ts";

/** Day, month and year as they are printed; a numeric day and month whose order is not yet decided. */
export interface FoundDate {
  readonly start: number;
  readonly end: number;
  readonly year: number;
  /** Two numbers in printed order when `order` is null, else month and day. */
  readonly first: number;
  readonly second: number;
  readonly order: "written" | null;
  readonly separator: string;
  /** First day of a range such as `12–15 May 2025`, with its month when it names one. */
  readonly from: { readonly day: number; readonly month: number | null } | null;
}

const SUFFIX = "(?:st|nd|rd|th|er|ère|º|ª|°|\\.)?";
const OF = "(?:\\s*(?:de|of|d'|di|den|the)\\s*|[\\s-]*)";
const NAME = `(${MONTH_LETTER}{3,14})\\.?`;
const YEAR = "(?:'|’)?(\\d{4}|\\d{2})(?!\\d|[.:]\\d)";
const DASH = "\\s*(?:-|–|—|bis|to|al|au|a|tot|till|until|&|and|und|et)\\s*";

const YEAR_FIRST =
  /(?<!\d)(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})(?!\d)|\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일])/gu;
const NUMERIC = /(?<![\d/.-])(\d{1,2})(\s?[-/.]\s?)(\d{1,2})\2(\d{4}|\d{2})(?![\d]|[-/]\d)/gu;
const DAY_FIRST = new RegExp(
  `(?<![\\d/.])(?:(\\d{1,2})${SUFFIX}(?:${OF}${NAME})?${DASH})?(\\d{1,2})${SUFFIX}${OF}${NAME}(?:\\s*(?:de|del|of)\\s+|[\\s,./-]*)${YEAR}`,
  "giu",
);
const MONTH_FIRST = new RegExp(
  `(?<!\\p{L})${NAME}[\\s-]*(\\d{1,2})(?:st|nd|rd|th)?(?:${DASH}(?:${NAME}\\s+)?(\\d{1,2})(?:st|nd|rd|th)?)?[\\s,.-]+(?:'|’)?(\\d{4}|\\d{2}(?![:.]\\d))(?!\\d|\\s*[ap]\\.?m)`,
  "giu",
);

/** Every full date in a text, in order of place, without overlaps. A date without a year is no full date. */
export function findDates(text: string): FoundDate[] {
  if (!/\d/.test(text)) return [];
  const found: FoundDate[] = [];
  for (const match of text.matchAll(YEAR_FIRST)) push(found, yearFirst(match));
  for (const match of text.matchAll(NUMERIC)) push(found, numeric(match));
  if (/\p{L}{3}/u.test(text)) {
    for (const match of text.matchAll(DAY_FIRST)) push(found, dayFirst(match));
    for (const match of text.matchAll(MONTH_FIRST)) push(found, monthFirst(match));
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A day that exists, in a year a portal may name. */
export function isRealDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || year < 1600 || year > 2200) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function push(found: FoundDate[], date: FoundDate | null): void {
  if (date && !found.some((other) => date.start < other.end && other.start < date.end)) found.push(date);
}

function yearFirst(match: RegExpExecArray): FoundDate | null {
  const [all, year, separator, month, day, cjkMonth, cjkDay] = match;
  return written(match.index, all, Number(year), Number(month ?? cjkMonth), Number(day ?? cjkDay), null, separator);
}

function numeric(match: RegExpExecArray): FoundDate | null {
  const [all, first, separator, second, year] = match;
  const [a, b, y] = [Number(first), Number(second), fullYear(year ?? "")];
  if (!isRealDay(y, a, b) && !isRealDay(y, b, a)) return null;
  const end = match.index + all.length;
  const mark = (separator ?? "").trim();
  return { start: match.index, end, year: y, first: a, second: b, order: null, separator: mark, from: null };
}

function dayFirst(match: RegExpExecArray): FoundDate | null {
  const [all, fromDay, fromName, day, name, year] = match;
  const month = monthOf(name ?? "");
  if (month === undefined) return null;
  const fromMonth = fromName === undefined ? null : monthOf(fromName);
  if (fromMonth === undefined) return null;
  const from = fromDay === undefined ? null : { day: Number(fromDay), month: fromMonth };
  return written(match.index, all, fullYear(year ?? ""), month, Number(day), from);
}

function monthFirst(match: RegExpExecArray): FoundDate | null {
  const [all, name, day, toName, toDay, year] = match;
  const month = monthOf(name ?? "");
  if (month === undefined) return null;
  const toMonth = toName === undefined ? month : monthOf(toName);
  if (toMonth === undefined) return null;
  const from = toDay === undefined ? null : { day: Number(day), month };
  return written(match.index, all, fullYear(year ?? ""), toMonth, Number(toDay ?? day), from);
}

function written(
  start: number,
  quote: string,
  year: number,
  month: number,
  day: number,
  from: FoundDate["from"],
  separator = "",
): FoundDate | null {
  if (!isRealDay(year, month, day)) return null;
  return { start, end: start + quote.length, year, first: month, second: day, order: "written", separator, from };
}

/** Two digits mean 1970 to 2069. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}
