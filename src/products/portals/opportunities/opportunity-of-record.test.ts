import { expect, test } from "vitest";
import type { Evidence, HarvestedRecord } from "#engines/harvest";
import type { OpportunityColumns } from "./opportunity-columns.ts";
import { keysOf, ListCensus } from "./opportunity-identity.ts";
import { opportunityOf } from "./opportunity-of-record.ts";
import { amountsOf, documentTypeOf, endOfInterval, solicitationTypeIn } from "./values/plain-values.ts";

const NOW = new Date("2026-01-02T00:00:00Z");
const SEEN = new Date("2026-01-01T12:00:00Z");

const columns: OpportunityColumns = {
  list: new Map([
    ["title", { name: "Project", type: "text", confidence: 1 }],
    ["referenceNumber", { name: "No.", type: "reference", confidence: 1 }],
    ["postedDate", { name: "Period", type: "date", confidence: 0.8 }],
    ["closingDate", { name: "Period", type: "date", confidence: 0.8 }],
    ["estimatedValue", { name: "Budget", type: "money", confidence: 0.9 }],
    ["status", { name: "State", type: "status", confidence: 1 }],
  ]),
  detail: new Map([["contactEmail", { name: "Contact", type: "email", confidence: 0.7 }]]),
  listDocuments: [],
  detailDocuments: ["Documents"],
  types: new Map([
    ["Project", "text"],
    ["No.", "reference"],
  ]),
  recipeConfidence: 0.9,
  unsure: [],
};

function evidence(quote: string): Evidence {
  return { artifact: "a".repeat(64), url: "https://example.org/list", path: "/html[1]/td[1]", quote, capturedAt: SEEN };
}

const record: HarvestedRecord = {
  id: "run/1/1",
  page: 1,
  text: "RFP-7 Bridge repair 1 Jan – 31 Jan $2m – $5m open",
  links: ["https://example.org/7"],
  fields: {
    Project: "Bridge repair",
    "No.": "RFP-7",
    Period: "2026-01-01/2026-01-31",
    Budget: "2000000..5000000 USD",
    State: "open",
  },
  evidence: {
    Project: evidence("Bridge repair"),
    "No.": evidence("RFP-7"),
    Period: evidence("1 Jan – 31 Jan"),
    Budget: evidence("$2m – $5m"),
    State: evidence("open"),
  },
  unverified: [],
  status: "verified",
  key: "key",
  detail: {
    url: "https://example.org/7",
    fields: { Contact: "buyer@example.org", Documents: ["https://example.org/a.pdf", "https://example.org/b.docx"] },
    evidence: { Contact: [evidence("buyer@example.org")], Documents: [evidence("a.pdf"), evidence("b.docx")] },
    unverified: [],
  },
};

test("a record becomes an opportunity, normalised, with the words and the place of every value", () => {
  const found = opportunityOf(record, columns, NOW, { timezone: null, dateOrder: null, currency: "USD" });

  expect(found?.opportunity).toEqual({
    title: "Bridge repair",
    referenceNumber: "RFP-7",
    opportunityType: "RFP",
    status: "Open",
    postedDate: "2026-01-01",
    closingDate: "2026-01-31",
    estimatedValue: "$2m – $5m",
    valueMin: 2_000_000,
    valueMax: 5_000_000,
    currency: "USD",
    contactEmail: "buyer@example.org",
    detailUrl: "https://example.org/7",
    documents: [
      { name: "a.pdf", url: "https://example.org/a.pdf", type: "PDF" },
      { name: "b.docx", url: "https://example.org/b.docx", type: "DOCX" },
    ],
    rawText: record.text,
    confidence: expect.any(Number),
    extractedAt: SEEN.toISOString(),
  });
  expect(found?.raw).toMatchObject({ closingDate: "1 Jan – 31 Jan", opportunityType: "RFP-7" });
  expect(found?.evidence["documents"]).toHaveLength(2);
  expect(found?.evidence["closingDate"]?.[0]).toMatchObject({ artifact: "a".repeat(64), quote: "1 Jan – 31 Jan" });
});

test("an amount whose currency nobody tells has none, and says so", () => {
  const found = opportunityOf(record, columns, NOW);

  expect(found?.opportunity).toMatchObject({ valueMin: 2_000_000, valueMax: 5_000_000, estimatedValue: "$2m – $5m" });
  expect(found?.opportunity).not.toHaveProperty("currency");
  expect(found?.unclear).toMatchObject([{ field: "estimatedValue", reason: "currency", quote: "$2m – $5m" }]);
});

test("a day that could be two stays open, with its words and its place", () => {
  const open: OpportunityColumns = {
    ...columns,
    list: new Map([
      ["title", { name: "Project", type: "text", confidence: 1 }],
      ["closingDate", { name: "Due", type: "date", confidence: 1, format: { order: "mdy", orderIsGuess: true } }],
    ]),
  };
  const due = {
    ...record,
    fields: { ...record.fields, Due: "2026-03-04" },
    evidence: { ...record.evidence, Due: evidence("03/04/2026") },
  };
  const found = opportunityOf(due, open, NOW);
  const told = opportunityOf(due, open, NOW, { timezone: "Europe/Paris", dateOrder: "dmy", currency: null });

  expect(found?.opportunity).not.toHaveProperty("closingDate");
  expect(found?.raw["closingDate"]).toBe("03/04/2026");
  expect(found?.evidence["closingDate"]).toHaveLength(1);
  expect(found?.unclear).toMatchObject([{ field: "closingDate", reason: "date_order" }]);
  expect(told?.opportunity.closingDate).toBe("2026-04-03");
  expect(told?.closesAt?.toISOString()).toBe("2026-04-03T21:59:59.000Z");
});

test("codes of a record and of its own page are kept with the place they stand at", () => {
  const codes = evidence("45233141-9 Road maintenance works");
  const found = opportunityOf(
    {
      ...record,
      evidence: { ...record.evidence, "CPV codes": codes },
      detail: { ...record.detail!, evidence: { NAICS: [evidence("541512")] } },
    },
    columns,
    NOW,
  );

  expect(found?.opportunity.classifications).toEqual([
    { scheme: "CPV", id: "45233141", description: "Road maintenance works" },
    { scheme: "NAICS", id: "541512" },
  ]);
  expect(found?.evidence["classifications"]).toMatchObject([{ quote: codes.quote }, { quote: "541512" }]);
});

test("a document is called by the words of its link, which stand where its address does", () => {
  const place = (path: string, quote: string) => ({ ...evidence(quote), path });
  const detail = {
    ...record.detail!,
    evidence: {
      Documents: [
        { ...place("/a[1]", "a.pdf"), attribute: "href" },
        { ...place("/a[2]", "b.docx"), attribute: "href" },
      ],
      "document names": [place("/a[1]", "Terms of contract"), place("/a[2]", "Price sheet")],
    },
  };

  expect(opportunityOf({ ...record, detail }, columns, NOW)?.opportunity.documents).toMatchObject([
    { name: "Terms of contract", type: "PDF" },
    { name: "Price sheet", type: "DOCX" },
  ]);
});

test("the list's value stands, unless the record's own page adds the hour to the same day", () => {
  const both: OpportunityColumns = {
    ...columns,
    detail: new Map([["closingDate", { name: "Closes", type: "datetime", confidence: 1 }]]),
  };
  const closing = (closes: string) =>
    opportunityOf(
      {
        ...record,
        fields: { ...record.fields, Period: "2026-01-31" },
        detail: { ...record.detail!, fields: { Closes: closes }, evidence: { Closes: [evidence(closes)] } },
      },
      both,
      NOW,
    )?.opportunity.closingDate;

  expect(closing("2026-01-31T12:00Z")).toBe("2026-01-31T12:00Z");
  expect(closing("2026-02-03T12:00Z")).toBe("2026-01-31");
});

test("a value that was not found again is not there, and the opportunity is marked and less sure", () => {
  const fields = { ...record.fields, Budget: "" };
  const doubtful = opportunityOf({ ...record, fields, unverified: ["Budget"], status: "unverified" }, columns, NOW);
  const sure = opportunityOf(record, columns, NOW);

  expect(doubtful?.opportunity).not.toHaveProperty("estimatedValue");
  expect(doubtful?.verification).toBe("unverified");
  expect(doubtful?.opportunity.confidence).toBeLessThan(sure?.opportunity.confidence ?? 0);
});

test("without a column for titles the longest text is the title; without any text there is no opportunity", () => {
  const untitled = { ...columns, list: new Map([...columns.list].filter(([field]) => field !== "title")) };

  expect(opportunityOf(record, untitled, NOW)?.opportunity.title).toBe("Bridge repair");
  expect(opportunityOf({ ...record, fields: {}, evidence: {}, detail: null }, columns, NOW)).toBeNull();
});

test("a reference identifies, however it is written", () => {
  const opportunity = opportunityOf(record, columns, NOW)!.opportunity;
  const surest = (said: Partial<typeof opportunity>) => keysOf({ ...opportunity, ...said }, new ListCensus())[0];

  expect(surest({ referenceNumber: "rfp – 7" })).toBe(surest({}));
  expect(surest({ title: "Bridge repair (amended)" })).toBe(surest({}));
  expect(surest({ referenceNumber: "RFP-8" })).not.toBe(surest({}));
});

test("a reference that several titles share does not identify alone", () => {
  const lotOne = { ...opportunityOf(record, columns, NOW)!.opportunity, title: "Lot 1" };
  const lotTwo = { ...lotOne, title: "Lot 2" };
  const census = new ListCensus();
  [lotOne, lotTwo, lotOne].forEach((each) => census.note(each));
  const keys = (each: typeof lotOne) => keysOf(each, census);

  expect(keys(lotOne).filter((key) => keys(lotTwo).includes(key))).toEqual([]);
  expect(keys(lotOne)[0]).toBe(keys({ ...lotOne, closingDate: "2027-01-01" })[0]);
});

test("without a reference and a page of its own, title and date identify", () => {
  const opportunity = {
    title: "Bridge repair",
    postedDate: "2026-01-01",
    confidence: 1,
    extractedAt: SEEN.toISOString(),
  };
  const surest = (said: Partial<typeof opportunity>) => keysOf({ ...opportunity, ...said }, new ListCensus())[0];

  expect(surest({ title: "BRIDGE  repair" })).toBe(surest({}));
  expect(surest({ postedDate: "2025-01-01" })).not.toBe(surest({}));
});

test("amounts, intervals, kinds and endings are read from normal forms", () => {
  expect(amountsOf("12500.50 EUR")).toEqual({ valueMin: 12_500.5, valueMax: 12_500.5, currency: "EUR" });
  expect(amountsOf("1..2")).toEqual({ valueMin: 1, valueMax: 2 });
  expect(amountsOf("about a million")).toEqual({});
  expect([endOfInterval("A/B", "first"), endOfInterval("A/B", "last"), endOfInterval("A", "last")]).toEqual([
    "A",
    "B",
    "A",
  ]);
  expect([
    solicitationTypeIn("RFP-2024-1"),
    solicitationTypeIn("Invitation ITB 12"),
    solicitationTypeIn("Wharf repair"),
  ]).toEqual(["RFP", "ITB", null]);
  expect([
    documentTypeOf("x", "https://a.org/f.PDF?x=1"),
    documentTypeOf("plan.xlsx", "https://a.org/get?id=1"),
    documentTypeOf("x", "https://a.org/"),
  ]).toEqual(["PDF", "XLSX", undefined]);
});
