import type { Recognised } from "../recognised.ts";

const EMAIL = /[\p{L}\d][\p{L}\d._%+-]{0,63}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63})*\.\p{L}{2,24}/iu;
const PHONE =
  /(?<![\w./-])(?:(?:\+|00)\s?\d{1,3}[\s.-]?)?(?:\(\d{1,5}\)[\s./-]?)?\d{1,5}(?:[\s./-]{1,3}\d{2,8}){1,5}(?:\s?(?:x|ext\.?|-)\s?\d{1,5})?(?![\w/])/iu;
const PHONE_LABEL = /(?:phone|tel|telefon|téléphone|teléfono|telefono|telefoon|mobile?|fax|call|☎|📞)[\s.:–-]*$/iu;

export function readEmail(text: string): Recognised | null {
  if (!text.includes("@")) return null;
  const match = EMAIL.exec(text);
  return match && at(text, "email", match.index, match[0], match[0].toLowerCase(), 0.98);
}

/** A phone number: 7 to 15 digits that a plus, brackets or a label mark as one, or that stand alone in usual groups. */
export function readPhone(text: string, label: string | undefined): Recognised | null {
  if (!/\d{2}/.test(text)) return null;
  const match = PHONE.exec(text) ?? /(?<![\w.])\+\d{7,15}(?!\w)/.exec(text);
  if (!match) return null;
  const digits = match[0].replace(/(?:x|ext\.?)\s?\d+$/i, "").replace(/\D/g, "");
  if (digits.length < 7 || digits.length > 15) return null;
  const isMarked =
    /^(?:\+|00|\()/.test(match[0]) || PHONE_LABEL.test(text.slice(0, match.index)) || PHONE_LABEL.test(label ?? "");
  const isGrouped = /^\d{3}[-. ]\d{3}[-. ]\d{4}$/.test(match[0].trim());
  if (!isMarked && !isGrouped) return null;
  const value = `${/^(?:\+|00)/.test(match[0]) ? "+" : ""}${digits.replace(/^00/, "")}`;
  return at(text, "phone", match.index, match[0], value, isMarked ? 0.9 : 0.75);
}

function at(
  text: string,
  type: "email" | "phone",
  start: number,
  quote: string,
  value: string,
  confidence: number,
): Recognised {
  const raw = quote.trimEnd();
  return {
    type,
    value,
    raw: text.slice(start, start + raw.length),
    range: [start, start + raw.length],
    from: "text",
    confidence,
  };
}
