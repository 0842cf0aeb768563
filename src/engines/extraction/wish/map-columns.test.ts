import { expect, test } from "vitest";
import { mapColumns, SURE_MAPPING } from "./map-columns.ts";
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

test.each([
  ["closing date", "date"],
  ["closingDate", "date_2"],
  ["posted date", "event_date"],
])("for %s, a column that is only called %s is a guess and says so", (field, name) => {
  const { mappings, missing } = mapColumns(parseWish([field]), [{ name, type: "date" }]);

  expect(missing).toEqual([]);
  expect(mappings[0]).toMatchObject({ column: name, isGuess: true });
  expect(mappings[0]?.confidence).toBeLessThan(SURE_MAPPING);
  expect(mappings[0]?.note).toContain("check it");
});

test("a column that is known for another thing answers no wish by a shared word", () => {
  expect(mapColumns(parseWish(["closing date"]), [{ name: "date_filed", type: "date" }]).missing).toHaveLength(1);
  expect(mapColumns(parseWish(["posted date"]), [{ name: "closing_date", type: "date" }]).missing).toHaveLength(1);
});
