import { describe, expect, test } from "vitest";
import { nodeAt } from "../page/node-path.ts";
import { parsePage } from "../page/parse-page.ts";
import { textOf } from "../page/text-of.ts";
import { declaredTotal } from "./declared-total.ts";

const pageOf = (html: string) => parsePage({ bytes: Buffer.from(html), encoding: "utf-8" });

const countsOf = (html: string): object | null => {
  const found = declaredTotal(pageOf(html));
  if (!found) return null;
  return Object.fromEntries(Object.entries(found).filter(([name]) => name !== "quote" && name !== "path"));
};

describe("what pages say about their list", () => {
  test.each([
    ["1–20 of 412", { from: 1, to: 20, total: 412 }],
    ["Showing 1 to 20 of 412 entries", { from: 1, to: 20, total: 412 }],
    ["Displaying results 21 - 40 of 1,204 in total", { from: 21, to: 40, total: 1204 }],
    ["Ergebnisse 1 bis 20 von 1.412", { from: 1, to: 20, total: 1412 }],
    ["Résultats 1 à 20 sur 1 412", { from: 1, to: 20, total: 1412 }],
    ["Mostrando 1 a 9 de 57 (7 Páginas)", { from: 1, to: 9, total: 57 }],
    ["Risultati 1 - 10 di 45", { from: 1, to: 10, total: 45 }],
    ["Visar 1–20 av 300 träffar", { from: 1, to: 20, total: 300 }],
    ["Показано 1 - 10 из 57 записей", { from: 1, to: 10, total: 57 }],
    ["全412件中 1-20件", { total: 412, from: 1, to: 20 }],
    ["Page 2 of 8", { page: 2, pages: 8 }],
    ["Page 2/8", { page: 2, pages: 8 }],
    ["Seite 2 von 8", { page: 2, pages: 8 }],
    ["Strona 3 z 12", { page: 3, pages: 12 }],
    ["Страница 1 из 7", { page: 1, pages: 7 }],
    ["第2页/共8页", { page: 2, pages: 8 }],
    ["412 results", { total: 412 }],
    ["412 results found", { total: 412 }],
    ["412 tenders", { total: 412 }],
    ["共 412 条", { total: 412 }],
    ["Your search returned 1,412 matches", { total: 1412 }],
    ["Total records: 412", { total: 412 }],
    ["Number of results: 412", { total: 412 }],
    ["Anzahl Treffer: 412", { total: 412 }],
    ["Showing 20 of 412", { total: 412 }],
    ["0 results", { total: 0 }],
    ["Page 2 of 21 (412 results)", { page: 2, pages: 21, total: 412 }],
  ])("%s", (words, counts) => {
    expect(countsOf(`<div><p>${words}</p></div>`)).toEqual(counts);
  });

  test("words that are spread over several elements are read together", () => {
    expect(countsOf("<div>Showing <b>1</b> to <b>20</b> of <b>412</b> entries</div>")).toEqual({
      from: 1,
      to: 20,
      total: 412,
    });
  });

  test("the quote stands in the element that the path names", () => {
    const page = pageOf("<main><p>Tenders</p><p><span>Showing <b>1</b> to <b>20</b> of <b>412</b></span></p></main>");
    const found = declaredTotal(page);
    const node = nodeAt(page.root, found?.path ?? "");

    expect(found?.quote).toBe("Showing 1 to 20 of 412");
    expect(node && textOf(node)).toContain(found?.quote ?? "nothing");
  });

  test("the same statement above and below the list counts once", () => {
    expect(countsOf("<p>1-20 of 41</p><ul><li>a</ul><p>1-20 of 41</p>")).toEqual({ from: 1, to: 20, total: 41 });
  });
});

describe("what is no statement about the list", () => {
  test.each([
    ["20 results per page"],
    ["More than 1000 results"],
    ["1000+ results"],
    ["0 items"],
    ["Lot 1-2/76, High Street"],
    ["20 - 10 of 400"],
    ["Page 9 of 8"],
    ["Version 1.2.412 records"],
    ["In 2019 the council received 412 applications from all over the country, and most of them were approved."],
    ["Posted 3 days ago"],
    ["2024 Opinions"],
    ["District 51 Documents"],
    ["Total: 30"],
    ["page 1 | 2 | 3 | 4"],
  ])("%s", (words) => {
    expect(countsOf(`<div><p>${words}</p></div>`)).toBeNull();
  });

  test("statements that contradict each other are none", () => {
    expect(countsOf("<p>12 results</p><p>95 results</p>")).toBeNull();
  });

  test("a cart and a choice of page size count other things", () => {
    expect(countsOf('<div class="mini-cart"><p>3 items</p></div><select><option>20 results</select>')).toBeNull();
  });
});
