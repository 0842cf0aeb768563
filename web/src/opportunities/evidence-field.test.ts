import { expect, test } from "vitest";
import { instantIn, isInData } from "./evidence-field.ts";

test.each([
  ["closingDate", "1788220800000", "2026-09-01 00:00 UTC"],
  ["closingDate", "1788220800", "2026-09-01 00:00 UTC"],
  ["closingDate", "1 September 2026", null],
  ["referenceNumber", "1788220800", null],
])("%s that says %s means %s", (field, quote, instant) => {
  expect(instantIn(field, quote)).toBe(instant);
});

test("data are told from what a page shows", () => {
  expect(isInData("/html[1]/body[1]/script[1]")).toBe(true);
  expect(isInData("/html[1]/body[1]/table[1]/tr[2]/td[3]")).toBe(false);
});
