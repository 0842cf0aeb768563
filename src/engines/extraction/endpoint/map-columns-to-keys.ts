import type { FieldRule } from "../columns/field-rule.ts";
import type { Located } from "../embedded/embedded-data.ts";
import { valueAt } from "../lists/embedded-list.ts";
import type { Page } from "../page/page.ts";
import type { ExtractedRecord } from "../records/extracted-record.ts";
import type { ValueFormat } from "../values/value-format.ts";

/** A record as the page shows it, and as the answer has it. */
export interface ShownAndSent {
  readonly shown: ExtractedRecord;
  readonly sent: Located;
}

/** A column has to say the same in nearly all records: the rest may be cut or rounded for the eye. */
const SAME = 0.95;

/**
 * For each column of the page the key under which the answer says exactly the same. Null when a column that tells one record
 * from another has none: then the page says more than the answer.
 */
export function mapColumnsToKeys(
  columns: readonly FieldRule[],
  pairs: readonly ShownAndSent[],
  { page, keys }: { page: Page; keys: readonly FieldRule[] },
): FieldRule[] | null {
  const mapped: FieldRule[] = [];
  for (const column of columns) {
    const values = new Set(pairs.map(({ shown }) => shown.fields[column.name]?.value));
    const rule = ruleFor(column, pairs, { page, keys });
    if (rule) mapped.push(rule);
    // What is the same in every record, such as "Details", is furniture.
    else if (values.size > 1) return null;
  }
  return mapped.length > 0 ? mapped : null;
}

function ruleFor(
  column: FieldRule,
  pairs: readonly ShownAndSent[],
  { page, keys }: { page: Page; keys: readonly FieldRule[] },
): FieldRule | null {
  const stated = pairs.filter(({ shown }) => shown.fields[column.name] !== undefined);
  for (const key of keys.flatMap(readings))
    for (const format of formatsFor(column, key, { pair: stated[0], page })) {
      const { name, type, required, fingerprint } = column;
      const rule: FieldRule = {
        name,
        type,
        ...(Object.keys(format).length > 0 ? { format } : {}),
        places: [...key.places],
        take: { from: "text" },
        required,
        fingerprint,
      };
      const same = stated.filter(
        ({ shown, sent }) => valueAt(page, sent, rule)?.value === shown.fields[column.name]?.value,
      );
      if (stated.length > 0 && same.length >= stated.length * SAME) return rule;
    }
  return null;
}

/** A page may show amounts without their currency. */
function readings(key: FieldRule): FieldRule[] {
  const bare = key.places.map((place) => (place.by === "key" ? { by: place.by, key: place.key } : place));
  return key.places.some((place) => place.by === "key" && place.unit !== undefined)
    ? [key, { ...key, places: bare }]
    : [key];
}

interface Sample {
  readonly pair: ShownAndSent | undefined;
  readonly page: Page;
}

/**
 * How the answer may write what the column says: in its own way, in the page's, in the page's currency, counted since 1970, as part
 * of an address.
 */
function formatsFor(
  column: FieldRule,
  { places, format: written = {} }: FieldRule,
  { pair, page }: Sample,
): ValueFormat[] {
  const value = pair?.shown.fields[column.name]?.value ?? "";
  const formats: ValueFormat[] = [written, column.format ?? {}, {}];
  const plain: FieldRule = { ...column, type: "text", places: [...places], take: { from: "text" } };
  const said = (pair && valueAt(page, pair.sent, plain)?.value) ?? "";
  switch (column.type) {
    case "money": {
      const currency = /\b[A-Z]{3}$/.exec(value)?.[0];
      return currency === undefined ? formats : [...formats, { decimal: ".", currency }];
    }
    case "date":
    case "datetime":
      return /^\d{9,13}$/.test(said) ? [{ epoch: "ms" }, { epoch: "s" }] : formats;
    case "url":
    case "document": {
      const at = said === "" ? -1 : value.lastIndexOf(said);
      return at > 0 ? [...formats, { before: value.slice(0, at), after: value.slice(at + said.length) }] : formats;
    }
    default:
      return formats;
  }
}
