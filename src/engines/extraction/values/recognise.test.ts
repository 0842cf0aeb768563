import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FIELD_TYPES } from "./field-type.ts";
import { normalise, recognise } from "./recognise.ts";
import { typeOfColumn } from "./type-of-column.ts";

describe("recognise", () => {
  test.each([
    ["12 May 2025", "date", "2025-05-12"],
    ["Wed, 3. März 2024", "date", "2024-03-03"],
    ["12–15 May 2025", "date", "2025-05-12/2025-05-15"],
    ["May 5th, 2020 at 2:00 PM ET", "datetime", "2020-05-05T14:00-04:00"],
    ["€ 1.234.567,89", "money", "1234567.89 EUR"],
    ["2–5 million EUR", "money", "2000000..5000000 EUR"],
    ["RFP-2024-001", "reference", "RFP-2024-001"],
    ["Contact: Info@X.org", "email", "info@x.org"],
  ])("reads %s as %s", (text, type, value) => {
    expect(recognise(text)).toMatchObject({ type, value });
  });

  test("takes a title that leads to a document for text", () => {
    expect(recognise({ text: "Smith v. Jones", href: "https://a.example/b.pdf" })).toBeNull();
  });

  test("never throws, and its quote stands where it says", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.constantFrom(...FIELD_TYPES), (text, type) => {
        for (const found of [recognise(text), normalise(text, type)]) {
          if (found?.range) expect(text.slice(...found.range)).toBe(found.raw);
        }
      }),
    );
  });
});

test("a column's day and month order is told by one number above twelve", () => {
  expect(typeOfColumn(["01/02/2025", "03/02/2025", "13/02/2025"])).toMatchObject({
    type: "date",
    format: { order: "dmy" },
  });
});

test("an order that nothing tells is a guess and lowers the confidence", () => {
  const { format } = typeOfColumn(["01/02/2025", "03/02/2025"]);

  expect(format.orderIsGuess).toBe(true);
  expect(normalise("01/02/2025", "date", format)?.confidence).toBeLessThan(0.5);
});

describe("a column of references", () => {
  test.each([
    ["codes", ["LOT 17", "LOT 18", "LOT 24"]],
    ["numbers that are announced", ["Case No. 24-12", "Case No. 24-13"]],
    ["a number after its kind", ["Permit no. 17", "Permit no. 18"]],
  ])("holds %s", (_, texts) => {
    expect(typeOfColumn(texts).type).toBe("reference");
  });

  test.each([
    ["numbered titles", ["lot 17 road repairs", "lot 18 bridge works", "lot 19 school roof"]],
    ["titles with a number at their end", ["Road repairs no. 17", "Bridge paint works no. 18", "Roof repairs no. 21"]],
    ["titles as they stand in addresses", ["road-repairs-17", "bridge-works-18", "school-roof-21"]],
  ])("holds no %s", (_, texts) => {
    expect(typeOfColumn(texts).type).toBe("text");
  });

  test("holds numbers of any shape when its label says that it does", () => {
    expect(typeOfColumn(["road-repairs-17", "bridge-works-18"], { label: "Reference" }).type).toBe("reference");
  });
});
