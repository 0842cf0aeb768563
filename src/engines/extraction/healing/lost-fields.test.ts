import { describe, expect, test } from "vitest";
import { applyRecipe } from "../apply-recipe.ts";
import { learnPage } from "../learn-page.ts";
import { pageOf } from "../testing.ts";
import { essentialFields, lossOf, type Loss } from "./lost-fields.ts";
import { pairSurely } from "./pair-records.ts";

interface Row {
  readonly number: string;
  readonly title: string;
  readonly office: string;
  readonly closes: string;
}
const OFFICES = ["Harbour Board", "Roads Office", "Halls and Parks"];
const ROWS: readonly Row[] = Array.from({ length: 9 }, (_, n) => ({
  number: `LOT-2026-${100 + n * 3}`,
  title: `Repair of the northern pier, part ${n + 1}`,
  office: OFFICES[n % OFFICES.length] ?? "",
  closes: `2027-0${n + 1}-1${n}`,
}));
const NAMES = { number: "Number", title: "Title", office: "Office", closes: "Closing date" } as const;
const KEYS = ["number", "title", "office", "closes"] as const;

const tableOf = (keys: readonly (keyof Row)[]): string =>
  `<table><thead><tr>${keys.map((key) => `<th>${NAMES[key]}</th>`).join("")}</tr></thead><tbody>${ROWS.map(
    (row) =>
      `<tr>${keys.map((key) => `<td>${key === "title" ? `<a href="/n/${row.number}">${row.title}</a>` : row[key]}</td>`).join("")}</tr>`,
  ).join("")}</tbody></table>`;

const then = pageOf(tableOf(KEYS));
const { recipe } = learnPage(then);
if (!recipe) throw new Error("nothing was learnt");
const known = applyRecipe(recipe, then).records;

/** What became of a column on a page without it. */
function lossOn(name: string, html: string, contradicted: readonly string[] = []): Loss {
  const page = pageOf(html);
  const field = recipe?.fields.find((one) => one.name === name);
  if (!recipe || !field) throw new Error(`no ${name}`);
  const { records } = applyRecipe(recipe, page);
  const kept = recipe.fields.map((one) => one.name).filter((one) => one !== name);
  return lossOf(field, { page, known, pairs: pairSurely(known, records), kept, contradicted });
}
const without = (key: keyof Row): string => tableOf(KEYS.filter((one) => one !== key));

describe("a column that no place of the page gives", () => {
  test("is gone where none of its values is shown", () => {
    expect(lossOn("closing_date", without("closes"))).toBe("gone");
    expect(lossOn("office", without("office"))).toBe("gone");
  });

  test("is shown where its values stand beside the list", () => {
    expect(lossOn("number", `${without("number")}<p>${ROWS.map(({ number }) => number).join(" ")}</p>`)).toBe("shown");
  });

  test("is shown where everything that it ever held stands on the page: groups are headed by it", () => {
    expect(lossOn("office", `${OFFICES.map((office) => `<h3>${office}</h3>`).join("")}${without("office")}`)).toBe(
      "shown",
    );
  });

  test("is gone where one of its words stands on the page by chance", () => {
    expect(lossOn("office", `<nav><a href="/h">Harbour Board</a></nav>${without("office")}`)).toBe("gone");
  });

  test("is another where the records have other values of its kind", () => {
    expect(lossOn("closing_date", without("closes"), ["closing_date"])).toBe("other");
  });

  test("is not seen where too few known records stand on the page", () => {
    expect(lossOn("office", "<p>We are moving.</p>")).toBe("unseen");
  });
});

test("a title, a reference, a link and a deadline are essential, an office is not", () => {
  const essential = essentialFields(recipe.fields, known);

  expect([...essential].sort()).toEqual(["closing_date", "number", "title", "title_url"]);
});
