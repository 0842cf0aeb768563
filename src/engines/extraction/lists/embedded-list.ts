import type { FieldRule } from "../columns/field-rule.ts";
import { fingerprintOf } from "../columns/fingerprint.ts";
import { slug } from "../columns/name-columns.ts";
import { totalInData } from "../embedded/data-total.ts";
import type { EmbeddedData, Located, RecordArray } from "../embedded/embedded-data.ts";
import { leafText, quoteLeaf } from "../embedded/quote-leaf.ts";
import { readEmbedded } from "../embedded/read-embedded.ts";
import { locateAll } from "../embedded/grouped-arrays.ts";
import { fieldOf, findRecordArrays, unwrapped } from "../embedded/record-arrays.ts";
import { outlineOf } from "../outline/page-outline.ts";
import { regionOf } from "../page-region.ts";
import { dataText } from "../page/data-page.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import type { DeclaredTotal } from "../pagination/pagination.ts";
import { collapse } from "../page/text-of.ts";
import { contentKey } from "../records/content-key.ts";
import type { ExtractedRecord } from "../records/extracted-record.ts";
import type { ExtractedValue } from "../values/extracted-value.ts";
import { normalise } from "../values/recognise.ts";
import { typeOfColumn } from "../values/type-of-column.ts";
import { amountField, currencyKeys } from "./amount-field.ts";
import type { ListRule } from "./list-rule.ts";

export type EmbeddedRule = NonNullable<ListRule["embedded"]>;

/** Score (0 to 1) from which an array is taken for the list that the page is about. */
const GOOD = 0.5;
const MAX_FIELDS = 60;
const MAX_RECORDS = 20_000;

/**
 * The array of embedded data that holds the page's list: at least as many records as the page shows, with more fields,
 * and saying what the page says. Null when the page shows its list better than its data does.
 */
export function findEmbeddedList(page: Page, shown: { records: number; fields: number }): RecordArray | null {
  const arrays = findRecordArrays(readEmbedded(page)).filter(
    ({ source, score }) => score >= GOOD && source.kind !== "meta",
  );
  return (
    arrays.find(
      (array) =>
        array.items.length >= Math.max(3, shown.records) &&
        array.fields.length >= Math.max(3, shown.fields) &&
        isShown(page, array),
    ) ?? null
  );
}

/** Most records are on the page, or the page shows hardly any text because a script would build it. */
function isShown(page: Page, { items, fields }: RecordArray): boolean {
  const { text } = outlineOf(page);
  if (text.length < 500) return true;
  const sample = items.slice(0, 20);
  const found = sample.filter((item) =>
    fields.some((field) => {
      const value = leafText(fieldOf(item, field) ?? NOTHING);
      return value.length >= 8 && text.includes(value);
    }),
  );
  return found.length >= sample.length * 0.6;
}

const NOTHING: Located = { kind: "array", items: [] };

/** Where the array is, for a recipe. */
export function embeddedRule({ source, keys }: RecordArray): EmbeddedRule {
  return { kind: source.kind, name: source.name, keys: [...keys] };
}

/** The fields of an array of records. */
export function embeddedFields(page: Page, array: RecordArray): FieldRule[] {
  const taken = new Set<string>();
  const locale = regionOf(page);
  const units = currencyKeys(array);
  const shown = array.fields.filter((key) => !units.has(key)).slice(0, MAX_FIELDS);
  return shown.flatMap((key): FieldRule[] => {
    const texts = array.items.map((item) => leafText(fieldOf(item, key) ?? NOTHING));
    const filled = texts.filter((text) => text !== "");
    const name = slug(key.replaceAll(".", "_")) || `field_${key}`;
    if (filled.length === 0 || taken.has(name) || key.startsWith("@")) return [];
    const money = amountField(array, { key, name, texts });
    taken.add(name);
    if (money) return [money];
    const { type, format } = typeOfColumn(filled.slice(0, 60), {
      label: name,
      ...(locale === undefined ? {} : { locale }),
    });
    return [
      {
        name,
        type,
        ...(Object.keys(format).length > 0 ? { format } : {}),
        places: [{ by: "key", key }],
        take: { from: "text" },
        required: filled.length === texts.length,
        fingerprint: fingerprintOf(filled, texts.length),
      },
    ];
  });
}

/** Records of embedded data, and what the data says about their number. */
export interface EmbeddedList {
  readonly records: ExtractedRecord[];
  readonly declared: DeclaredTotal | null;
  /** All of the data that the list is a part of. */
  readonly data: Located;
}

/** Reads the records of embedded data; null when the page has no such array. */
export function readEmbeddedList(page: Page, rule: EmbeddedRule, fields: readonly FieldRule[]): EmbeddedList | null {
  const array = page.isData ? arrayAt(page, rule) : arrayLike(page, rule);
  if (!array) return null;
  const records = array.items.slice(0, MAX_RECORDS).map((item) => recordOf(page, item, fields));
  return { records, declared: totalInData(page, array), data: array.source.value };
}

function arrayLike(page: Page, rule: EmbeddedRule): RecordArray | null {
  const path = rule.keys.join("\n");
  const alike = ({ source, keys }: RecordArray) =>
    source.kind === rule.kind && source.name === rule.name && keys.join("\n") === path;
  return findRecordArrays(readEmbedded(page)).find(alike) ?? null;
}

/** An answer that is data holds its list in the same place even where that is empty, or has one record. */
function arrayAt(page: Page, { kind, name, keys }: EmbeddedRule): RecordArray | null {
  for (const source of readEmbedded(page)) {
    if (source.kind !== kind || source.name !== name) continue;
    const arrays = locateAll(source.value, keys).filter((found) => found.kind === "array");
    const items = arrays.flatMap((array) => array.items.map(unwrapped));
    if (arrays.length > 0) return { source, keys, items, fields: [], score: 1 };
  }
  const isEmpty = keys.length === 0 && /^\s*\[\s*\]\s*$/.test(dataText(page) ?? "");
  return isEmpty ? { source: NO_DATA, keys, items: [], fields: [], score: 1 } : null;
}

const NO_DATA: EmbeddedData = { kind: "state", name: null, value: { kind: "array", items: [] } };

function recordOf(page: Page, item: Located, fields: readonly FieldRule[]): ExtractedRecord {
  const row: Record<string, ExtractedValue> = {};
  for (const rule of fields) {
    const value = valueAt(page, item, rule);
    if (value) row[rule.name] = value;
  }
  const values = Object.values(row);
  const text = values.map(({ value }) => value).join(" ");
  const links = [
    ...new Set(values.filter(({ type }) => type === "url" || type === "document").map(({ value }) => value)),
  ];
  return {
    text,
    links,
    fields: row,
    path: values[0]?.path ?? "",
    key: contentKey(collapse(text.toLowerCase()), links),
  };
}

/** A field of a record of embedded data; null where the record does not have it. */
export function valueAt(page: Page, item: Located, rule: FieldRule): ExtractedValue | null {
  const place = rule.places.find((one) => one.by === "key");
  const leaf = place?.by === "key" ? fieldOf(item, place.key) : null;
  if (!leaf || leaf.kind === "array" || leaf.kind === "object") return null;
  const said = leafText(leaf);
  if (said === "") return null;
  const unit =
    rule.type === "money" && place?.by === "key" && place.unit !== undefined ? fieldOf(item, place.unit) : null;
  const text = unit ? `${said} ${leafText(unit)}` : said;
  const isAddress = rule.type === "url" || rule.type === "document" || rule.type === "image";
  const typed =
    isAddress || rule.type === "text" || rule.type === "reference" || rule.type === "status"
      ? null
      : normalise(text, rule.type, rule.format ?? {});
  const value = typed?.value ?? (isAddress ? addressOf(page, text, rule) : text);
  return { value, type: rule.type, confidence: typed?.confidence ?? 0.9, ...quoteLeaf(page, leaf) };
}

/** Data may hold only the part of an address that differs from record to record. */
function addressOf(page: Page, text: string, { format }: FieldRule): string {
  if (format?.before !== undefined) return `${format.before}${text}${format.after ?? ""}`;
  return resolveUrl(text, page.baseUrl) ?? text;
}
