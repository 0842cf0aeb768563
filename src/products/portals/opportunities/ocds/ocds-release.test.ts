import { expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import type { Opportunity } from "../opportunity.ts";
import { day, found, openOpportunities } from "../testing.ts";
import { releaseOf } from "./ocds-release.ts";

const db = await useTestDatabase();
const { see, all, desk, setTime } = openOpportunities(db);
const publisher = { prefix: "ocds-a1b2c3", name: "Elmfield" };

test("a rich opportunity is a release with buyer, period, value, items and documents", async () => {
  const stored = await one({
    ...{
      title: "Road repair",
      referenceNumber: "T-1",
      description: "All roads",
      status: "Open",
      opportunityType: "ITB",
    },
    ...{ agency: "City of Elmfield", contactEmail: "buyer@example.org", contactName: "Ann Lee" },
    ...{ postedDate: "2026-01-10", closingDate: "2026-02-01T12:00+01:00", estimatedValue: "€1m – €2m" },
    ...{ valueMin: 1_000_000, valueMax: 2_000_000, currency: "EUR", detailUrl: "https://example.org/t/1" },
    documents: [{ name: "Terms", url: "https://example.org/a b.pdf", type: "PDF" }],
    classifications: [
      { scheme: "CPV", id: "45233141", description: "Road maintenance works" },
      { scheme: "CPV", id: "45000000" },
    ],
  });

  const ocid = `ocds-a1b2c3-${stored.id}`;
  const buyer = { id: expect.stringMatching(/^name-[0-9a-f]{16}$/), name: "City of Elmfield" };
  expect(releaseOf(stored, publisher)).toEqual({
    ocid,
    id: `${ocid}-${day(0).toISOString()}`,
    date: day(0).toISOString(),
    tag: ["tender"],
    initiationType: "tender",
    parties: [{ ...buyer, roles: ["buyer"], contactPoint: { name: "Ann Lee", email: "buyer@example.org" } }],
    buyer,
    tender: {
      ...{
        id: "T-1",
        title: "Road repair",
        description: "All roads",
        status: "active",
        procurementMethodDetails: "ITB",
      },
      value: { amount: 2_000_000, currency: "EUR" },
      minValue: { amount: 1_000_000, currency: "EUR" },
      mainProcurementCategory: "works",
      tenderPeriod: { endDate: "2026-02-01T11:00:00.000Z" },
      items: [
        {
          id: "1",
          description: "Road maintenance works",
          classification: { scheme: "CPV", id: "45233141", description: "Road maintenance works" },
          additionalClassifications: [{ scheme: "CPV", id: "45000000" }],
        },
      ],
      documents: [
        {
          id: "notice",
          documentType: "tenderNotice",
          url: "https://example.org/t/1",
          datePublished: "2026-01-10T00:00:00Z",
        },
        { id: "document-1", title: "Terms", url: "https://example.org/a%20b.pdf", format: "application/pdf" },
      ],
    },
  });
});

test("an opportunity with a title alone is a release with a title alone", async () => {
  const stored = await one({ title: "Something" });

  expect(releaseOf(stored, publisher)).toMatchObject({
    tag: ["tender"],
    tender: { id: stored.id, title: "Something" },
  });
  expect(Object.keys(releaseOf(stored, publisher))).toEqual(["ocid", "id", "date", "tag", "initiationType", "tender"]);
  expect(releaseOf(stored, publisher)["tender"]).toEqual({ id: stored.id, title: "Something" });
});

for (const [said, expected] of [
  [{ closingDate: "2026-02-01" }, { tenderPeriod: { endDate: "2026-02-01T23:59:59Z" } }],
  [{ closingDate: "2026-02-01T12:00" }, {}],
  [{ valueMin: 5, valueMax: 5 }, { value: { amount: 5 } }],
  [{ valueMin: 5, currency: "EUR" }, { minValue: { amount: 5, currency: "EUR" } }],
  [{ detailUrl: "javascript:alert(1)" }, {}],
  [{ documents: [{ name: "X", url: "not an address" }] }, { documents: [{ id: "document-1", title: "X" }] }],
  [{ referenceNumber: " " }, {}],
  [{ valueMax: 5, currency: "XCG" }, { value: { amount: 5 } }],
  [{ status: "Zuschlag" }, { status: "complete" }],
  [{ status: "Something else" }, {}],
] as const satisfies readonly (readonly [Partial<Opportunity>, object])[]) {
  test(`${JSON.stringify(said)} is ${JSON.stringify(expected)}`, async () => {
    const stored = await one(said as Partial<Opportunity>);

    expect(releaseOf(stored, publisher)["tender"]).toEqual({ id: stored.id, title: "Bridge repair", ...expected });
  });
}

test("a later state is another release of the same process, and a cancelled tender says so", async () => {
  const first = releaseOf(await one({ referenceNumber: "T-1" }), publisher);
  await see(day(1), [found({ referenceNumber: "T-1", status: "Open" })]);
  const second = releaseOf((await all())[0]!, publisher);
  await see(day(2), [found({ referenceNumber: "T-1", status: "Cancelled" })]);
  const third = releaseOf((await all())[0]!, publisher);

  expect(new Set([first, second, third].map(({ ocid }) => ocid)).size).toBe(1);
  expect(new Set([first, second, third].map(({ id }) => id)).size).toBe(3);
  expect([first, second, third].map(({ tag }) => tag)).toEqual([["tender"], ["tenderUpdate"], ["tenderCancellation"]]);
});

test("what a person corrected is what is published, under an id of its own", async () => {
  const before = await one({ closingDate: "2026-02-01", agency: "Elmfield" });
  setTime(day(3));
  const after = await desk.decide(
    before.id,
    { kind: "correct", fields: { closingDate: "2026-02-09", agency: null } },
    { by: "ann" },
  );
  const release = releaseOf(after, publisher);

  expect(release).toMatchObject({
    date: day(3).toISOString(),
    tender: { tenderPeriod: { endDate: "2026-02-09T23:59:59Z" } },
  });
  expect(release).not.toHaveProperty("buyer");
  expect(release["id"]).not.toBe(releaseOf(before, publisher)["id"]);
});

async function one(said: Partial<Opportunity>) {
  const { closingDate } = said;
  const closesAt = closingDate !== undefined && /[Z+]/.test(closingDate.slice(10)) ? new Date(closingDate) : null;
  await see(day(0), [found(said, { closesAt })]);
  return (await all())[0]!;
}
