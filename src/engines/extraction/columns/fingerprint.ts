import type { FieldRule } from "./field-rule.ts";
import { mostCommon } from "./learn-pattern.ts";

/** How the values of a column look: what a later page is compared with. */
export function fingerprintOf(texts: readonly string[], records: number): FieldRule["fingerprint"] {
  const lengths = texts.map((text) => text.length).sort((a, b) => a - b);
  return {
    fill: Math.round((texts.length / Math.max(1, records)) * 1000) / 1000,
    shape: mostCommon(texts.map(shapeOfText))?.value ?? "",
    length: lengths[lengths.length >> 1] ?? 0,
  };
}

/** `12/05/2024` → `99/99/9999`, `Smith v. Jones` → `Aa a. Aa`: what a value looks like, not what it says. */
export function shapeOfText(text: string): string {
  return text
    .slice(0, 80)
    .replace(/\p{N}/gu, "9")
    .replace(/\p{Lu}\p{Ll}+/gu, "Aa")
    .replace(/\p{Lu}+/gu, "A")
    .replace(/\p{Ll}+/gu, "a")
    .slice(0, 40);
}

/** Whether values could be those that were learnt: as long within a factor of five, and with digits where those had some. */
export function fitsFingerprint(texts: readonly string[], { shape, length }: FieldRule["fingerprint"]): boolean {
  if (texts.length === 0) return false;
  const now = fingerprintOf(texts, texts.length);
  if (length > 0 && (now.length > length * 5 + 10 || now.length * 5 + 10 < length)) return false;
  const withDigits = texts.filter((text) => shapeOfText(text).includes("9")).length / texts.length;
  return shape.includes("9") ? withDigits >= 0.3 : withDigits <= 0.7;
}
