import { describe, expect, test } from "vitest";
import { applyRecipe } from "./apply-recipe.ts";
import { InvalidRecipe } from "./errors.ts";
import { learnPage } from "./learn-page.ts";
import { recipeJsonSchema, upgradeRecipe, type Recipe } from "./recipe.ts";
import { pageOf } from "./testing.ts";

const ROWS = Array.from(
  { length: 5 },
  (_, i) => `<tr><td><a href="/t/${i}">Tender number ${i}</a></td><td>1${i} May 2024</td></tr>`,
);
const { recipe } = learnPage(pageOf(`<table>${ROWS.join("")}</table>`));

function changed(change: (recipe: Recipe) => void): unknown {
  const copy = structuredClone(recipe);
  if (copy) change(copy);
  return copy;
}

describe("reading a recipe", () => {
  test("gives back what was learnt", () => {
    expect(upgradeRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  });

  test.each([
    ["nothing", null],
    ["a text", "recipe"],
    ["a format of the future", changed((one) => Object.assign(one, { format: 99 }))],
    ["a key that nobody knows", changed((one) => Object.assign(one, { script: "alert(1)" }))],
    ["a field without a place", changed((one) => one.fields[0]?.places.splice(0))],
    [
      "a thousand fields",
      changed((one) => one.fields.push(...Array.from({ length: 1000 }, () => structuredClone(one.fields[0]!)))),
    ],
  ])("refuses %s and names the key", (_, json) => {
    expect(() => upgradeRecipe(json)).toThrow(InvalidRecipe);
  });

  test("says which key is wrong", () => {
    expect(() => upgradeRecipe(changed((one) => Object.assign(one, { transport: "carrier pigeon" })))).toThrow(
      /transport/,
    );
  });
});

describe("a hostile recipe", () => {
  test.each([
    ["a selector that is none", "div:has(> a):is(:not(*))"],
    [
      "a selector of a hundred descents",
      Array.from({ length: 70 }, () => "*")
        .join(" ")
        .slice(0, 490),
    ],
    ["an unclosed bracket", 'a[href="'],
  ])("with %s finds nothing, in bounded time", (_, selector) => {
    const hostile = upgradeRecipe(changed((one) => one.list.containers.splice(0, 8, selector)));
    const deep = `${"<div>".repeat(150)}<p>text</p>${"</div>".repeat(150)}`;
    const start = process.threadCpuUsage();

    expect(applyRecipe(hostile, pageOf(deep)).records).toEqual([]);
    expect(process.threadCpuUsage(start).user).toBeLessThan(2_000_000);
  });

  test("with a pattern of many parts is matched in bounded time", () => {
    const pattern = `${"{} {code}, ".repeat(18)}{}`;
    const hostile = upgradeRecipe(
      changed((one) => {
        for (const field of one.fields) if (field.take.from === "text") field.take = { from: "text", pattern, part: 0 };
      }),
    );
    const rows = ROWS.map((row) => row.replace("Tender", `a1-b2, ${"x a1-b2, ".repeat(3000)}Tender`));
    const start = process.threadCpuUsage();

    applyRecipe(hostile, pageOf(`<table>${rows.join("")}</table>`));

    expect(process.threadCpuUsage(start).user).toBeLessThan(3_000_000);
  });
});

test("the published schema describes every key", () => {
  const schema = JSON.stringify(recipeJsonSchema());

  for (const key of ["format", "entry", "transport", "list", "fields", "pagination", "detail", "checks"])
    expect(schema).toContain(`"${key}"`);
});
