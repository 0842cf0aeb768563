import { expect, test } from "vitest";
import { outlineOf } from "../outline/page-outline.ts";
import { pageOf } from "../testing.ts";
import { stableClasses, stableId } from "./stable-names.ts";

const first = (markup: string) => outlineOf(pageOf(markup)).elements.find(({ name }) => name === "p");

test("classes of state, position and build tools are left out", () => {
  const classes = "views-field views-field-title odd is-active row-3 col12345 css-1a2b3c4 first";

  expect(stableClasses(first(`<p class="${classes}"></p>`))).toEqual(["views-field", "views-field-title"]);
});

test("an id that counts or was generated is none", () => {
  expect(stableId(first('<p id="search-results"></p>'))).toBe("search-results");
  expect(stableId(first('<p id="post-49993"></p>'))).toBeNull();
  expect(stableId(first('<p id="a3f9c2d17e"></p>'))).toBeNull();
});
