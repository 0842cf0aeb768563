import type { Located } from "../lists/locate-records.ts";
import type { Page } from "../page/page.ts";
import type { Recipe } from "../recipe.ts";
import type { Drift, ExtractedRecord } from "./extracted-record.ts";

/** What is wrong with the list as a whole. */
export function checkList(recipe: Recipe, located: Located, _page: Page): Drift[] {
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
      message: `The list was found by fallback ${located.place + 1}; the first selector finds nothing.`,
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
