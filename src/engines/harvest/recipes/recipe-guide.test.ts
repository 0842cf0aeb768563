import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { recipeJsonSchema } from "#engines/extraction";

const SchemaNode = z.looseObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
});

/** Every key of the schema as `fields.take.from`; lists and alternatives add nothing to the name. */
function keysOf(schema: unknown, prefix = ""): string[] {
  const parsed = SchemaNode.safeParse(schema);
  if (!parsed.success) return [];
  const { properties = {}, items, anyOf = [], oneOf = [] } = parsed.data;
  const own = Object.entries(properties).flatMap(([name, inner]) => [
    prefix + name,
    ...keysOf(inner, `${prefix}${name}.`),
  ]);
  return [...own, ...[items, ...anyOf, ...oneOf].flatMap((inner) => keysOf(inner, prefix))];
}

test("the guide explains every key of a recipe", () => {
  const guide = readFileSync("docs/guides/recipes.md", "utf8");
  // What a page looked like earlier, and what its endpoint gives, is told by the same keys as what the page looks like now.
  const toldElsewhere = (key: string): string =>
    key.replace(/^(?:earlier|endpoint)\.(?=list|fields)/, "").replace(/^endpoint\.paging\./, "pagination.data.");
  const keys = [...new Set(keysOf(recipeJsonSchema()).map(toldElsewhere))];

  expect(keys.length).toBeGreaterThan(50);
  expect(keys.filter((key) => !guide.includes(`\`${key}\``))).toEqual([]);
});

test("the guide explains no key that a recipe does not have", () => {
  const guide = readFileSync("docs/guides/recipes.md", "utf8");
  const keys = new Set(keysOf(recipeJsonSchema()));
  const explained = [...guide.matchAll(/^\| `([\w.]+)`/gm)]
    .map(([, key]) => key ?? "")
    .filter((key) => !/^(key|complete)$/.test(key));

  expect(explained.filter((key) => !keys.has(key))).toEqual([]);
});
