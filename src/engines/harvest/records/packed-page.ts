import { z } from "zod";
import { NONE } from "./pack-records.ts";

const Texts = z.array(z.string()).readonly();
export const TextOrNone = z.union([z.string(), z.literal(NONE)]);
export const RangeSchema = z.tuple([z.number(), z.number()]).readonly();

/** A field, the place of its values below their records, and their attribute. Without a place each value tells its own. */
const PackedColumnSchema = z.union([
  z.tuple([z.string()]),
  z.tuple([z.string(), z.string()]),
  z.tuple([z.string(), z.string(), z.string()]),
]);

/** A value that is its own quote; or value, quote where it differs, range, and what stands elsewhere its place and attribute. */
const PackedCellSchema = z.union([
  z.string(),
  z.literal(NONE),
  z.tuple([z.string(), TextOrNone]),
  z.tuple([z.string(), TextOrNone, RangeSchema]),
  z.tuple([z.string(), TextOrNone, z.union([RangeSchema, z.literal(NONE)]), z.string(), TextOrNone]),
]);

/** A record as a row: key, text, place, links, its values, names of what is unverified. */
export const recordRow = <Values extends z.ZodType>(values: Values) =>
  z.tuple([z.string(), z.string(), z.string(), Texts, values, Texts.optional()]);

const PackedRecordSchema = recordRow(z.array(PackedCellSchema));

/**
 * The records of a page as they are written: what they have in common stands once. Places that cells tell are paths that
 * begin with `.` below their record and with `~` below `at`, the element around the first record, as places of records do.
 * Each record has a cell for each column up to its last value.
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
export type PackedPage = z.infer<typeof PackedPageSchema>;

/** A path from a place: below its record, below what is around all records, or as it stands. */
export function pathOf(place: string, { record, at }: { record: string; at: string }): string {
  if (place.startsWith(".")) return record + place.slice(1);
  return place.startsWith("~") ? at + place.slice(1) : place;
}
