import { describe, expect, test } from "vitest";
import type { FieldRule } from "../columns/field-rule.ts";
import { hasGrown, isCutShort, isLabelled, labelIn, sameAround } from "./part-of-text.ts";

const field = (rule: Partial<FieldRule> = {}): FieldRule => ({
  name: "reference",
  type: "reference",
  places: [{ by: "header", header: "File number" }],
  take: { from: "text" },
  required: true,
  fingerprint: { fill: 1, shape: "9999/99", length: 7 },
  ...rule,
});
const QUOTES = ["4711/26", "4712/26", "4713/26"];
const parts = (text: (quote: string) => string) => QUOTES.map((quote) => ({ quote, text: text(quote) }));

describe("what stands around known values", () => {
  test("is told where it is the same in all", () => {
    expect(sameAround(parts((quote) => `No ${quote}.`))).toEqual({ before: "No ", after: "." });
  });

  test("is nothing where it differs, or where there is nothing", () => {
    let count = 0;
    expect(sameAround(parts((quote) => `Lot ${(count += 1)} ${quote}`))).toBeNull();
    expect(sameAround(parts((quote) => quote))).toBeNull();
    expect(sameAround([])).toBeNull();
  });
});

describe("words before a value", () => {
  test.each([
    ["end with a colon", "Reference: "],
    ["are the column's name", "File number "],
    ["are the field's own name", "Reference "],
    ["are marks only", "– "],
  ])("are its label where they %s", (_, before) => {
    expect(isLabelled(field(), { before, after: "" })).toBe(true);
  });

  test.each([
    ["are any other word", { before: "No ", after: "" }],
    ["go on without a space", { before: "XB/", after: "" }],
    ["have words behind the value, too", { before: "Reference: ", after: " (new)" }],
  ])("are none where they %s", (_, around) => {
    expect(isLabelled(field(), around)).toBe(false);
  });

  test("are one before a value that tells itself where it begins", () => {
    expect(isLabelled(field({ type: "date" }), { before: "Published ", after: "" })).toBe(true);
  });

  test("are one as ever where the value was cut out behind them when it was learnt", () => {
    const cut = field({ take: { from: "text", pattern: "RFP {code}", part: 0 } });
    expect(isLabelled(cut, { before: "No RFP ", after: "" })).toBe(true);
    expect(isLabelled(cut, { before: "XB/", after: "" })).toBe(false);
  });

  test("begin with the label, where one stands before what belongs to the value", () => {
    expect(labelIn(field(), "File number No ")).toBe("File number ");
    expect(labelIn(field(), "Our sign: No ")).toBe("Our sign: ");
    expect(labelIn(field(), "No ")).toBe("");
  });
});

describe("a value that was cut out of a text", () => {
  test("lacks what goes on without a space", () => {
    expect(
      isCutShort(
        field(),
        parts((quote) => `XB-${quote} Repair`),
      ),
    ).toBe(true);
    expect(
      isCutShort(
        field(),
        parts((quote) => `${quote}/A`),
      ),
    ).toBe(true);
  });

  test("lacks words that are the same in all and no label", () => {
    expect(
      isCutShort(
        field(),
        parts((quote) => `No ${quote}`),
      ),
    ).toBe(true);
    expect(
      isCutShort(
        field(),
        parts((quote) => `Reference: ${quote}`),
      ),
    ).toBe(false);
  });

  test("lacks the hour behind a day", () => {
    expect(isCutShort(field({ type: "date" }), [{ quote: "16.3.2027", text: "16.3.2027, 12:00" }])).toBe(true);
    expect(isCutShort(field({ type: "date" }), [{ quote: "16.3.2027", text: "16.3.2027 (Tue)" }])).toBe(false);
  });

  test("is whole where other values stand around it, and where it tells its own ends", () => {
    let count = 0;
    expect(
      isCutShort(
        field(),
        parts((quote) => `${quote} – Repair of pier ${(count += 1)}`),
      ),
    ).toBe(false);
    expect(
      isCutShort(
        field({ type: "date" }),
        parts((quote) => `until ${quote}`),
      ),
    ).toBe(false);
  });
});

test("a short word before a reference belongs to it, before other texts nobody knows", () => {
  expect(hasGrown(field(), { before: "No ", after: "" })).toBe(true);
  expect(hasGrown(field(), { before: "", after: "/A" })).toBe(true);
  expect(hasGrown(field(), { before: "", after: " (new)" })).toBe(false);
  expect(hasGrown(field(), { before: "Whatever ", after: "" })).toBe(false);
  expect(hasGrown(field({ type: "text" }), { before: "No ", after: "" })).toBe(false);
});
