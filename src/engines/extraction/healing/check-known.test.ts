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
  const signs = checkKnown(recipe, page, applyRecipe(recipe, page), [extraction.records]);
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

  test("find nothing wrong where a value only became longer", () => {
    expect(said(tableOf(THEN.map((row) => ({ ...row, title: `${row.title} (amended)` }))))).toEqual([]);
  });

  test("tell that day and month are written the other way round", () => {
    const turned = (iso: string) => iso.replace(/-(\d\d)-(\d\d)$/, "-$2-$1");

    expect(said(tableOf(THEN.map((row) => ({ ...row, opens: turned(row.opens) }))))).toContain("values_changed");
  });

  test("tell that the dates of most records went back", () => {
    const older = THEN.map((row) => ({ ...row, closes: row.closes.replace("2027", "2026") }));

    expect(said(tableOf(older))).toContain("values_changed");
  });

  test("tell that two dates changed places where no record is known any more", () => {
    expect(said(tableOf(rows(100, 30), true))).toContain("values_moved");
  });

  test("tell an archive, whose records are all older than any that was known", () => {
    const old = rows(100, 30).map((row) => ({ ...row, opens: "2020-01-01", closes: "2020-02-02" }));

    expect(said(tableOf(old))).toEqual(["other_list"]);
  });

  test("tell that what told records apart is the same in all", () => {
    expect(said(tableOf(rows(100, 30).map((row) => ({ ...row, title: "Open the papers of this tender" }))))).toContain(
      "values_changed",
    );
  });

  test("tell that the list was cut into two", () => {
    expect(said(`${tableOf(rows(1, 30).slice(0, 4))}${tableOf(rows(1, 30).slice(4))}`)).toEqual(["other_list"]);
  });

  test("find nothing wrong where some are named beside the list", () => {
    const named = `<aside><ul>${THEN.slice(0, 4)
      .map(({ title }) => `<li>${title}</li>`)
      .join("")}</ul></aside>`;

    expect(said(`${tableOf(rows(3, 29))}${named}`)).toEqual([]);
  });
});

describe("a column whose name has changed", () => {
  const priced = (name: string, price: (n: number) => number): string =>
    `<table><thead><tr><th>Title</th><th>Office</th><th>${name}</th></tr></thead><tbody>${Array.from(
      { length: 8 },
      (_, n) =>
        `<tr><td>${WORKS[n % WORKS.length] ?? ""}, part ${n}</td><td>Office ${n % 3}</td><td>€ ${price(n)}</td></tr>`,
    ).join("")}</tbody></table>`;
  const value = (n: number): number => 12_500 + n * 375;
  const page = pageOf(priced("Estimated value", value));
  const learnt = learnPage(page);
  const saidOf = (html: string): (string | undefined)[] => {
    if (!learnt.recipe || !learnt.extraction) throw new Error("nothing was learnt");
    const now = pageOf(html);
    const known = [learnt.extraction.records];
    return checkKnown(learnt.recipe, now, applyRecipe(learnt.recipe, now), known).map(({ kind }) => kind);
  };

  test("is the old one where known records have the same values in it", () => {
    expect(saidOf(priced("Budget", value))).toEqual([]);
  });

  test("is another where it says otherwise of known records", () => {
    expect(saidOf(priced("Bid bond", (n) => 700 + n * 41))).toEqual(["values_changed"]);
  });

  test("may well have other values under its old name", () => {
    expect(saidOf(priced("Estimated value", (n) => value(n) + 1_100))).toEqual([]);
  });
});
