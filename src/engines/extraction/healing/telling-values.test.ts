import { describe, expect, test } from "vitest";
import type { ExtractedValue } from "../values/extracted-value.ts";
import { isRead, isSameValue, sameForm, tells } from "./telling-values.ts";

const value = (type: ExtractedValue["type"], normal: string, raw = normal, attribute?: string): ExtractedValue => ({
  value: normal,
  raw,
  type,
  path: "/html[1]",
  confidence: 0.9,
  ...(attribute === undefined ? {} : { attribute }),
});

describe("two values are the same", () => {
  test.each([
    ["in other case and with other marks", value("text", "Repair – of the PIER"), value("text", "repair of the pier")],
    ["as amounts with and without decimals", value("money", "12500 EUR"), value("money", "12500.00 EUR")],
    ["as a day that comes with its hour now", value("date", "2026-03-16"), value("datetime", "2026-03-16T12:00")],
    [
      "read otherwise from the same words",
      value("date", "2026-03-16", "16.3.26"),
      value("date", "1926-03-16", "16.3.26"),
    ],
  ])("%s", (_, before, after) => {
    expect(isSameValue(before, after)).toBe(true);
  });

  test.each([
    ["in another currency", value("money", "12500 EUR"), value("money", "12500 USD")],
    ["on another day", value("date", "2026-03-16"), value("datetime", "2026-03-17T12:00")],
    ["where the hour is lost", value("datetime", "2026-03-16T12:00"), value("date", "2026-03-16")],
    ["with a number more", value("reference", "4711/26"), value("reference", "XB-4711/26")],
  ])("but not %s", (_, before, after) => {
    expect(isSameValue(before, after)).toBe(false);
  });
});

test("links, references and titles tell records apart; dates, amounts and single words do not", () => {
  expect(tells(value("url", "https://a.example/1", "/1", "href"))).toBe(true);
  expect(tells(value("reference", "A-1"))).toBe(true);
  expect(tells(value("text", "Repair of the northern pier"))).toBe(true);
  expect(tells(value("text", "Harbour"))).toBe(false);
  expect(tells(value("date", "2026-03-16"))).toBe(false);
});

test("a value whose text stands for it was not read", () => {
  expect(isRead(value("date", "2026-03-16", "16 March 2026"))).toBe(true);
  expect(isRead({ ...value("date", "soon"), confidence: 0.5 })).toBe(false);
  expect(isRead({ ...value("text", "soon"), confidence: 0.5 })).toBe(true);
});

test("the form of a value leaves letters and digits", () => {
  expect(sameForm("  LOT-7 / 26 (b) ")).toBe("lot 7 26 b");
});
