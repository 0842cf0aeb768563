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

const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Records of one page are written and read together; compressed they are a tenth of their JSON. */
export function packRecords(records: readonly StoredRecord[]): Uint8Array {
  return zstdCompressSync(JSON.stringify(records), FAST);
}

/** Throws when the bytes are not what `packRecords` wrote: they were altered. */
export function unpackRecords(packed: Uint8Array): StoredRecord[] {
  return z.array(StoredRecordSchema).parse(unpack(packed));
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
