import { expect, test } from "vitest";
import { disclaimerList, framedList } from "../sites/guarded-lists.ts";
import { cardList, changingList, loopingList, numberedTable, pinnedList } from "../sites/paged-lists.ts";
import { postBackGrid } from "../sites/post-back-grid.ts";
import { tender, tenders } from "../sites/tenders.ts";
import { useHarvester } from "./open-harvester.ts";

const { harvester, serve, recordsOf } = await useHarvester();

/** References as they stand in the text of the records. */
function references(records: readonly { text: string }[]): string[] {
  return records.map(({ text }) => /T-2026-\d+/.exec(text)?.[0] ?? "");
}

const truth = (count: number): string[] => tenders(count).map(({ reference }) => reference);

test("a numbered table is followed to its last page", async () => {
  const site = await serve(numberedTable({ count: 34, size: 10 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(references(await recordsOf(result.run))).toEqual(truth(34));
  expect(result).toMatchObject({ pages: 4, recordCount: 34, reason: "last_page", unverifiedCount: 0 });
  expect(result.completeness).toMatchObject({ state: "complete", found: 34, duplicates: 0, gaps: [] });
  expect(new Set(site.requests).size).toBe(site.requests.length);
});

test("columns become fields with values in normal form, links are absolute", async () => {
  const site = await serve(numberedTable({ count: 12, size: 20 }));

  const { run } = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  const [first] = await recordsOf(run);
  const { reference, title, agency, closesIso, href } = tender(0);
  expect(Object.values(first?.fields ?? {})).toEqual(expect.arrayContaining([reference, title, agency, closesIso]));
  expect(first?.links).toContain(`${site.url}${href}`);
});

test("cards are followed by their next link", async () => {
  const site = await serve(cardList({ count: 23, size: 6 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(references(await recordsOf(result.run))).toEqual(truth(23));
  expect(result.completeness.state).toBe("complete");
});

test("a declared total that is found proves completeness", async () => {
  const site = await serve(numberedTable({ count: 34, size: 10, declaresTotal: true }));

  const { completeness } = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(completeness).toMatchObject({ state: "complete", totalDeclared: 34, found: 34 });
});

test("a record that is pinned to every page counts once", async () => {
  const site = await serve(pinnedList({ count: 31, size: 10 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(references(await recordsOf(result.run))).toEqual(truth(31));
  expect(result.completeness).toMatchObject({ found: 31, duplicates: 2 });
});

test("a pager that leads to the same page again is left, and nothing is claimed", async () => {
  const site = await serve(loopingList({ count: 15, size: 5 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(result).toMatchObject({ recordCount: 15, reason: "repeated_page" });
  expect(result.completeness.state).toBe("unknown");
});

test("records that move to the next page while the list is read count once", async () => {
  const arrivals = [tender(100), tender(101)];
  const site = await serve(changingList({ count: 20, size: 5 }, arrivals));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  const found = references(await recordsOf(result.run));
  expect(new Set(found).size).toBe(found.length);
  expect(found).toEqual(truth(20));
});

test("a post-back grid is replayed over plain HTTP with view state and cookie", async () => {
  const site = await serve(postBackGrid({ count: 27, size: 8 }));

  const result = await harvester.harvest({
    url: `${site.url}/Tenders.aspx`,
    transport: "http",
    allowHosts: [site.host],
  });

  expect(references(await recordsOf(result.run))).toEqual(truth(27));
  expect(result).toMatchObject({ pages: 4, reason: "last_page" });
});

test("a disclaimer is accepted on the way in, at every run", async () => {
  const site = await serve(disclaimerList({ count: 18, size: 9 }));
  const url = `${site.url}/tenders`;

  const first = await harvester.harvest({ url, allowHosts: [site.host] });
  const again = await harvester.harvest({ recipeId: first.recipeId ?? "", allowHosts: [site.host] });

  expect(first.recordCount).toBe(18);
  expect(references(await recordsOf(again.run))).toEqual(truth(18));
  expect(again.recipe?.entry.steps).toMatchObject([{ by: "form", role: "consent" }]);
  expect(again.interactions.map(({ action }) => action)).toContain("consent");
});

test("a list in a frame is found, and found again", async () => {
  const site = await serve(framedList({ count: 14, size: 7 }));

  const first = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });
  const again = await harvester.harvest({ recipeId: first.recipeId ?? "", allowHosts: [site.host] });

  expect(references(await recordsOf(first.run))).toEqual(truth(14));
  expect(references(await recordsOf(again.run))).toEqual(truth(14));
});

test("list pages that are known beforehand are harvested side by side, in their order", async () => {
  const site = await serve(numberedTable({ count: 60, size: 5 }));
  const addresses = Array.from({ length: 12 }, (_, at) => `${site.url}/tenders?page=${at + 1}`);

  const result = await harvester.harvest({ addresses, concurrency: 6, allowHosts: [site.host] });

  expect(references(await recordsOf(result.run))).toEqual(truth(60));
  expect(result).toMatchObject({ pages: 12, recordCount: 60 });
});
