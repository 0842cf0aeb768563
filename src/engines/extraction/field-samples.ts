import { FieldReader } from "./columns/read-field.ts";
import type { LearnedList } from "./learn-list.ts";
import { readEmbeddedList } from "./lists/embedded-list.ts";
import { locateRecords } from "./lists/locate-records.ts";
import { NodePaths } from "./outline/node-paths.ts";
import type { Page } from "./page/page.ts";

const SAMPLES = 8;

/** A few values of every field, for deciding what a column means. */
export function fieldSamples(page: Page, { list, fields }: LearnedList): Map<string, string[]> {
  if (list.embedded) {
    const records = (readEmbeddedList(page, list.embedded, fields)?.records ?? []).slice(0, SAMPLES);
    return new Map(fields.map(({ name }) => [name, records.flatMap((record) => record.fields[name]?.value ?? [])]));
  }
  const units = locateRecords(list, page).units.slice(0, SAMPLES);
  const reader = new FieldReader(page, new NodePaths());
  return new Map(
    fields.map((rule) => {
      const [place] = rule.places;
      return [rule.name, place ? units.flatMap((unit) => reader.read(rule, place, unit)?.value ?? []) : []];
    }),
  );
}
