import { describe, expect, test } from "vitest";
import { outlineOf } from "../outline/page-outline.ts";
import { signalsOf } from "../outline/page-signals.ts";
import { pageOf } from "../testing.ts";
import { findLists } from "./find-lists.ts";
import { headingKind } from "./group-headings.ts";
import { likeness, shapeFromPaths, shapeOf, shapeToPaths } from "./shape.ts";

const items = (count: number, write: (n: number) => string): string =>
  Array.from({ length: count }, (_, i) => write(i + 1)).join("");

function best(html: string) {
  const page = pageOf(html);
  const [first] = findLists(page);
  const outline = outlineOf(page);
  return {
    texts: first?.candidate.units.map(({ span }) => outline.text.slice(...span)) ?? [],
    heading: first ? headingKind(page, first.candidate.units) : null,
  };
}

describe("the list that a page is about", () => {
  test("wins against a longer menu", () => {
    const html = `<ul class="menu">${items(40, (n) => `<li><a href="/m${n}">Topic ${n}</a></li>`)}</ul>
      <div>${items(5, (n) => `<p><a href="/t${n}">Minutes of the board</a> ${n} May 2024</p>`)}</div>`;

    expect(best(html).texts).toHaveLength(5);
  });

  test("is joined from containers that stand alike, also where one holds a single record", () => {
    const day = (n: number, count: number): string =>
      `<section><h3>${n} May 2024</h3><ul>${items(count, (k) => `<li><a href="/${n}/${k}">Case number ${n}${k} of the court</a></li>`)}</ul></section>`;
    const { texts, heading } = best(day(2, 3) + day(3, 1) + day(6, 4));

    expect(texts).toHaveLength(8);
    expect(heading).toBe("date");
  });

  test.each([
    ["Italian", "luglio", "settembre"],
    ["French", "juillet", "août"],
    ["Polish", "lipca", "września"],
    ["Greek", "Ιουλίου", "Αυγούστου"],
  ])("is its records, not their parts, whatever months are called in %s", (_, one, other) => {
    const html = items(
      6,
      (
        n,
      ) => `<div class="row"><div><span><a href="/t${n}">Opus ${n}</a></span></div><div><b>Num.</b> <span>A-${n}</span></div>
        <div><b>Dat.</b> <span>${n} ${n % 2 ? one : other} 2026</span></div></div>`,
    );

    expect(best(`<main>${html}</main>`).texts).toHaveLength(6);
  });

  test("is the bodies of a table where each record has one of several rows", () => {
    const html = `<table>${items(
      5,
      (n) => `<tbody><tr><td rowspan="2">N-${n}</td><td><a href="/t${n}">Works, part ${n}</a></td></tr>
        <tr><td>Closes ${n} May 2026</td></tr></tbody>`,
    )}</table>`;

    expect(best(html).texts).toHaveLength(5);
  });

  test("is the cells where every cell of a grid has a date of its own", () => {
    const html = `<table>${items(3, (n) => `<tr>${items(4, (k) => `<td>${n * 4 + k} May 2024</td>`)}</tr>`)}</table>`;

    expect(best(html).texts).toHaveLength(12);
  });

  test("is not the layout of an old page", () => {
    const html = `<table><tr><td>Welcome to the court</td></tr><tr><td><table>${items(4, (n) => `<tr><td><a href="/c${n}">Smith v. Jones ${n}</a></td><td>${n} May 2024</td></tr>`)}</table></td></tr><tr><td>Imprint and contact</td></tr></table>`;

    expect(best(html).texts).toHaveLength(4);
  });

  test("leaves rows out that span the table", () => {
    const html = `<table>${items(4, (n) => `<tr><td><a href="/c${n}">Smith v. Jones ${n}</a></td><td>A-${n}</td><td>${n} May 2024</td></tr>`)}<tr><td colspan="3">See also the archive of 2023</td></tr></table>`;

    expect(best(html).texts).toHaveLength(4);
  });
});

test("a shape weighs the same after it was written down", () => {
  const page = pageOf("<table><tr><td>1 May 2024</td><td><a href='/'>x</a></td></tr></table>");
  const row = outlineOf(page).elements.filter(({ name }) => name === "tr");
  const shape = shapeOf(row, page);

  expect(shapeFromPaths(shapeToPaths(shape))).toEqual(shape);
  expect(likeness(shape, shapeFromPaths(shapeToPaths(shape)))).toBe(1);
});

describe("dates in the text of a page", () => {
  const dates = (text: string): string[] => {
    const page = pageOf(`<p>${text}</p>`);
    return signalsOf(page).dates.map((at) => outlineOf(page).text.slice(at));
  };

  test("are found behind names that begin like a month", () => {
    expect(dates("State v. Novak 10/11/2019")).toEqual(["10/11/2019"]);
    expect(dates("4 Mayor Decker 5 June 2019")).toEqual(["5 June 2019"]);
  });

  test("are found by names of months, in full and in short", () => {
    expect(dates("Sept. 3, 2019")).toEqual(["Sept. 3, 2019"]);
    expect(dates("filed 3-Mar-2019")).toEqual(["3-Mar-2019"]);
    expect(dates("Novak 10")).toEqual([]);
  });
});
