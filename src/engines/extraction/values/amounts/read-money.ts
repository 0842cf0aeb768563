import type { Recognised } from "../recognised.ts";
import type { ValueFormat } from "../value-format.ts";
import { CURRENCY, currencyOf } from "./currencies.ts";
import { NUMBER, plainNumber } from "./read-number.ts";

/** Words that multiply. `m` and `k` count only when they touch the number. */
const SCALES: readonly (readonly [RegExp, number])[] = [
  [/^(?:k|thousand|tsd|mille|mil|duizend|tusen)\.?$/i, 1e3],
  [/^(?:lakhs?|lacs?)$/i, 1e5],
  [/^(?:m|mn|mm|mio|mln|million(?:s|en|er)?|millón|millones|milion[ei]|milhões|milhão|miljoen|miljoner)\.?$/i, 1e6],
  [/^(?:crores?|cr)$/i, 1e7],
  [/^(?:bn|b|billions?|mrd|milliard(?:s|en|er)?|miliard[iy]?|miljard(?:er)?)\.?$/i, 1e9],
];
const SCALE = String.raw`(?:\s?(?:k|m|mn|mm|bn|b)(?![\p{L}])|\s?(?:thousand|tsd|lakhs?|lacs?|crores?|mio|mln|mrd|milliard|millions?|millionen|millones|millón|milioni|milhões|miljoen|miljoner|miljarder|billions?)(?![\p{L}])\.?)`;
const EDGE = String.raw`(?![\p{L}\d])`;
const BEFORE = String.raw`(?:(?<![\p{L}])(${CURRENCY})(?=[\s\d]|$)\s?)`;
const AFTER = String.raw`(?:\s?(${CURRENCY})${EDGE})`;
const DASH = String.raw`\s*(?:-|–|—|to|bis|and|und|à|tot)\s*`;

const ONE = new RegExp(`${BEFORE}?(${NUMBER})(?:,-|\\.-|,–)?(${SCALE})?${AFTER}?`, "giu");
const SPAN = new RegExp(
  `${BEFORE}?(${NUMBER})(${SCALE})?${AFTER}?${DASH}${BEFORE}?(${NUMBER})(${SCALE})?${AFTER}?`,
  "iu",
);
const HINT = new RegExp(`[$€£¥₹₽₩₪₺₴₦₱₫฿]|(?<![\\p{L}])(?:${CURRENCY})(?![\\p{L}])`, "iu");

/** An amount and nothing else, as most columns print it: what the patterns above find in it is known without them. */
const BARE = /^([$€£¥₹₽₩₪₺₴₦₱₫฿]) ?(\d{1,3}(?:,\d{3})*(?:\.\d{1,2})?|\d{4,}(?:[.,]\d{1,6})?)$/;

/** The first amount of a text that names a currency (or whose column has one); two joined by a dash are a range. */
export function readMoney(text: string, format: ValueFormat = {}): Recognised | null {
  const [, sign, number] = BARE.exec(text) ?? [];
  const currency = sign === undefined ? null : currencyIn([sign], format);
  if (currency && number !== undefined)
    return found(text, 0, text, `${scaled(number, undefined, format)} ${currency.code}`, currency.sure);
  if (!/\d/.test(text) || (format.currency === undefined && !HINT.test(text))) return null;
  return readSpan(text, format) ?? readOne(text, format);
}

function readOne(text: string, format: ValueFormat): Recognised | null {
  for (const match of text.matchAll(ONE)) {
    const [all, before, number, scale, after] = match;
    const currency = currencyIn([before, after], format);
    if (!currency || number === undefined) continue;
    return found(text, match.index, all, `${scaled(number, scale, format)} ${currency.code}`, currency.sure);
  }
  return null;
}

function readSpan(text: string, format: ValueFormat): Recognised | null {
  const match = SPAN.exec(text);
  if (!match) return null;
  const [all, before, low, lowScale, between, again, high, highScale, after] = match;
  const currency = currencyIn([before, between, again, after], format);
  if (!currency || low === undefined || high === undefined) return null;
  const from = scaled(low, lowScale ?? highScale, format);
  const to = scaled(high, highScale, format);
  if (Number(from) > Number(to)) return null;
  return found(text, match.index, all, `${from}..${to} ${currency.code}`, currency.sure);
}

function currencyIn(
  printed: readonly (string | undefined)[],
  format: ValueFormat,
): { code: string; sure: boolean } | null {
  for (const sign of printed) {
    const currency = sign === undefined ? null : currencyOf(sign, format.locale);
    if (!currency) continue;
    return currency.sure || format.currency === undefined ? currency : { code: format.currency, sure: true };
  }
  return format.currency === undefined ? null : { code: format.currency, sure: true };
}

function scaled(number: string, scale: string | undefined, format: ValueFormat): string {
  const factor = scale === undefined ? 1 : (SCALES.find(([word]) => word.test(scale.trim()))?.[1] ?? 1);
  const plain = plainNumber(number, format, factor === 1);
  return factor === 1 ? plain : String(Math.round(Number(plain) * factor * 100) / 100);
}

function found(text: string, index: number, quote: string, value: string, sure: boolean): Recognised {
  const start = index + (quote.length - quote.trimStart().length);
  const raw = quote.trim();
  return {
    type: "money",
    value,
    raw: text.slice(start, start + raw.length),
    range: [start, start + raw.length],
    from: "text",
    confidence: sure ? 0.95 : 0.7,
  };
}
