import { expect, test } from "vitest";
import { canonicalJson, newId } from "#kernel";
import { upgradeRecipe, type Recipe } from "#engines/extraction";
import { useTestDatabase } from "#platform/storage/testing";
import { RecipeNotFound } from "../errors.ts";
import { RecipeStore } from "./recipe-store.ts";

let seconds = 0;
const clock = (): Date => new Date(Date.UTC(2026, 0, 1, 12, 0, (seconds += 1)));
const store = new RecipeStore({ db: await useTestDatabase(), clock, newId });

function recipe(name = "Tenders"): Recipe {
  return upgradeRecipe({
    format: 1,
    name,
    source: { url: "http://a.example/tenders" },
    learned: { at: clock().toISOString(), by: "analyser", confidence: 0.9 },
    entry: { url: "http://a.example/tenders" },
    transport: "http",
    list: {
      containers: ["table"],
      several: false,
      record: { unit: "element", shape: ["td"], tags: ["tr"], least: 0.5 },
    },
    fields: [],
    pagination: { kind: "none", next: null, addresses: null },
    checks: { records: { min: 1, learned: 3 }, required: [] },
  });
}

test("the same recipe learnt again keeps its id and version", async () => {
  const first = await store.keep({ recipe: recipe(), origin: "learned" });
  const again = await store.keep({ recipe: recipe(), origin: "learned" });

  expect(again).toMatchObject({ id: first.id, version: 1 });
});

test("a save adds a version, and old versions stay", async () => {
  const { id } = await store.create({ recipe: recipe(), origin: "learned" });
  await store.save(id, { recipe: recipe("Open tenders"), origin: "edited", note: "renamed" });

  expect((await store.get(id)).recipe.name).toBe("Open tenders");
  expect((await store.get(id, 1)).recipe.name).toBe("Tenders");
  expect((await store.versions(id)).map(({ version, origin }) => [version, origin])).toEqual([
    [1, "learned"],
    [2, "edited"],
  ]);
});

test("saving what is there already changes nothing", async () => {
  const stored = await store.create({ recipe: recipe(), origin: "learned" });

  expect(await store.save(stored.id, { recipe: stored.recipe, origin: "edited" })).toMatchObject({ version: 1 });
});

test("recipes are listed by their last change, page by page", async () => {
  const ids: string[] = [];
  for (const name of ["a", "b", "c"]) ids.push((await store.create({ recipe: recipe(name), origin: "imported" })).id);

  const first = await store.list({ limit: 2 });
  const rest = await store.list({ limit: 2, after: first.at(-1)?.id ?? "" });

  expect([...first, ...rest].map(({ id }) => id)).toEqual(ids.toReversed());
});

test("an unknown recipe is refused by name", async () => {
  await expect(store.get(newId())).rejects.toThrow(RecipeNotFound);
  await expect(store.delete(newId())).rejects.toThrow(RecipeNotFound);
});

test("a recipe from outside is checked key by key", () => {
  expect(() => store.check({ ...recipe(), transport: "telnet" })).toThrow(/transport/);
});

test("equal values have equal canonical text", () => {
  expect(canonicalJson({ b: [1, { d: null, c: "x" }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
});
