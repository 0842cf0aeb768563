import { z } from "zod";
import { NONE } from "./pack-records.ts";
import { pathOf, RangeSchema, recordRow, TextOrNone } from "./packed-page.ts";
import type { StoredRecord, StoredValue } from "./stored-records.ts";

/** A value as a row: name (its place among `names`), value, place, quote where it differs, attribute, range. */
const ValueSchema = z.tuple([
  z.number().int().min(0),
  z.string(),
  z.string(),
  TextOrNone.optional(),
  TextOrNone.optional(),
  RangeSchema.optional(),
]);

/** The records of a page as earlier versions wrote them: each value tells its place. */
export const OlderPageSchema = z.object({
  format: z.literal(2),
  at: z.string(),
  names: z.array(z.string()),
  records: z.array(recordRow(z.array(ValueSchema))),
});

type OlderPage = z.infer<typeof OlderPageSchema>;

const NameSchema = z.string();

export function unpackOlder({ at, names, records }: OlderPage): StoredRecord[] {
  return records.map(([key, text, place, links, values, unverified = []]) => {
    const path = pathOf(place, { record: "", at });
    const fields: Record<string, StoredValue> = {};
    for (const value of values) fields[NameSchema.parse(names[value[0]])] = unpackValue(value, { record: path, at });
    return { key, text, links, path, fields, unverified };
  });
}

function unpackValue(packed: z.infer<typeof ValueSchema>, around: { record: string; at: string }): StoredValue {
  const [, value, place, said = NONE, attribute = NONE, range] = packed;
  return {
    value,
    quote: said === NONE ? value : said,
    path: pathOf(place, around),
    ...(attribute === NONE ? {} : { attribute }),
    ...(range === undefined ? {} : { range }),
  };
}
