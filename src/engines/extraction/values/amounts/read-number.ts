import type { ValueFormat } from "../value-format.ts";

/** A printed number: digits in groups, or plain, with at most one decimal part. */
export const NUMBER = String.raw`\d{1,3}(?:[.,'’\u00a0\u202f ]\d{2,3})*(?:[.,'’\u00a0\u202f ]\d{3})(?:[.,]\d{1,6})?|\d+(?:[.,]\d{1,6})?`;

/** Languages that write 1.234,5. English and the rest write 1,234.5. */
const COMMA_DECIMAL = /^(de|fr|es|it|nl|pt|sv|da|nb|no|fi|pl|cs|sk|hu|ro|hr|sl|el|tr|et|lv|lt|bg|uk|ru|ca|sr|id)\b/i;
const COMMA_EXCEPT = /-(CH|MX|PR|DO|GT|HN|NI|PA|SV|PE)$/i;

export function usualDecimal(locale: string | undefined): "." | "," {
  return locale && COMMA_DECIMAL.test(locale) && !COMMA_EXCEPT.test(locale) ? "," : ".";
}

/**
 * Plain decimal form of a printed number: "1.234,50" becomes "1234.50". `grouped` reads a lone mark before three digits
 * as a thousands mark, as money does.
 */
export function plainNumber(printed: string, { decimal, locale }: ValueFormat, grouped: boolean): string {
  const text = withoutSpace(printed);
  const mark = decimalMark(text, decimal ?? null, usualDecimal(locale), grouped);
  if (mark === null) return text.replace(/[.,]/g, "");
  const at = text.lastIndexOf(mark);
  return `${text.slice(0, at).replace(/[.,]/g, "")}.${text.slice(at + 1)}`;
}

/** Which mark must be the decimal one, judged by this number alone; null when it could be either. */
export function certainDecimal(printed: string): "." | "," | null {
  const text = withoutSpace(printed);
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (last < 0) return null;
  const mark = text[last] === "," ? "," : ".";
  const other = mark === "," ? "." : ",";
  if (text.includes(other)) return mark;
  if (text.indexOf(mark) < last) return other;
  return text.length - last - 1 === 3 ? null : mark;
}

/** Most numbers hold none, and looking is cheaper than making a new text. */
const withoutSpace = (printed: string): string => (/['’\s]/.test(printed) ? printed.replace(/['’\s]/g, "") : printed);

function decimalMark(text: string, known: "." | "," | null, usual: "." | ",", grouped: boolean): "." | "," | null {
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  if (last < 0) return null;
  const mark = text[last] === "," ? "," : ".";
  const certain = certainDecimal(text);
  if (certain !== null) return certain === mark ? mark : null;
  if (known !== null) return known === mark ? mark : null;
  return !grouped && usual === mark ? mark : null;
}
