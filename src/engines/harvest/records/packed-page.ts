import { z } from "zod";

/** No value, or none of its own: what stands behind it in a row does not move up. */
export const NONE = 0;

const TextOrNone = z.union([z.string(), z.literal(NONE)]);
export const RangeSchema = z.tuple([z.number(), z.number()]).readonly();

/** A field, its place below the record, and its attribute. Without a place each of its cells tells its own. */
const PackedColumnSchema = z.union([
  z.tuple([z.string()]),
  z.tuple([z.string(), z.string()]),
  z.tuple([z.string(), z.string(), z.string()]),
]);

/** A value that is its own quote; or value, quote where it differs, range, and where the column has none place and attribute. */
const PackedCellSchema = z.union([
  z.string(),
  z.literal(NONE),
  z.tuple([
    z.string(),
    TextOrNone,
    z.union([RangeSchema, z.literal(NONE)]).optional(),
    z.string().optional(),
    TextOrNone.optional(),
  ]),
]);

/** A record as a row: key, text, place, links, a cell for each column up to its last value, names of what is unverified. */
const PackedRecordSchema = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.array(z.string()).readonly(),
  z.array(PackedCellSchema),
  z.array(z.string()).readonly().optional(),
]);

/**
 * The records of a page as they are written: what they have in common stands once. Places are paths that begin with `.`
 * below their record and with `~` below `at`, the element around the first record.
 */
export const PackedPageSchema = z.object({
  format: z.literal(3),
  at: z.string(),
  columns: z.array(PackedColumnSchema),
  records: z.array(PackedRecordSchema),
});

export type PackedColumn = z.infer<typeof PackedColumnSchema>;
export type PackedCell = z.infer<typeof PackedCellSchema>;
export type PackedRecord = z.infer<typeof PackedRecordSchema>;

/** A path from a place: below its record, below what is around all records, or as it stands. */
export function pathOf(place: string, { record, at }: { record: string; at: string }): string {
  if (place.startsWith(".")) return record + place.slice(1);
  return place.startsWith("~") ? at + place.slice(1) : place;
}
