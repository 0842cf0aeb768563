import type { ValueFormat } from "#engines/extraction";
import { expect, test } from "vitest";
import { classificationsIn, codeOf } from "./classification.ts";
import { readAmount } from "./read-amount.ts";
import { momentOf, readMoment } from "./read-moment.ts";
import { AS_THE_PAGE_SAYS, readingFor, type Reading } from "./reading.ts";

const BERLIN: Reading = { timezone: "Europe/Berlin", dateOrder: null, currency: null };

for (const [quote, format, reading, expected] of [
  ["3 March 2026", {}, AS_THE_PAGE_SAYS, "2026-03-03"],
  ["010/04/2027", {}, AS_THE_PAGE_SAYS, null],
  ["31/03/2026", {}, AS_THE_PAGE_SAYS, "2026-03-31"],
  ["03/04/2026", {}, AS_THE_PAGE_SAYS, null],
  ["03/04/2026", { order: "dmy" }, AS_THE_PAGE_SAYS, "2026-04-03"],
  ["03/04/2026", { order: "mdy", orderIsGuess: true }, AS_THE_PAGE_SAYS, null],
  ["03/04/2026", { order: "mdy", orderIsGuess: true }, { ...BERLIN, dateOrder: "dmy" }, "2026-04-03"],
  ["03/04/2026", { order: "mdy" }, { ...BERLIN, dateOrder: "dmy" }, "2026-03-04"],
  ["03/03/2026", { order: "mdy", orderIsGuess: true }, AS_THE_PAGE_SAYS, "2026-03-03"],
  ["31.03.2026, 12:00 Uhr", {}, BERLIN, "2026-03-31T12:00+02:00"],
  ["31.01.2026, 12:00 Uhr", {}, BERLIN, "2026-01-31T12:00+01:00"],
  ["March 31, 2026 2:00 PM EST", {}, BERLIN, "2026-03-31T14:00-05:00"],
  ["March 31, 2026 2:00 PM", { zone: "America/New_York" }, BERLIN, "2026-03-31T14:00-04:00"],
] as const satisfies readonly (readonly [string, ValueFormat, Reading, string | null])[]) {
  test(`“${quote}” ${JSON.stringify(format)} ${reading.dateOrder ?? ""} ${reading.timezone ?? ""} is ${expected}`, () => {
    const written = { field: "closingDate", value: quote, quote, type: "date" as const, format };

    expect(readMoment(written, reading, "last").value).toBe(expected);
  });
}

test("a time without a zone is told as it is, and that its zone is open", () => {
  const written = {
    field: "closingDate",
    value: "",
    quote: "31 March 2026, 14:00",
    type: "datetime" as const,
    format: {},
  };
  const { value, unclear } = readMoment(written, AS_THE_PAGE_SAYS, "last");

  expect(value).toBe("2026-03-31T14:00");
  expect(unclear).toMatchObject([{ reason: "time_zone", quote: "31 March 2026, 14:00" }]);
  expect(momentOf(value ?? "", AS_THE_PAGE_SAYS)).toBeNull();
});

test("a deadline passes at its hour, or at the end of its day where the portal is", () => {
  expect(momentOf("2026-03-31T14:00-05:00", AS_THE_PAGE_SAYS)?.toISOString()).toBe("2026-03-31T19:00:00.000Z");
  expect(momentOf("2026-03-31", BERLIN)?.toISOString()).toBe("2026-03-31T21:59:59.000Z");
  expect(momentOf("2026-03-31", AS_THE_PAGE_SAYS)).toBeNull();
  expect(momentOf("2026-13-45", BERLIN)).toBeNull();
});

for (const [quote, format, expected] of [
  ["1,2 Mio. €", { locale: "de" }, { valueMin: 1_200_000, valueMax: 1_200_000, currency: "EUR" }],
  ["€ 1.250.000,50", { decimal: "," }, { valueMin: 1_250_000.5, valueMax: 1_250_000.5, currency: "EUR" }],
  ["2,5 Mrd. EUR", { locale: "de" }, { valueMin: 2_500_000_000, valueMax: 2_500_000_000, currency: "EUR" }],
  ["CHF 1'250'000.50", {}, { valueMin: 1_250_000.5, valueMax: 1_250_000.5, currency: "CHF" }],
  ["£100,000 - £250,000", {}, { valueMin: 100_000, valueMax: 250_000, currency: "GBP" }],
  ["£1m – £2.5m", {}, { valueMin: 1_000_000, valueMax: 2_500_000, currency: "GBP" }],
  ["up to £1.5 million", {}, { valueMax: 1_500_000, currency: "GBP" }],
  ["bis zu 50.000 EUR", { locale: "de" }, { valueMax: 50_000, currency: "EUR" }],
  ["at least 20,000 EUR", {}, { valueMin: 20_000, currency: "EUR" }],
  ["US$ 40,000", {}, { valueMin: 40_000, valueMax: 40_000, currency: "USD" }],
  ["$40,000", {}, { valueMin: 40_000, valueMax: 40_000 }],
  ["$40,000", { currency: "USD" }, { valueMin: 40_000, valueMax: 40_000 }],
  ["$40,000", { locale: "en-CA" }, { valueMin: 40_000, valueMax: 40_000, currency: "CAD" }],
  ["₹ 12 lakh", {}, { valueMin: 1_200_000, valueMax: 1_200_000, currency: "INR" }],
  ["to be agreed", {}, {}],
] as const) {
  test(`“${quote}” ${JSON.stringify(format)} is read without guessing`, () => {
    const written = { field: "estimatedValue", value: quote, quote, type: "money" as const, format };
    const { unclear, ...read } = readAmount(written, AS_THE_PAGE_SAYS);

    expect(read).toEqual(expected);
    expect(unclear).toHaveLength("valueMin" in expected && !("currency" in expected) ? 1 : 0);
  });
}

test("what a person sets for the portal comes first, then what its country always uses, then nothing", () => {
  expect(readingFor("https://procurement.ohio.gov/list")).toEqual({
    timezone: null,
    dateOrder: "mdy",
    currency: "USD",
  });
  expect(readingFor("https://vergabe.example.de/")).toEqual({ timezone: null, dateOrder: "dmy", currency: null });
  expect(readingFor("https://anbud.example.se/")).toMatchObject({ currency: "SEK" });
  expect(readingFor("https://tenders.example.ca/")).toEqual({ timezone: null, dateOrder: null, currency: "CAD" });
  expect(readingFor("https://tenders.example.io/")).toEqual(AS_THE_PAGE_SAYS);
  expect(readingFor("http://127.0.0.1:8080/")).toEqual(AS_THE_PAGE_SAYS);
  expect(readingFor("https://a.gov/", undefined, { currency: "CAD" }, { currency: "EUR", timezone: "UTC" })).toEqual({
    ...{ timezone: "UTC", dateOrder: "mdy", currency: "CAD" },
  });
});

for (const [text, label, codes] of [
  ["45233141-9", "CPV", ["CPV:45233141"]],
  ["CPV: 72212900-8, 48000000-8", "Details", ["CPV:72212900", "CPV:48000000"]],
  ["CPV 45000000 and NAICS 541512, UNSPSC 81112200", "Codes", ["CPV:45000000", "NAICS:541512", "UNSPSC:81112200"]],
  ["541512 - Computer Systems Design", "NAICS code", ["NAICS:541512"]],
  ["45233141-9", "Category", ["CPV:45233141"]],
  ["45233141", "Category", []],
  ["45233141-9", "Phone", []],
  ["CPV: 99000000-1", "Details", []],
  ["CPV: 45003141-9", "Details", []],
  ["NAICS 991512", "Details", []],
  ["UNSPSC 05112200", "Details", []],
  ["Call 0123-45233141-9", "CPV", []],
] as const) {
  test(`“${text}” under “${label}” names ${codes.join(", ") || "no code"}`, () => {
    expect(classificationsIn(text, label, label === "Category").map(codeOf)).toEqual(codes);
  });
}
