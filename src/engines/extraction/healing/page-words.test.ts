import { expect, test } from "vitest";
import { pageOf } from "../testing.ts";
import { holdsWhole, PageWords } from "./page-words.ts";

test("words stand in a text only where no letter or digit goes on", () => {
  expect(holdsWhole("Repair, part 12", "part 1")).toBe(false);
  expect(holdsWhole("Repair, part 1 (amended)", "part 1")).toBe(true);
  expect(holdsWhole("part 12, part 1", "part 1")).toBe(true);
  expect(holdsWhole("Überprüfung", "prüfung")).toBe(false);
});

test("a page has words of four letters and more, however its markup parts them", () => {
  const words = new PageWords(pageOf("<p>Repair of\n <b>the pier</b></p><p>LOT-7</p><p>7</p>"));

  expect(words.has({ raw: "Repair of the pier" })).toBe(true);
  expect(words.has({ raw: "LOT-7" })).toBe(true);
  expect(words.has({ raw: "7" })).toBe(false);
});

test("words are counted once, twice and no further", () => {
  const words = new PageWords(pageOf("<p>LOT-7</p><p>LOT-8 LOT-8</p><p>LOT-9 LOT-9 LOT-9 LOT-99</p>"));

  expect(["LOT-6", "LOT-7", "LOT-8", "LOT-9", "LOT-99"].map((raw) => words.countOf(raw))).toEqual([0, 1, 2, 2, 1]);
});
