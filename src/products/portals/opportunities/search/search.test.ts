import { expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import { day, found, openOpportunities } from "../testing.ts";
import { highlightsIn, searchQuery } from "./search-query.ts";

const db = await useTestDatabase();
const { catalogue, see } = openOpportunities(db);

const TENDERS = [
  { title: "Straßenbau in der Müllerstraße", referenceNumber: "V-2026/014" },
  { title: "Réfection de la toiture de l'école", agency: "Ville de Nîmes" },
  { title: "Road works and street lighting", description: "Elm Street" },
  { title: "Street furniture", description: "Benches for the road side, works included" },
  { title: "橋梁補修工事", referenceNumber: "R-9" },
  { title: "Ремонт школы", description: "'; drop table opportunity; --" },
];

for (const [typed, titles] of [
  ["strassenbau", [TENDERS[0]]],
  ["STRASSEN", [TENDERS[0]]],
  ["mullerstrasse", [TENDERS[0]]],
  ["Muellerstr", [TENDERS[0]]],
  ["V-2026/014", [TENDERS[0]]],
  ["refection ecole", [TENDERS[1]]],
  ["nimes", [TENDERS[1]]],
  ["street", [TENDERS[2], TENDERS[3]]],
  ['"road works"', [TENDERS[2]]],
  ["street -lighting", [TENDERS[3]]],
  ["road elm", [TENDERS[2]]],
  ["橋梁", [TENDERS[4]]],
  ["школ", [TENDERS[5]]],
  ["nothing of this", []],
  ["'; drop table", [TENDERS[5]]],
  ["!!! & | <-> ()", TENDERS],
] as const) {
  test(`“${typed}” finds ${titles.length}`, async () => {
    await see(
      day(0),
      TENDERS.map((tender) => found(tender)),
    );
    const { items } = await catalogue.list({ q: typed }, { sort: "title", limit: 50 });

    expect(items.map(({ opportunity: { title } }) => title).sort()).toEqual(titles.map((each) => each?.title).sort());
  });
}

test("what says it in the title comes before what mentions it, and pages keep that order", async () => {
  await see(
    day(0),
    ["Harbour repair", "Other 1", "Other 2", "Other 3", "Other 4"].map((title, at) =>
      found({ title, ...(at === 0 ? {} : { description: `${"something ".repeat(at * 3)} harbour` }) }),
    ),
  );
  const ranked = await catalogue.list({ q: "harbour" }, { sort: "-relevance", limit: 10 });
  const paged: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await catalogue.list({ q: "harbour" }, { sort: "-relevance", limit: 2, cursor });
    paged.push(...page.items.map(({ opportunity }) => opportunity.title));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);

  expect(ranked.items[0]?.opportunity.title).toBe("Harbour repair");
  expect(paged).toEqual(ranked.items.map(({ opportunity }) => opportunity.title));
  expect(new Set(paged).size).toBe(5);
});

test("what was asked for can be marked in the words of the page", () => {
  const marked = (text: string, typed: string) => highlightsIn(text, typed).map(([from, to]) => text.slice(from, to));

  expect(marked("Straßenbau in der Müllerstraße", "muell strassen")).toEqual(["Straßenbau", "Müllerstraße"]);
  expect(marked("Road works on a road", '"road works"')).toEqual(["Road works"]);
  expect(marked("No. V-2026/014", "v-2026/014")).toEqual(["V-2026/014"]);
  expect(marked("Road works", "-road works")).toEqual(["works"]);
  expect(marked("橋梁補修", "補修")).toEqual(["補修"]);
  expect(marked("Road works", "")).toEqual([]);
});

test("nothing that is typed is an order to the database", () => {
  expect(searchQuery("a & b | !c")).toBe("'a':* & 'b':* & 'c':*");
  expect(searchQuery("it's")).toBe("('it' <-> 's':*)");
  expect(searchQuery("'''")).toBeNull();
  expect(searchQuery("x".repeat(5_000))?.length).toBeLessThan(100);
});

test("filters narrow by classification, documents, presence, what is filled in and value", async () => {
  await see(day(0), [
    found({
      title: "Road",
      classifications: [{ scheme: "CPV", id: "45233141" }],
      documents: [{ name: "Terms", url: "https://example.org/a.pdf", type: "PDF" }],
    }),
    found({
      title: "Software",
      classifications: [{ scheme: "NAICS", id: "541512" }],
      valueMin: 5,
      valueMax: 10,
      currency: "EUR",
    }),
    found({ title: "Bare" }),
  ]);
  const titles = async (filter: Parameters<typeof catalogue.list>[0]) =>
    (await catalogue.list(filter, { sort: "title", limit: 50 })).items.map(({ opportunity }) => opportunity.title);

  expect(await titles({ classification: "CPV:45233141" })).toEqual(["Road"]);
  expect(await titles({ classification: "cpv:45000000" })).toEqual(["Road"]);
  expect(await titles({ classification: "CPV" })).toEqual(["Road"]);
  expect(await titles({ classification: "NAICS:54" })).toEqual(["Software"]);
  expect(await titles({ classification: "CPV:%" })).toEqual([]);
  expect(await titles({ hasDocuments: true })).toEqual(["Road"]);
  expect(await titles({ completeness: "complete" })).toHaveLength(3);
  expect(await titles({ completeness: "incomplete" })).toEqual([]);
  expect(await titles({ filledFrom: 0.2 })).toEqual(["Software"].slice(1));
  expect(await titles({ isPresent: false })).toEqual([]);
  expect(await titles({ valueFrom: 8 })).toEqual(["Software"]);
  expect(await titles({ valueTo: 4 })).toEqual([]);
  expect(await titles({ currency: "eur" })).toEqual(["Software"]);
});
