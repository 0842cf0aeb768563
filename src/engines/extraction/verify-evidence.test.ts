import { describe, expect, test } from "vitest";
import { learnPage } from "./learn-page.ts";
import { pageOf } from "./testing.ts";
import { verifyEvidence } from "./verify-evidence.ts";

const ROWS = [
  ["Road surfacing", "12/05/2024", "EUR 1,200.00"],
  ["School meals", "13/05/2024", "EUR 900.00"],
  ["Bus shelters", "28/05/2024", "EUR 15,000.50"],
].map(
  ([title, date, price], i) =>
    `<tr><td><a href="/t/${i}">${title}</a></td><td>Closes ${date}</td><td>${price}</td></tr>`,
);
const page = pageOf(`<table>${ROWS.join("")}</table>`);
const values = (learnPage(page).extraction?.records ?? []).flatMap((record) => Object.values(record.fields));
const ofType = (type: string) => {
  const value = values.find((one) => one.type === type);
  if (!value) throw new Error(`No ${type} was read.`);
  return value;
};

test("every value that was read verifies", () => {
  expect(values.length).toBeGreaterThan(8);
  for (const value of values) expect(verifyEvidence({ page, value })).toEqual({ ok: true });
});

describe("is refused:", () => {
  test("a quote that was altered", () => {
    expect(verifyEvidence({ page, value: { ...ofType("text"), raw: "Bridge repair" } }).ok).toBe(false);
  });

  test("a date that is not the one in the quote", () => {
    expect(verifyEvidence({ page, value: { ...ofType("date"), value: "2024-05-19" } }).ok).toBe(false);
  });

  test("an amount that is not the one in the quote", () => {
    expect(verifyEvidence({ page, value: { ...ofType("money"), value: "1300.00 EUR" } }).ok).toBe(false);
  });

  test("an address that the link does not lead to", () => {
    expect(verifyEvidence({ page, value: { ...ofType("url"), value: "https://portal.example/t/99" } }).ok).toBe(false);
  });

  test("a text that is not the quote", () => {
    expect(verifyEvidence({ page, value: { ...ofType("text"), value: "Road surfacing, free of charge" } }).ok).toBe(
      false,
    );
  });

  test("an invented value at a place that does not exist", () => {
    const invented = { value: "x", raw: "x", type: "text", path: "/html[1]/body[1]/aside[4]" } as const;

    expect(verifyEvidence({ page, value: invented })).toMatchObject({
      ok: false,
      reason: expect.stringContaining("no element"),
    });
  });

  test("the right words at the wrong place", () => {
    const [first, second] = values.filter(({ type }) => type === "date");

    expect(first && second && verifyEvidence({ page, value: { ...first, path: second.path } }).ok).toBe(false);
  });
});
