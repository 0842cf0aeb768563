import type { FieldRule } from "../columns/field-rule.ts";
import { fingerprintOf } from "../columns/fingerprint.ts";
import { slug } from "../columns/name-columns.ts";
import type { RecordArray } from "../embedded/embedded-data.ts";
import { leafText } from "../embedded/quote-leaf.ts";
import { fieldOf } from "../embedded/record-arrays.ts";

const AMOUNT = /^(?:amount|value|net|gross|price|total|sum|min|max|from|to)$/i;
const CURRENCY = /^(?:currency|currency_?code|price_?currency|ccy)$/i;
const CODE = /^[A-Z]{3}$/;

/** Keys of an array whose values are the currency of an amount beside them: `{"amount": 1200, "currency": "EUR"}`. */
export function currencyKeys(array: RecordArray): Set<string> {
  const keys = array.fields.filter((key) => CURRENCY.test(lastOf(key)) && saysAll(array, key, CODE));
  return new Set(keys.filter((key) => amountsBeside(array, key).length > 0));
}

/** The amount at a key as money, with the key of its currency; null where none stands beside it. */
export function amountField(
  array: RecordArray,
  { key, name, texts }: { readonly key: string; readonly name: string; readonly texts: readonly string[] },
): FieldRule | null {
  const unit = [...currencyKeys(array)].find((currency) => amountsBeside(array, currency).includes(key));
  if (unit === undefined) return null;
  const filled = texts.filter((text) => text !== "");
  return {
    name:
      /^(?:amount|value)$/i.test(lastOf(key)) && key.includes(".") ? slug(parentOf(key).replaceAll(".", "_")) : name,
    type: "money",
    format: { decimal: "." },
    places: [{ by: "key", key, unit }],
    take: { from: "text" },
    required: filled.length === texts.length,
    fingerprint: fingerprintOf(filled, texts.length),
  };
}

function amountsBeside(array: RecordArray, currency: string): string[] {
  return array.fields.filter(
    (key) =>
      parentOf(key) === parentOf(currency) && AMOUNT.test(lastOf(key)) && saysAll(array, key, /^-?\d+(?:\.\d+)?$/),
  );
}

function saysAll({ items }: RecordArray, key: string, pattern: RegExp): boolean {
  const texts = items.slice(0, 60).flatMap((item) => leafText(fieldOf(item, key) ?? NOTHING) || []);
  return texts.length > 0 && texts.every((text) => pattern.test(text));
}

const NOTHING = { kind: "array", items: [] } as const;
const lastOf = (key: string): string => key.slice(key.lastIndexOf(".") + 1);
const parentOf = (key: string): string => key.slice(0, Math.max(0, key.lastIndexOf(".")));
