import { nodeAt } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import type { FormControl } from "../forms/found-form.ts";

/** What a browser sends of a field that is made for dates. */
export const ISO_FORMAT = "yyyy-MM-dd";

/** Day, month and year in the letters of several languages: `dd/mm/yyyy`, `TT.MM.JJJJ`, `jj/mm/aaaa`, `gg-mm-aaaa`. */
const PATTERN = /(?<![\p{L}\d])([dtjgmya]{1,4})([./ -])([dtjgmya]{1,4})\2([dtjgmya]{2,4})(?![\p{L}\d])/iu;
const EXAMPLE = /(?<!\d)(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?!\d)/;

/** A date as a form wants it. `format` has `d`, `dd`, `M`, `MM`, `yy` and `yyyy`; the rest is written as it stands. */
export function writeDate(iso: string, format = ISO_FORMAT): string {
  const [year = "", month = "", day = ""] = iso.split("-");
  const short = (digits: string): string => String(Number(digits));
  const parts: Readonly<Record<string, string>> = {
    yyyy: year,
    yy: year.slice(-2),
    MM: month,
    M: short(month),
    dd: day,
    d: short(day),
  };
  return format.replace(/yyyy|yy|MM|M|dd|d/g, (part) => parts[part] ?? part);
}

/** How a field wants its date, by what it is, says, suggests or holds. Null when nothing tells. */
export function dateFormatOf({ type, path, label, value }: FormControl, page: Page): string | null {
  if (type === "date") return ISO_FORMAT;
  const attribs = nodeAt(page.root, path)?.attribs ?? {};
  const told = ["placeholder", "data-date-format", "data-format", "title", "aria-label"].map(
    (key) => attribs[key] ?? "",
  );
  for (const text of [...told, label, value]) {
    const format = dateFormatIn(text);
    if (format !== null) return format;
  }
  return null;
}

/** The format that words speak of: a pattern, or an example whose day cannot be a month. */
export function dateFormatIn(text: string): string | null {
  const short = text.slice(0, 500);
  const [, one = "", mark = "", two = "", three = ""] = PATTERN.exec(short) ?? [];
  const parts = [one, two, three].map(partOf);
  if (new Set(parts.map((part) => part?.charAt(0))).size === 3 && !parts.includes(null)) return parts.join(mark);
  return ofExample(short);
}

function partOf(letters: string): string | null {
  const lower = letters.toLowerCase();
  if (new Set(lower).size !== 1 || lower === "") return null;
  const many = lower.length > 1;
  if (lower.startsWith("m")) return lower.length > 2 ? null : many ? "MM" : "M";
  if (lower.length === 4) return "yyyy";
  if (lower.startsWith("y")) return "yy";
  return many ? "dd" : "d";
}

function ofExample(text: string): string | null {
  const [, one = "", mark = "", two = "", three = ""] = EXAMPLE.exec(text) ?? [];
  if (one.length === 4) return Number(two) <= 12 ? `yyyy${mark}${two.length === 2 ? "MM" : "M"}${mark}dd` : null;
  if (three.length !== 4) return null;
  const [day, month] = [one.length === 2 ? "dd" : "d", two.length === 2 ? "MM" : "M"];
  if (Number(one) > 12 && Number(two) <= 12) return `${day}${mark}${month}${mark}yyyy`;
  if (Number(two) > 12 && Number(one) <= 12) return `${month.replace("d", "M")}${mark}dd${mark}yyyy`;
  // Days come first where points stand between them.
  return mark === "." ? `${day}${mark}${month}${mark}yyyy` : null;
}
