import { zstdDecompressSync } from "node:zlib";
import { z } from "zod";
import { OlderPageSchema, unpackOlder } from "./older-pages.ts";
import { NONE, packPage } from "./pack-records.ts";
import {
  PackedPageSchema,
  pathOf,
  RangeSchema,
  type PackedCell,
  type PackedColumn,
  type PackedPage,
} from "./packed-page.ts";

/** A value as it lies in the store. The page's address and hash stand once, on the row of the page. */
const StoredValueSchema = z.object({
  value: z.string(),
  quote: z.string(),
  path: z.string(),
  attribute: z.string().optional(),
  range: RangeSchema.optional(),
});

const StoredRecordSchema = z.object({
  key: z.string(),
  text: z.string(),
  links: z.array(z.string()).readonly(),
  /** Of the record's first element. */
  path: z.string(),
  fields: z.record(z.string(), StoredValueSchema),
  unverified: z.array(z.string()).readonly(),
});

const StoredDetailSchema = z.object({
  fields: z.record(z.string(), z.object({ list: z.boolean(), values: z.array(StoredValueSchema) })),
  unverified: z.array(z.string()),
});

export type StoredValue = z.infer<typeof StoredValueSchema>;
export type StoredRecord = z.infer<typeof StoredRecordSchema>;
export type StoredDetail = z.infer<typeof StoredDetailSchema>;

const PlainRecordsSchema = z.array(StoredRecordSchema);
const AnyPageSchema = z.discriminatedUnion("format", [OlderPageSchema, PackedPageSchema]);

/** Throws when the bytes are not what `packRecords` wrote: they were altered. Reads what earlier versions wrote, too. */
export function unpackRecords(packed: Uint8Array): StoredRecord[] {
  const json = unpack(packed);
  if (Array.isArray(json)) return PlainRecordsSchema.parse(json);
  const page = AnyPageSchema.parse(json);
  return page.format === 2 ? unpackOlder(page) : unpackPage(page);
}

/** What is left of packed records when only those whose positions are told are kept. */
export function keepRecords(packed: Uint8Array, isKept: (position: number) => boolean): Uint8Array<ArrayBuffer> {
  const page = PackedPageSchema.parse(unpack(packed));
  return packPage({ ...page, records: page.records.filter((_, at) => isKept(at)) });
}

function unpackPage({ at, columns, records }: PackedPage): StoredRecord[] {
  return records.map(([key, text, place, links, cells, unverified = []]) => {
    const path = pathOf(place, { record: "", at });
    const fields: Record<string, StoredValue> = {};
    for (const [number, cell] of cells.entries()) {
      if (cell === NONE) continue;
      const [name, ...usual] = columnAt(columns, number);
      if (Object.hasOwn(fields, name)) throw new RangeError(`Two values of a record are named "${name}".`);
      fields[name] = unpackCell(cell, usual, { record: path, at });
    }
    return { key, text, links, path, fields, unverified };
  });
}

function columnAt(columns: readonly PackedColumn[], number: number): PackedColumn {
  const column = columns[number];
  if (!column) throw new RangeError(`A value stands in column ${number + 1} of ${columns.length}.`);
  return column;
}

function unpackCell(
  cell: Exclude<PackedCell, typeof NONE>,
  [below, attribute]: readonly (string | undefined)[],
  around: { record: string; at: string },
): StoredValue {
  const [value, said = NONE, range = NONE, place, own = NONE] = typeof cell === "string" ? ([cell] as const) : cell;
  if (place === undefined && below === undefined) throw new RangeError("A value has no place.");
  const from = place === undefined ? (attribute ?? NONE) : own;
  return {
    value,
    quote: said === NONE ? value : said,
    path: place === undefined ? `${around.record}${below}` : pathOf(place, around),
    ...(from === NONE ? {} : { attribute: from }),
    ...(range === NONE ? {} : { range }),
  };
}

export function unpackDetail(packed: Uint8Array): StoredDetail {
  return StoredDetailSchema.parse(unpack(packed));
}

function unpack(packed: Uint8Array): unknown {
  return JSON.parse(zstdDecompressSync(packed).toString("utf8"));
}
