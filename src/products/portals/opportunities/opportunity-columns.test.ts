import { expect, test } from "vitest";
import { learnPage, parsePage } from "#engines/extraction";
import { chooseColumns } from "./opportunity-columns.ts";

const WORKS = ["Dredging of the inner harbour", "Supply of winter tyres", "Painting of two gyms", "Repair of the weir"];

function columnsUnder(...headers: string[]) {
  const rows = WORKS.map((work, at) => `<tr><td>${work}</td><td>${at + 3} May 2031</td></tr>`).join("");
  const html = `<table><tr>${headers.map((header) => `<th>${header}</th>`).join("")}</tr>${rows}</table>`;
  return chooseColumns(learnPage(parsePage({ bytes: Buffer.from(html), url: null })).recipe, []);
}

test("a column that says it is the closing date is served as one", () => {
  const { list, unsure } = columnsUnder("Title", "Closing date");

  expect(list.get("closingDate")).toMatchObject({ name: "closing_date" });
  expect(unsure).toEqual([]);
});

test("a date of something else is not served as a closing date, but offered", () => {
  const { list, unsure } = columnsUnder("Title", "Visit date");

  expect(list.has("closingDate")).toBe(false);
  expect(list.has("postedDate")).toBe(false);
  expect(unsure).toMatchObject([{ column: "visit_date", note: expect.stringContaining("check it") }]);
});
