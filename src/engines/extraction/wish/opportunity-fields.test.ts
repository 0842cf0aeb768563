import { expect, test } from "vitest";
import { opportunityFields } from "./opportunity-fields.ts";
import type { MappableColumn } from "./wish.ts";

function column(name: string, type: MappableColumn["type"], samples: string[]): MappableColumn {
  return { name, type, samples };
}

const LIST: readonly MappableColumn[] = [
  column("title", "text", ["Street lights", "School meals"]),
  column("published", "date", ["2026-04-03", "2026-03-31"]),
  column("closing_date", "date", ["2026-05-15", "2026-05-05"]),
];

function columnsOf(columns: readonly MappableColumn[]): Record<string, string | null> {
  return Object.fromEntries(opportunityFields(columns).map(({ field, column: name }) => [field, name]));
}

test("columns become the fields of an opportunity", () => {
  expect(columnsOf(LIST)).toEqual({ title: "title", postedDate: "published", closingDate: "closing_date" });
});

test("a date that is left over is not served as the date of a change", () => {
  const withAttribute = [...LIST, column("published_date", "date", ["2026-04-03", "2026-03-31"])];

  expect(columnsOf(withAttribute)).not.toHaveProperty("lastModified");
});

test("a column that names the date of a change is one", () => {
  const withChange = [...LIST, column("last_modified", "date", ["2026-04-04", "2026-04-01"])];

  expect(columnsOf(withChange)).toHaveProperty("lastModified", "last_modified");
});
