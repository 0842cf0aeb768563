import { describe, expect, test } from "vitest";
import { applyRecipe } from "./apply-recipe.ts";
import { learnPage } from "./learn-page.ts";
import type { Recipe } from "./recipe.ts";
import { pageOf } from "./testing.ts";

interface Tender {
  title: string;
  ref: string;
  closes: string;
}

const FIRST: Tender[] = [
  "Road surfacing",
  "Laboratory glassware",
  "School cleaning",
  "Street lighting",
  "Bridge repair",
].map((title, i) => ({ title, ref: `T-2024-00${i + 1}`, closes: `${i + 11}/06/2024` }));
const LATER: Tender[] = ["Fire engines", "Library shelves", "Park benches"].map((title, i) => ({
  title,
  ref: `T-2024-10${i}`,
  closes: `${i + 21}/07/2024`,
}));

const card = ({ title, ref, closes }: Tender): string =>
  `<div class="tender"><h3 class="title"><a href="/t/${ref}">${title}</a></h3><span class="number">${ref}</span><span class="deadline">${closes}</span></div>`;
const list = (tenders: readonly Tender[], write: (tender: Tender) => string = card): string =>
  `<div id="results">${tenders.map(write).join("")}</div>`;

function learnt(html = list(FIRST)): Recipe {
  const { recipe } = learnPage(pageOf(html));
  if (!recipe) throw new Error("The page was not learnt.");
  return recipe;
}

const titles = (extraction: ReturnType<typeof applyRecipe>) =>
  extraction.records.map((record) => record.fields["title"]?.value);

test("learning and applying to the same page give the same records", () => {
  const page = pageOf(list(FIRST));
  const { recipe, extraction } = learnPage(page);

  expect(recipe && applyRecipe(recipe, pageOf(list(FIRST))).records).toEqual(extraction?.records);
});

test("another page of the listing is read without drift", () => {
  const extraction = applyRecipe(learnt(), pageOf(list(LATER)));

  expect(titles(extraction)).toEqual(LATER.map(({ title }) => title));
  expect(extraction.records[0]?.fields["deadline"]?.value).toBe("2024-07-21");
  expect(extraction.drift).toEqual([]);
});

test("a page with a single record is read", () => {
  expect(titles(applyRecipe(learnt(), pageOf(list(LATER.slice(0, 1)))))).toEqual(["Fire engines"]);
});

describe("a page that changed", () => {
  test("keeps its values when the classes inside records are renamed, and says that they moved", () => {
    const renamed = (tender: Tender): string =>
      card(tender).replaceAll('class="title"', 'class="heading-x"').replaceAll("deadline", "until");
    const extraction = applyRecipe(learnt(), pageOf(list(LATER, renamed)));

    expect(titles(extraction)).toEqual(LATER.map(({ title }) => title));
    expect(extraction.drift).toContainEqual(
      expect.objectContaining({ kind: "field_moved", field: "deadline", severity: "moved" }),
    );
  });

  test("is found again when its container is another one", () => {
    const moved = `<main><section class="new">${list(FIRST).replace('id="results"', 'class="found"')}</section></main>`;
    const extraction = applyRecipe(learnt(), pageOf(moved));

    expect(titles(extraction)).toEqual(FIRST.map(({ title }) => title));
    expect(extraction.drift).toContainEqual(expect.objectContaining({ kind: "list_moved", severity: "moved" }));
  });

  test("reports a field that is gone instead of taking its neighbour", () => {
    const without = (tender: Tender): string => card(tender).replace(/<span class="number">.*?<\/span>/, "");
    const extraction = applyRecipe(learnt(), pageOf(list(LATER, without)));

    expect(extraction.drift).toContainEqual(expect.objectContaining({ field: "number", severity: "broken" }));
    expect(titles(extraction)).toEqual(LATER.map(({ title }) => title));
  });

  test("reports a list that is gone", () => {
    const extraction = applyRecipe(learnt(), pageOf("<main><p>The service is closed for maintenance.</p></main>"));

    expect(extraction.records).toEqual([]);
    expect(extraction.drift).toMatchObject([{ kind: "list_missing", severity: "broken" }]);
  });

  test("reports dates that are none any more", () => {
    const extraction = applyRecipe(
      learnt(),
      pageOf(list(LATER.map((tender) => ({ ...tender, closes: "see the notice" })))),
    );

    expect(extraction.drift).toContainEqual(expect.objectContaining({ kind: "field_type", field: "deadline" }));
  });
});

describe("a table", () => {
  const row = ({ title, ref, closes }: Tender): string => `<tr><td>${title}</td><td>${ref}</td><td>${closes}</td></tr>`;
  const table = (header: string, rows: string): string => `<table><tr>${header}</tr>${rows}</table>`;
  const recipe = learnt(table("<th>Title</th><th>Number</th><th>Closing date</th>", FIRST.map(row).join("")));

  test("with a new column in front is read by its headers", () => {
    const later = table(
      "<th>Region</th><th>Title</th><th>Number</th><th>Closing date</th>",
      LATER.map((tender) => row(tender).replace("<tr>", "<tr><td>North</td>")).join(""),
    );

    expect(titles(applyRecipe(recipe, pageOf(later)))).toEqual(LATER.map(({ title }) => title));
  });
});

describe("rows that say the names of their columns", () => {
  const head = "<tr><td>Name</td><td>Date</td><td>Agenda</td><td>Minutes</td></tr>";
  const rows = ["12 May 2024", "19 May 2024", "26 May 2024", "2 June 2024"].map(
    (date, at) =>
      `<tr><td>Planning Board</td><td>${date}</td><td><a href="/a/${at}">Agenda</a></td><td><a href="/m/${at}">Minutes</a></td></tr>`,
  );
  const recipe = learnt(`<table>${head}${rows.join("")}</table>`);
  const dates = (html: string) =>
    applyRecipe(recipe, pageOf(`<table>${html}</table>`)).records.map(({ fields }) => fields["date"]?.value);

  test("are records where they say more than that", () => {
    expect(dates(head + rows.join(""))).toEqual(["2024-05-12", "2024-05-19", "2024-05-26", "2024-06-02"]);
  });

  test("are no records where they say nothing else", () => {
    expect(dates(head + rows.slice(0, 2).join("") + head + rows.slice(2).join(""))).toHaveLength(4);
  });
});

test("records keep their key when their place in the page changes", () => {
  const keys = (html: string) => applyRecipe(learnt(), pageOf(html)).records.map(({ key }) => key);

  expect(keys(list(FIRST.toReversed()))).toEqual(keys(list(FIRST)).toReversed());
});
