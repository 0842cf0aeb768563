import type { ExtractedValue } from "../values/extracted-value.ts";

/** Words as long as this tell a record from others: a title. */
const LEAST_MARK = 20;

/** Whether a value tells its record from others: a link, a reference, a title. Dates and amounts are the same by chance. */
export function tells(value: ExtractedValue): boolean {
  return isLink(value) || value.type === "reference" || value.raw.length > LEAST_MARK;
}

export const isLink = ({ attribute }: ExtractedValue): boolean => attribute !== undefined;

/** By what it means, or by its words where both are read as the same type. */
export function isSameValue(before: ExtractedValue, after: ExtractedValue): boolean {
  return (
    sameForm(after.value) === sameForm(before.value) ||
    isSameAmount(before, after) ||
    isSameDay(before, after) ||
    (before.type === after.type && sameForm(after.raw) === sameForm(before.raw))
  );
}

/** 12500 EUR and 12500.00 EUR. */
function isSameAmount(before: ExtractedValue, after: ExtractedValue): boolean {
  if (before.type !== "money" || after.type !== "money") return false;
  const [[one = "", unit], [other = "", otherUnit]] = [before.value.split(" "), after.value.split(" ")];
  return unit === otherUnit && one !== "" && Number(one) === Number(other);
}

/** A date that comes with its hour now. */
function isSameDay(before: ExtractedValue, after: ExtractedValue): boolean {
  return before.type === "date" && after.type === "datetime" && after.value.startsWith(`${before.value}T`);
}

/** What makes two values the same: not case, not space, not the marks around them. */
export function sameForm(value: string): string {
  return value
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Whether a value could be read as what its field holds, and is not only the text that stood there. */
export function isRead({ type, value, raw, confidence }: ExtractedValue): boolean {
  return !REWRITTEN.has(type) || value !== raw || confidence > 0.5;
}

/** Types whose values are rewritten to a normal form: where that fails, the text stands for the value. */
const REWRITTEN: ReadonlySet<string> = new Set(["date", "datetime", "money", "email", "phone"]);
