import fc from "fast-check";
import { expect, test } from "vitest";
import { mapColumns } from "./map-columns.ts";
import { parseWish } from "./parse-wish.ts";

const names = (wish: Parameters<typeof parseWish>[0]): string[] => parseWish(wish).fields.map(({ name }) => name);

const SCHEMA = {
  type: "object",
  properties: {
    tenders: {
      type: "array",
      items: {
        type: "object",
        required: ["title"],
        properties: {
          title: { type: "string", description: "What is bought" },
          closes: { type: ["string", "null"], format: "date-time" },
          budget: { type: "number" },
        },
      },
    },
  },
};

test("a JSON Schema gives the properties of its items with their types", () => {
  const fields = [
    { name: "title", description: "What is bought", required: true },
    { name: "closes", type: "datetime" },
    { name: "budget", type: "number" },
  ];

  expect(parseWish(SCHEMA).fields).toEqual(fields);
  expect(parseWish(JSON.stringify(SCHEMA)).fields).toEqual(fields);
});

test("names come as a list or with commas, each once", () => {
  expect(names(["title", " closing_date ", "Title"])).toEqual(["title", "closing_date"]);
  expect(names("title,closing_date,title")).toEqual(["title", "closing_date"]);
});

test.each([
  ["Bitte Titel, Angebotsfrist und Vergabestelle", ["Titel", "Angebotsfrist", "Vergabestelle"]],
  ["le titre, la date limite et les montants", ["titre", "date limite", "montants"]],
  ["título, fecha límite y presupuesto", ["título", "fecha límite", "presupuesto"]],
])("%s names fields", (wish, fields) => {
  expect(names(wish)).toEqual(fields);
});

test("nothing wished is no field, and broken JSON is words", () => {
  expect(names("  ")).toEqual([]);
  expect(() => parseWish('{"properties": ')).not.toThrow();
});

test("never throws, and stays bounded", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      expect(parseWish(text).fields.length).toBeLessThanOrEqual(100);
    }),
  );
});

test.each([
  ["deadline", "Date limite"],
  ["buyer", "Órgano de contratación"],
  ["reference", "Aktenzeichen"],
  ["price", "Importo"],
])("%s is answered by %s", (wish, column) => {
  const others = ["Ort", "Beschreibung"].map((name) => ({ name, type: "text" }) as const);
  const { mappings } = mapColumns(parseWish(wish), [...others, { name: column, type: "text" }]);

  expect(mappings[0]?.column).toBe(column);
});

test("a mapping between two columns that fit alike says so", () => {
  const { mappings } = mapColumns(parseWish("contact"), [
    { name: "Ansprechpartner", type: "text" },
    { name: "Interlocuteur", type: "text" },
  ]);

  expect(mappings[0]?.confidence).toBeLessThan(0.5);
  expect(mappings[0]?.note).toContain("fit equally well");
});
