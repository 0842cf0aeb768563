import { describe, expect, test } from "vitest";
import { applyRecipe } from "../apply-recipe.ts";
import { learnPage } from "../learn-page.ts";
import { pageOf } from "../testing.ts";
import { LackWatch } from "./lack-watch.ts";

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => from + at).map((n) => ({
    title: `Repair of the northern pier, part ${n}`,
    office: n % 2 === 0 ? "Harbour" : "Roads",
    value: `€ ${n},500`,
  }));
type Row = ReturnType<typeof rows>[number];
const tableOf = (all: readonly Row[]): string =>
  `<table><thead><tr><th>Title</th><th>Office</th><th>Value</th></tr></thead><tbody>${all
    .map(({ title, office, value }) => `<tr><td>${title}</td><td>${office}</td><td>${value}</td></tr>`)
    .join("")}</tbody></table>`;

const { recipe, extraction } = learnPage(pageOf(tableOf(rows(1, 12))));

function watched(...pages: readonly (readonly Row[])[]): LackWatch {
  if (!recipe || !extraction) throw new Error("nothing was learnt");
  const watch = new LackWatch(recipe, [extraction.records]);
  for (const page of pages) watch.note(applyRecipe(recipe, pageOf(tableOf(page))).records);
  return watch;
}
const unpriced = (row: Row): Row => ({ ...row, value: "" });
const lost = (watch: LackWatch) => watch.signs().map(({ field }) => field);

describe("a column that was full", () => {
  test("is well where it is as full as before", () => {
    expect(lost(watched(rows(4, 12)))).toEqual([]);
  });

  test("is lost where most known records lack it now", () => {
    expect(lost(watched(rows(4, 12).map(unpriced)))).toEqual(["value"]);
  });

  test("is lost where all records are others and nearly all lack it", () => {
    expect(lost(watched(rows(100, 12).map(unpriced)))).toEqual(["value"]);
  });

  test("is only emptier, and said to be so, where the known records still have it", () => {
    const watch = watched([...rows(1, 12), ...rows(100, 20).map(unpriced)]);

    expect(lost(watch)).toEqual([]);
    expect(watch.notes()).toEqual(['20 of 32 records lack "value"; before, 0 of 12 did.']);
  });

  test("is well where single records lack it", () => {
    const watch = watched(rows(4, 12).map((row, at) => (at === 3 ? unpriced(row) : row)));

    expect([lost(watch), watch.notes()]).toEqual([[], []]);
  });

  test("is counted over all pages of a run", () => {
    expect(lost(watched(rows(1, 2), rows(3, 2), rows(5, 8).map(unpriced)))).toEqual(["value"]);
    expect(lost(watched(rows(1, 2), rows(3, 10).map(unpriced)))).toEqual(["value"]);
  });

  test("is lost where the known records of one page lack it", () => {
    expect(lost(watched(rows(1, 8), rows(9, 4).map(unpriced)))).toEqual(["value"]);
  });

  test("is doubted where the few records that are left all lack it", () => {
    const watch = watched(rows(12, 1).map(unpriced));

    expect([lost(watch), watch.notes()]).toEqual([[], []]);
    expect(watch.doubts()).toEqual(['1 of 1 records lack "value"; before, 0 of 12 did.']);
  });

  test("is not doubted where one of the few has it, or nothing was read", () => {
    const [first, ...others] = rows(11, 2);

    expect(watched([...(first ? [first] : []), ...others.map(unpriced)]).doubts()).toEqual([]);
    expect(watched().doubts()).toEqual([]);
  });
});
