import { describe, expect, test } from "vitest";
import { applyRecipe, learnPage, parsePage } from "#engines/extraction";
import { unexplained } from "./run-history.ts";

const pageOf = (rows: readonly string[]) =>
  parsePage({
    bytes: new TextEncoder().encode(`<table><tr><th>Number</th><th>Title</th><th>Office</th><th>Closing date</th></tr>
${rows.join("")}</table>`),
    url: "https://portal.example/list",
  });
const row = (n: number, closes = `2027-0${n}-11`): string =>
  `<tr><td>LOT-${n}00</td><td><a href="/n/${n}">Repair of the pier, part ${n}</a></td><td>Office ${"AB"[n % 2]}</td><td>${closes}</td></tr>`;
const FULL = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => row(n));
const { recipe } = learnPage(pageOf(FULL));

function signs(rows: readonly string[], explained: { readonly isTold: boolean; readonly isKnown: boolean }) {
  if (!recipe) throw new Error("nothing was learnt");
  const extraction = applyRecipe(recipe, pageOf(rows));
  return unexplained(recipe, extraction, explained).map(({ kind, field }) => `${kind} ${field}`);
}
const KNOWN = { isTold: false, isKnown: true };
const NEW = { isTold: false, isKnown: false };

describe("a column that a page lacks", () => {
  test("is a sign where nothing is known of earlier runs", () => {
    expect(signs([row(1, ""), row(2, ""), row(3, "")], NEW)).toEqual(["field_missing closing_date"]);
    expect(signs([row(1, ""), ...FULL.slice(1)], NEW)).toEqual(["field_sparse closing_date"]);
  });

  test("is left to what the records had before where it is not empty, or few records are left", () => {
    expect(signs([row(1, ""), ...FULL.slice(1)], KNOWN)).toEqual([]);
    expect(signs([row(1, "")], KNOWN)).toEqual([]);
    expect(signs([row(1, ""), row(2, ""), row(3, "")], KNOWN)).toEqual(["field_missing closing_date"]);
  });

  test("is left to all pages together where there are more", () => {
    expect(signs([row(1, ""), row(2, ""), row(3, "")], { isTold: true, isKnown: true })).toEqual([]);
  });

  test("is a sign on any page whose records lack most columns: they are no records", () => {
    const layout = [`<tr><td></td><td>About us</td></tr>`];

    expect(signs(layout, KNOWN).length).toBeGreaterThan(2);
    expect(signs(layout, { isTold: true, isKnown: true }).length).toBeGreaterThan(2);
  });
});
