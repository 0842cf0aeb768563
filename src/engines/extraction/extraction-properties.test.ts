import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyRecipe } from "./apply-recipe.ts";
import { learnPage } from "./learn-page.ts";
import { outlineOf } from "./outline/page-outline.ts";
import { nodePath, nodeAt } from "./page/node-path.ts";
import { textOf } from "./page/text-of.ts";
import { upgradeRecipe } from "./recipe.ts";
import { pageOf } from "./testing.ts";
import { verifyEvidence } from "./verify-evidence.ts";

const TAGS = [
  "div",
  "p",
  "ul",
  "li",
  "table",
  "tr",
  "td",
  "th",
  "a",
  "span",
  "b",
  "h2",
  "br",
  "dl",
  "dt",
  "dd",
  "hr",
  "nav",
  "script",
  "form",
];
const WORDS = [
  "tender",
  "Smith v. Jones",
  "12 May 2024",
  "03/04/2025",
  "A-101",
  "Closing:",
  "No. 7",
  "é ü ß",
  "  ",
  "(",
  "x: y",
  "€ 1.200,00",
  " ",
];

/** Markup as sites write it: nested, unclosed, misplaced. */
const markup = fc.letrec<{ node: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(...WORDS),
    fc.constantFrom("<br>", "<td>", "</table>", "<li>", "<!-- -->", "<a href='/x?a=1'>"),
  ),
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    tie("leaf"),
    fc
      .tuple(
        fc.constantFrom(...TAGS),
        fc.constantFrom("", " class='a b'", " class='item-3 odd'", " id='q'", " href='/d/1'"),
        fc.array(tie("node"), { maxLength: 5 }),
      )
      .map(([tag, attribute, children]) => `<${tag}${attribute}>${children.join(" ")}</${tag}>`),
  ),
})).node;

/** A list of alike records inside arbitrary markup. */
const listing = fc
  .tuple(markup, fc.array(fc.tuple(fc.constantFrom(...WORDS), markup), { minLength: 2, maxLength: 6 }), markup)
  .map(
    ([before, items, after]) =>
      `${before}<ul>${items.map(([word, inner]) => `<li><a href="/t/${word.length}">${word}</a> ${inner}</li>`).join("")}</ul>${after}`,
  );

describe("on any page", () => {
  test("learning never throws, and gives the same twice", () => {
    fc.assert(
      fc.property(fc.oneof(markup, listing, fc.string()), (html) => {
        const once = learnPage(pageOf(html));
        const twice = learnPage(pageOf(html));
        expect(twice.extraction).toEqual(once.extraction);
        expect(twice.recipe).toEqual(once.recipe);
      }),
      { numRuns: 150 },
    );
  });

  test("every value is found again at its place", () => {
    fc.assert(
      fc.property(listing, (html) => {
        const { extraction } = learnPage(pageOf(html));
        const page = pageOf(html);
        for (const record of extraction?.records ?? [])
          for (const value of Object.values(record.fields))
            expect(verifyEvidence({ page, value })).toEqual({ ok: true });
      }),
      { numRuns: 150 },
    );
  });

  test("an altered quote is not", () => {
    fc.assert(
      fc.property(listing, (html) => {
        const page = pageOf(html);
        for (const record of learnPage(page).extraction?.records ?? [])
          for (const value of Object.values(record.fields)) {
            expect(verifyEvidence({ page, value: { ...value, raw: `${value.raw}x` } }).ok).toBe(false);
            expect(verifyEvidence({ page, value: { ...value, path: "/html[1]/nowhere[9]" } }).ok).toBe(false);
          }
      }),
      { numRuns: 50 },
    );
  });

  test("a recipe survives being written down", () => {
    fc.assert(
      fc.property(listing, (html) => {
        const { recipe, extraction } = learnPage(pageOf(html));
        if (!recipe) return;
        const read = upgradeRecipe(JSON.parse(JSON.stringify(recipe)));
        expect(applyRecipe(read, pageOf(html)).records).toEqual(extraction?.records);
      }),
      { numRuns: 100 },
    );
  });

  test("the outline says the same text as reading each node", () => {
    fc.assert(
      fc.property(markup, (html) => {
        const page = pageOf(html);
        for (const node of outlineOf(page).elements) {
          expect(outlineOf(page).textOf(node)).toBe(textOf(node));
          expect(nodeAt(page.root, nodePath(node))).toBe(node);
        }
      }),
      { numRuns: 150 },
    );
  });
});
