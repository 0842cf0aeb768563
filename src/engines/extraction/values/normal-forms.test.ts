import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalise, recognise } from "./recognise.ts";
import { typeOfColumn } from "./type-of-column.ts";

describe("dates", () => {
  test.each([
    ["12 mai 2025", "2025-05-12"],
    ["1er juillet 2025", "2025-07-01"],
    ["12 de mayo de 2025", "2025-05-12"],
    ["12 maggio 2025", "2025-05-12"],
    ["12 mei 2025", "2025-05-12"],
    ["12 de maio de 2025", "2025-05-12"],
    ["12 maj 2025", "2025-05-12"],
    ["12.05.2025", "2025-05-12"],
    ["2025/05/12", "2025-05-12"],
    ["May 12, 2025", "2025-05-12"],
  ])("%s is %s", (text, value) => {
    expect(recognise(text)).toMatchObject({ type: "date", value });
  });

  test("an order that a column taught decides what a date alone leaves open", () => {
    expect(normalise("03/04/2025", "date", { order: "dmy" })?.value).toBe("2025-04-03");
    expect(normalise("03/04/2025", "date", { order: "mdy" })?.value).toBe("2025-03-04");
  });

  test.each(["31 February 2025", "45/45/2025"])("%s is no date", (text) => {
    expect(recognise(text)?.type).not.toBe("date");
  });
});

describe("times", () => {
  test("a zone with summer time is read with the offset of the day", () => {
    const format = { zone: "Europe/Berlin" };

    expect(normalise("12 January 2025 14:00", "datetime", format)?.value).toBe("2025-01-12T14:00+01:00");
    expect(normalise("12 July 2025 14:00", "datetime", format)?.value).toBe("2025-07-12T14:00+02:00");
  });

  test.each([
    ["12 January 2025 2:30 PM EST", "2025-01-12T14:30-05:00"],
    ["12.07.2025 14:00 Uhr MESZ", "2025-07-12T14:00+02:00"],
    ["2025-07-12T14:00Z", "2025-07-12T14:00Z"],
  ])("%s is %s", (text, value) => {
    expect(normalise(text, "datetime")?.value).toBe(value);
  });
});

describe("money", () => {
  test.each([
    ["$1,234.50", "1234.50 USD"],
    ["1.234,50 €", "1234.50 EUR"],
    ["1 234,50 EUR", "1234.50 EUR"],
    ["CHF 1'234.50", "1234.50 CHF"],
    ["£2.5m", "2500000 GBP"],
    ["USD 1,000 - 2,000", "1000..2000 USD"],
  ])("%s is %s", (text, value) => {
    const [amount, currency] = (normalise(text, "money")?.value ?? "").split(" ");
    const [wanted, unit] = value.split(" ");

    expect([amount?.split("..").map(Number), currency]).toEqual([wanted?.split("..").map(Number), unit]);
  });
});

describe("phones and references", () => {
  test.each([
    ["+49 (30) 1234-567", "+49301234567"],
    ["Tel.: 030 1234567", "0301234567"],
    ["(555) 123-4567", "5551234567"],
  ])("%s is a phone", (text, value) => {
    expect(recognise(text)).toMatchObject({ type: "phone", value });
  });

  test.each(["RFP-2024-001", "23-cv-0123", "2024/S 012-034567", "ABC.12.7"])("%s is a reference", (text) => {
    expect(recognise(text, { label: "Reference" })).toMatchObject({ type: "reference", value: text });
  });

  test.each(["PT1H30M", "a plain sentence about nothing", ""])("%j is neither", (text) => {
    expect(recognise(text)).toBeNull();
  });
});

test("a column of addresses keeps its type although some cells are empty", () => {
  expect(typeOfColumn(["a@x.org", "", "b@x.org", "c@x.org"]).type).toBe("email");
});

test("an amount that stands alone reads as it does behind other words", () => {
  const amount = fc
    .tuple(
      fc.constantFrom("$", "€", "£", "¥", "₹", "kr", "EUR", "R$", ""),
      fc.constantFrom("", " ", "  "),
      fc.array(fc.constantFrom("1", "12", "123", "0", ",", ".", "456", "78", " "), { minLength: 1, maxLength: 6 }),
    )
    .map(([sign, space, digits]) => sign + space + digits.join(""));
  const format = fc.constantFrom(
    {},
    { locale: "de-DE" },
    { locale: "en-AU" },
    { decimal: "," as const, currency: "CHF" },
  );
  fc.assert(
    fc.property(amount, format, (text, how) => {
      const alone = normalise(text, "money", how);
      const among = normalise(`: ${text}`, "money", how);
      expect(alone && { ...alone, range: null }).toEqual(among && { ...among, range: null });
      expect(alone?.range?.map((at) => at + 2)).toEqual(among?.range?.map(Number));
    }),
    { numRuns: 5000 },
  );
});
