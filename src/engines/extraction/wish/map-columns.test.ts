import { expect, test } from "vitest";
import { mapColumns } from "./map-columns.ts";
import { parseWish } from "./parse-wish.ts";

test("plain words name their fields", () => {
  const { fields } = parseWish("Please give me the title, the closing date and all documents of each open tender");

  expect(fields.map(({ name }) => name)).toEqual(["title", "closing date", "documents"]);
});

test("a column answers a field by a synonym in another language", () => {
  const { mappings } = mapColumns(parseWish("closing_date"), [{ name: "Angebotsfrist", type: "datetime" }]);

  expect(mappings[0]).toMatchObject({ column: "Angebotsfrist", confidence: 0.9 });
});

test("a field without a column is missing and says so", () => {
  const { missing, mappings } = mapColumns(parseWish("agency"), [{ name: "Buyer Email", type: "email" }]);

  expect(missing).toEqual(["agency"]);
  expect(mappings[0]?.note).toContain("agency");
});
