import { describe, expect, test } from "vitest";
import { applyRecipe } from "../apply-recipe.ts";
import { learnPage } from "../learn-page.ts";
import { pageOf } from "../testing.ts";
import { checkKnown } from "./check-known.ts";

interface Row {
  readonly title: string;
  readonly opens: string;
  readonly closes: string;
  readonly left: string;
}

const WORKS = ["Repair of piers", "Meals for schools", "Survey of bridges", "Lamps for streets", "Salt for roads"];
const rows = (from: number, left: number): Row[] =>
  Array.from({ length: 8 }, (_, at) => from + at).map((n) => ({
    title: `${WORKS[n % WORKS.length]}, part ${n}`,
    opens: `2027-01-1${n % 10}`,
    closes: `2027-0${(n % 8) + 2}-2${n % 10}`,
    left: `${left + n} days left`,
  }));
const tableOf = (all: readonly Row[], isSwapped = false): string =>
  `<table>${all
    .map(({ title, opens, closes, left }) => {
      const dates = isSwapped ? [closes, opens] : [opens, closes];
      return `<tr><td><a href="/n/${encodeURIComponent(title)}">${title}</a></td>${dates.map((date) => `<td>${date}</td>`).join("")}<td>${left}</td></tr>`;
    })
    .join("")}</table>`;

const THEN = rows(1, 30);
const { recipe, extraction } = learnPage(pageOf(tableOf(THEN)));

/** What is said of a page that the recipe of the table reads. */
function said(html: string): (string | undefined)[] {
  const page = pageOf(html);
  if (!recipe || !extraction) throw new Error("nothing was learnt");
  const signs = checkKnown(recipe, page, applyRecipe(recipe, page).records, [extraction.records]);
  return signs.map(({ kind }) => kind);
}

describe("records that are known from before", () => {
  test("find nothing wrong with a page whose values are others by now", () => {
    expect(said(tableOf(rows(3, 29)))).toEqual([]);
    expect(said(tableOf(THEN.map((row) => ({ ...row, closes: "2028-05-05" }))))).toEqual([]);
  });

  test("find nothing wrong where all of them are gone", () => {
    expect(said(tableOf(rows(100, 30)))).toEqual([]);
  });

  test("tell that two columns changed places", () => {
    expect(said(tableOf(rows(3, 29), true))).toEqual(["values_moved", "values_moved"]);
  });

  test("tell that the same records stand first with other values", () => {
    const older = THEN.map((row) => ({ ...row, opens: "2019-01-01", closes: "2019-02-02" }));

    expect(said(`${tableOf(older)}<h2>Open</h2>${tableOf(THEN).replace(/<(\/?)(table|tr|td)/g, "<$1div")}`)).toContain(
      "values_moved",
    );
  });

  test("tell that another list stands where theirs stood", () => {
    const closed = rows(100, 0).map((row) => ({ ...row, opens: "2019-01-01", closes: "2019-02-02" }));

    expect(
      said(`${tableOf(closed)}<h2>Open</h2>${tableOf(rows(2, 29)).replace(/<(\/?)(table|tr|td)/g, "<$1div")}`),
    ).toEqual(["other_list"]);
  });
});
