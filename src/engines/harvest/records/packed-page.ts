import { z } from "zod";
import { NONE } from "./pack-records.ts";

const TextOrNone = z.union([z.string(), z.literal(NONE)]);
export const RangeSchema = z.tuple([z.number(), z.number()]);

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

/** A record as a row: key, text, place, links, a cell for each column up to its last value, names of what is unverified. */
const PackedRecordSchema = z.tuple([
  z.string(),
  z.string(),
  z.string(),
  z.array(z.string()),
  z.array(PackedCellSchema),
  z.array(z.string()).optional(),
]);

/**
 * The records of a page as they are written: what they have in common stands once. Places that cells tell are paths that
 * begin with `.` below their record and with `~` below `at`, the element around the first record, as places of records do.
 */
export const PackedPageSchema = z.object({
  format: z.literal(3),
  at: z.string(),
  columns: z.array(PackedColumnSchema),
  records: z.array(PackedRecordSchema),
});

type Range = readonly [number, number];

export type PackedColumn = Readonly<z.infer<typeof PackedColumnSchema>>;
export type PackedCell =
  | string
  | typeof NONE
  | readonly [value: string, quote: string | typeof NONE]
  | readonly [value: string, quote: string | typeof NONE, range: Range]
  | readonly [
      value: string,
      quote: string | typeof NONE,
      range: Range | typeof NONE,
      place: string,
      attribute: string | typeof NONE,
    ];
export type PackedRecord = readonly [
  key: string,
  text: string,
  place: string,
  links: readonly string[],
  cells: readonly PackedCell[],
  unverified?: readonly string[] | undefined,
];
export interface PackedPage {
  readonly format: 3;
  readonly at: string;
  readonly columns: readonly PackedColumn[];
  readonly records: readonly PackedRecord[];
}

/** A path from a place: below its record, below what is around all records, or as it stands. */
export function pathOf(place: string, { record, at }: { record: string; at: string }): string {
  if (place.startsWith(".")) return record + place.slice(1);
  return place.startsWith("~") ? at + place.slice(1) : place;
}
