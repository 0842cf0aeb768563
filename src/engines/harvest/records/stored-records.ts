import { zstdCompressSync, zstdDecompressSync, constants } from "node:zlib";
import { z } from "zod";

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

/** No value: what stands behind it in a row does not move up. */
const NONE = 0;
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

type PackedValue = z.infer<typeof PackedValueSchema>;
type PackedRecord = z.infer<typeof PackedRecordSchema>;

const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Records of one page are written and read together; packed they are a tenth of their JSON. */
export function packRecords(records: readonly StoredRecord[]): Uint8Array {
  const first = records[0]?.path ?? "";
  const at = first.slice(0, Math.max(0, first.lastIndexOf("/")));
  const names = new Map<string, number>();
  const packed = records.map((record) => packRecord(record, at, names));
  return zstdCompressSync(JSON.stringify({ format: 2, at, names: [...names.keys()], records: packed }), FAST);
}

/** Throws when the bytes are not what `packRecords` wrote: they were altered. Reads the plain records of before, too. */
export function unpackRecords(packed: Uint8Array): StoredRecord[] {
  const json = unpack(packed);
  if (Array.isArray(json)) return z.array(StoredRecordSchema).parse(json);
  const { at, names, records } = PackedPageSchema.parse(json);
  return records.map((record) => unpackRecord(record, at, names));
}

function packRecord(record: StoredRecord, at: string, names: Map<string, number>): PackedRecord {
  const { key, text, path, links, fields, unverified } = record;
  const values: PackedValue[] = [];
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (!value) continue;
    let number = names.get(name);
    if (number === undefined) names.set(name, (number = names.size));
    values.push(packValue(value, number, path, at));
  }
  const place = placeBelow(path, at, "~");
  return unverified.length === 0 ? [key, text, place, links, values] : [key, text, place, links, values, unverified];
}

function packValue(
  { value, quote, path, attribute, range }: StoredValue,
  name: number,
  record: string,
  at: string,
): PackedValue {
  const below = placeBelow(path, record, ".");
  const place = below === path ? placeBelow(path, at, "~") : below;
  const said = quote === value ? NONE : quote;
  if (range) return [name, value, place, said, attribute ?? NONE, range];
  if (attribute !== undefined) return [name, value, place, said, attribute];
  return said === NONE ? [name, value, place] : [name, value, place, said];
}

function placeBelow(path: string, around: string, mark: string): string {
  const isBelow = path.startsWith(around) && (path.length === around.length || path.charAt(around.length) === "/");
  return isBelow ? mark + path.slice(around.length) : path;
}

function unpackRecord(
  [key, text, place, links, values, unverified = []]: PackedRecord,
  at: string,
  names: string[],
): StoredRecord {
  const path = pathOf(place, { record: "", at });
  const fields: Record<string, StoredValue> = {};
  for (const packed of values) fields[z.string().parse(names[packed[0]])] = unpackValue(packed, { record: path, at });
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

export function packDetail(detail: StoredDetail): Uint8Array {
  return zstdCompressSync(JSON.stringify(detail), FAST);
}

export function unpackDetail(packed: Uint8Array): StoredDetail {
  return StoredDetailSchema.parse(unpack(packed));
}

function unpack(packed: Uint8Array): unknown {
  return JSON.parse(zstdDecompressSync(packed).toString("utf8"));
}
