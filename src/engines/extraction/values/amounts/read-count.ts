import type { Recognised } from "../recognised.ts";
import type { ValueFormat } from "../value-format.ts";
import { NUMBER, plainNumber } from "./read-number.ts";

const COUNT = new RegExp(
  `(?<![\\p{L}\\d.,-])([-−+]?)(${NUMBER})(?:\\s?(%|percent|per cent|Prozent|pour cent|por ciento))?(?![\\p{L}\\d])`,
  "iu",
);

/** The first number of a text; percentages keep their sign. */
export function readNumber(text: string, format: ValueFormat = {}): Recognised | null {
  const match = COUNT.exec(text);
  if (!match) return null;
  const [raw, sign, digits, percent] = match;
  const grouped = /^\d{1,3}([,.])\d{3}$/.test(digits ?? "") && digits?.includes(",") === true;
  const plain = plainNumber(digits ?? "", format, grouped && format.decimal !== ",");
  const value = `${sign === "-" || sign === "−" ? "-" : ""}${plain}${percent === undefined ? "" : " %"}`;
  const range: [number, number] = [match.index, match.index + raw.length];
  return { type: "number", value, raw, range, from: "text", confidence: 0.9 };
}
