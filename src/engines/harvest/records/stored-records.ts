import { zstdDecompressSync } from "node:zlib";
import { z } from "zod";
import { NONE } from "./pack-records.ts";

/** A value as it lies in the store. The page's address and hash stand once, on the row of the page. */
const StoredValueSchema = z.object({
  value: z.string(),
  quote: z.string(),
  path: z.string(),
  attribute: z.string().optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
});

const StoredRecordSchema = z.object({
  key: z.string(),
  text: z.string(),
  links: z.array(z.string()),
  /** Of the record's first element. */
  path: z.string(),
  fields: z.record(z.string(), StoredValueSchema),
  unverified: z.array(z.string()),
});

const StoredDetailSchema = z.object({
  fields: z.record(z.string(), z.object({ list: z.boolean(), values: z.array(StoredValueSchema) })),
  unverified: z.array(z.string()),
});

export type StoredValue = z.infer<typeof StoredValueSchema>;
export type StoredRecord = z.infer<typeof StoredRecordSchema>;
export type StoredDetail = z.infer<typeof StoredDetailSchema>;

const TextOrNone = z.union([z.string(), z.literal(NONE)]);

/** A value as a row: name (its place among `names`), value, place, quote where it differs, attribute, range. */
const PackedValueSchema = z.tuple([
  z.number().int().min(0),
  z.string(),
  z.string(),
  TextOrNone.optional(),
  TextOrNone.optional(),
  z.tuple([z.number(), z.number()]).optional(),
]);

/** A record as a row: key, text, place, links, values, names of what is unverified. */
const PackedRecordSchema = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.array(z.string()),
  z.array(PackedValueSchema),
  z.array(z.string()).optional(),
]);

/**
 * The records of a page as they are written: what they have in common stands once. Places are paths that begin with `.`
 * below their record and with `~` below `at`, the element around the first record.
 */
const PackedPageSchema = z.object({
  format: z.literal(2),
  at: z.string(),
  names: z.array(z.string()),
  records: z.array(PackedRecordSchema),
});

export type PackedValue = z.infer<typeof PackedValueSchema>;
export type PackedRecord = z.infer<typeof PackedRecordSchema>;

const NameSchema = z.string();
const PlainRecordsSchema = z.array(StoredRecordSchema);

/** Throws when the bytes are not what `packRecords` wrote: they were altered. Reads the plain records of before, too. */
export function unpackRecords(packed: Uint8Array): StoredRecord[] {
  const json = unpack(packed);
  if (Array.isArray(json)) return PlainRecordsSchema.parse(json);
  const { at, names, records } = PackedPageSchema.parse(json);
  return records.map((record) => unpackRecord(record, at, names));
}

function unpackRecord(
  [key, text, place, links, values, unverified = []]: PackedRecord,
  at: string,
  names: string[],
): StoredRecord {
  const path = pathOf(place, { record: "", at });
  const fields: Record<string, StoredValue> = {};
  for (const packed of values) fields[NameSchema.parse(names[packed[0]])] = unpackValue(packed, { record: path, at });
  return { key, text, links, path, fields, unverified };
}

function unpackValue(packed: PackedValue, around: { record: string; at: string }): StoredValue {
  const [, value, place, said = NONE, attribute = NONE, range] = packed;
  return {
    value,
    quote: said === NONE ? value : said,
    path: pathOf(place, around),
    ...(attribute === NONE ? {} : { attribute }),
    ...(range === undefined ? {} : { range }),
  };
}

function pathOf(place: string, { record, at }: { record: string; at: string }): string {
  if (place.startsWith(".")) return record + place.slice(1);
  return place.startsWith("~") ? at + place.slice(1) : place;
}

export function unpackDetail(packed: Uint8Array): StoredDetail {
  return StoredDetailSchema.parse(unpack(packed));
}

function unpack(packed: Uint8Array): unknown {
  return JSON.parse(zstdDecompressSync(packed).toString("utf8"));
}
