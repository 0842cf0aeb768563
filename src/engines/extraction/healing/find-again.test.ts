import { describe, expect, test } from "vitest";
import { applyRecipe } from "../apply-recipe.ts";
import { learnPage } from "../learn-page.ts";
import { pageOf } from "../testing.ts";
import { healRecipe } from "./heal-recipe.ts";

const ROWS = Array.from({ length: 9 }, (_, n) => ({
  number: `LOT-${100 + n * 3}`,
  title: `Repair of the northern pier, part ${n + 1}`,
  office: ["Harbour Board", "Roads Office", "Halls and Parks"][n % 3] ?? "",
  closes: `1${n} March 2027`,
}));
type Row = (typeof ROWS)[number];

const then = pageOf(
  `<table><thead><tr><th>Number</th><th>Title</th><th>Office</th><th>Closing date</th></tr></thead><tbody>${ROWS.map(
    (row) =>
      `<tr><td>${row.number}</td><td><a href="/n/${row.number}">${row.title}</a></td><td>${row.office}</td><td>${row.closes}</td></tr>`,
  ).join("")}</tbody></table>`,
);
const { recipe } = learnPage(then);
if (!recipe) throw new Error("nothing was learnt");
const good = { page: then, records: applyRecipe(recipe, then).records };

/** A field of the first record after the page was redrawn; the reasons where a person is asked. */
function healedTo(name: string, draw: (row: Row) => string): string | readonly string[] | undefined {
  const page = pageOf(`<ul>${ROWS.map((row) => `<li>${draw(row)}</li>`).join("")}</ul>`);
  const healing = healRecipe(recipe ?? never(), page, [good]);
  if (healing.kind === "unsure") return healing.reasons;
  return applyRecipe(healing.recipe, page).records[0]?.fields[name]?.value;
}
const never = (): never => {
  throw new Error("nothing was learnt");
};
const link = ({ number, title }: Row): string => `<a href="/n/${number}">${title}</a>`;
const rest = ({ office, closes }: Row): string => `<p>${office}</p><p>${closes}</p>`;

describe("a known value that is a part of a longer text now", () => {
  test("is found behind its label", () => {
    expect(healedTo("number", (row) => `${link(row)}<p>Number: ${row.number}</p>${rest(row)}`)).toBe("LOT-100");
  });

  test("is found between other values", () => {
    expect(healedTo("office", (row) => `${link(row)}<p>${row.number} · ${row.office} · ${row.closes}</p>`)).toBe(
      "Harbour Board",
    );
  });

  test("takes along what has become a part of it", () => {
    expect(healedTo("number", (row) => `${link(row)}<p>No ${row.number}</p>${rest(row)}`)).toBe("No LOT-100");
    expect(healedTo("number", (row) => `${link(row)}<p>XB/${row.number}</p>${rest(row)}`)).toBe("XB/LOT-100");
    expect(healedTo("number", (row) => `${link(row)}<p>${row.number}/A</p>${rest(row)}`)).toBe("LOT-100/A");
  });

  test("waits for a person where nobody knows what the words around it are", () => {
    const reasons = healedTo("number", (row) => `${link(row)}<p>Whatever ${row.number} (new)</p>${rest(row)}`);

    expect(reasons).toEqual(['The values of "number" still stand on the page, but not in one place of all records.']);
  });

  test("is read as what it was where only its spelling is another", () => {
    const iso = (row: Row): string => `2027-03-${row.closes.slice(0, 2)}`;
    expect(
      healedTo("closing_date", (row) => `${link(row)}<p>${row.number}</p><p>${row.office}</p><p>${iso(row)}</p>`),
    ).toBe("2027-03-10");
  });

  test("keeps the hour that it comes with now", () => {
    const draw = (row: Row): string => `${link(row)}<p>${row.number}</p><p>${row.office}</p><p>${row.closes} 12:00</p>`;
    expect(healedTo("closing_date", draw)).toBe("2027-03-10T12:00");
  });
});

describe("two lists that hold the known records", () => {
  const list = (rows: readonly Row[], of = (row: Row) => `${link(row)}<p>${row.number}</p>${rest(row)}`): string =>
    `<ul>${rows.map((row) => `<li>${of(row)}</li>`).join("")}</ul>`;
  const others = ROWS.map((row, n) => ({ ...row, number: `OLD-${n}`, title: `Meals for the old school, part ${n}` }));
  const kindOf = (html: string) => healRecipe(recipe ?? never(), pageOf(html), [good]).kind;

  test("are rivals where they differ in others", () => {
    expect(
      kindOf(`${list([...ROWS, ...others.slice(0, 5)])}<hr><div>${list([...ROWS, ...others.slice(5)])}</div>`),
    ).toBe("unsure");
  });

  test("are none where only notes stand between the records of one", () => {
    const noted = ROWS.map((row) => `<li>${link(row)}<p>${row.number}</p>${rest(row)}</li><li>Papers in room 12.</li>`);
    expect(kindOf(`<ul>${noted.join("")}</ul>`)).toBe("healed");
  });
});
