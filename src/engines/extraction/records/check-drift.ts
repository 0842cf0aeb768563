import type { Located } from "../lists/locate-records.ts";
import type { Recipe } from "../recipe.ts";
import type { Drift, ExtractedRecord } from "./extracted-record.ts";

/** What is wrong with the list as a whole. */
export function checkList(recipe: Recipe, located: Located): Drift[] {
  const { min } = recipe.checks.records;
  const found = located.units.length;
  if (found === 0)
    return min === 0
      ? []
      : [
          {
            kind: "list_missing",
            severity: "broken",
            message: "None of the recipe's selectors finds the list on this page.",
          },
        ];
  const drift: Drift[] = [];
  if (located.place > 0)
    drift.push({
      kind: "list_moved",
      severity: "moved",
      message: `The list was not where the first selector looks; ${located.place < recipe.list.containers.length ? `selector ${located.place + 1} found it` : "it was found again by what its records look like"}.`,
    });
  if (found < min)
    drift.push({
      kind: "record_count",
      severity: "broken",
      message: `The page holds ${found} records, at least ${min} are expected.`,
    });
  return drift;
}

/** Which fields are missing, sparse or moved. `places[i]` is the place that served field i, -1 for none. */
export function checkFields(recipe: Recipe, records: readonly ExtractedRecord[], places: readonly number[]): Drift[] {
  if (records.length === 0) return [];
  return recipe.fields.flatMap((field, i): Drift[] => {
    const { name, required, fingerprint } = field;
    const filled = records.filter((record) => record.fields[name] !== undefined).length;
    if (filled === 0) {
      const expected = fingerprint.fill * records.length;
      return required || expected >= 3
        ? [{ kind: "field_missing", severity: "broken", field: name, message: `No record has "${name}".` }]
        : [];
    }
    const drift: Drift[] = [];
    if (required && recipe.checks.required.includes(name) && filled < records.length)
      drift.push({
        kind: "field_sparse",
        severity: "broken",
        field: name,
        message: `${records.length - filled} of ${records.length} records lack "${name}".`,
      });
    if (UNREADABLE.has(field.type) && records.filter((record) => isUnread(record, name)).length * 2 > filled)
      drift.push({
        kind: "field_type",
        severity: "broken",
        field: name,
        message: `Most values of "${name}" are no ${field.type}.`,
      });
    if ((places[i] ?? 0) > 0)
      drift.push({
        kind: "field_moved",
        severity: "moved",
        field: name,
        message: `"${name}" was found by fallback ${(places[i] ?? 0) + 1}.`,
      });
    return drift;
  });
}

/** Types whose values are rewritten to a normal form: where that fails, the text stands for the value. */
const UNREADABLE: ReadonlySet<string> = new Set(["date", "datetime", "money", "email", "phone"]);

function isUnread(record: ExtractedRecord, name: string): boolean {
  const value = record.fields[name];
  return value !== undefined && value.value === value.raw && value.confidence <= 0.5;
}
