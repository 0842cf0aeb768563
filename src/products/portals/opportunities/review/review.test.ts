import { expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import { day, found, openOpportunities } from "../testing.ts";

const db = await useTestDatabase();
const { catalogue, desk, see, all, setTime } = openOpportunities(db);
const bridge = { referenceNumber: "T-1", closingDate: "2026-02-01", status: "Open" };
const ann = { by: "user:ann" };

test("what is not sure waits for a person, the least sure first, and says why", async () => {
  await see(day(0), [
    found({ title: "Sure", confidence: 0.9 }),
    found({ title: "Unsure", confidence: 0.4 }, { fieldConfidence: { title: 0.9, closingDate: 0.4 } }),
    found({ title: "Unverified", confidence: 0.45 }, { verification: "unverified" }),
    found(
      { title: "Open" },
      { unclear: [{ field: "closingDate", reason: "date_order", quote: "1/2/26", message: "Either." }] },
    ),
    found(
      { title: "No zone" },
      { unclear: [{ field: "closingDate", reason: "time_zone", quote: "12:00", message: "Zone." }] },
    ),
  ]);
  const { items } = await catalogue.list({ review: "waiting" }, { sort: "confidence", limit: 10 });

  expect(items.map(({ opportunity }) => opportunity.title)).toEqual(["Unsure", "Unverified", "Open"]);
  expect(items.map(({ review }) => review.reasons[0])).toEqual([
    "It is not sure that this is the closing date.",
    "A value could not be found again in the stored page.",
    "Either.",
  ]);
});

test("the threshold is the caller's: none asks a person about nothing, all about everything", async () => {
  await see(day(0), [found({ title: "One", confidence: 0.2 })], { reviewBelow: 0 });
  await see(day(0), [found({ title: "Two", confidence: 0.99 })], { reviewBelow: 1 });

  expect(await waiting()).toEqual(["Two"]);
});

test("what was accepted is not asked about again until the page says something else", async () => {
  setTime(day(1));
  const unsure = { ...bridge, confidence: 0.3 };
  await see(day(0), [found(unsure)]);
  const id = (await all())[0]?.id ?? "";
  await desk.decide(id, { kind: "accept" }, ann);
  await see(day(2), [found({ ...unsure, confidence: 0.2 })]);
  expect((await all())[0]?.review).toMatchObject({ state: "accepted", by: "user:ann", at: day(1) });
  await see(day(3), [found({ ...unsure, closingDate: "2026-04-01" })]);

  expect(await waiting()).toEqual(["Bridge repair"]);
});

test("a correction stands beside what the page says, and counts in lists", async () => {
  await see(day(0), [found(bridge)]);
  const id = (await all())[0]?.id ?? "";
  await desk.decide(
    id,
    { kind: "correct", fields: { closingDate: "2026-02-11T12:00Z", status: null } },
    { ...ann, note: "by phone" },
  );
  const [known] = await all();

  expect(known?.opportunity).toMatchObject(bridge);
  expect(known?.corrections).toMatchObject({
    closingDate: { value: "2026-02-11T12:00Z", observed: "2026-02-01", by: "user:ann", note: "by phone" },
    status: { value: null, observed: "Open" },
  });
  expect(known?.closesAt?.toISOString()).toBe("2026-02-11T12:00:00.000Z");
  const titles = async (filter: Parameters<typeof catalogue.count>[0]) => catalogue.count(filter);
  expect(await titles({ closingFrom: "2026-02-10" })).toBe(1);
  expect(await titles({ status: "Open" })).toBe(0);
  const { items } = await catalogue.history({ opportunityId: id, kinds: ["corrected"], limit: 10 });
  expect(
    items.map(({ field, actor, note, before, after }) => [field, actor, note, before?.value, after?.value]),
  ).toEqual([
    ["status", "user:ann", "by phone", "Open", null],
    ["closingDate", "user:ann", "by phone", "2026-02-01", "2026-02-11T12:00Z"],
  ]);
});

test("a correction survives later runs; when the page changes its word, a person is asked again", async () => {
  await see(day(0), [found(bridge)]);
  const id = (await all())[0]?.id ?? "";
  await desk.decide(id, { kind: "correct", fields: { closingDate: "2026-02-11" } }, ann);
  await see(day(1), [found(bridge)]);
  expect((await all())[0]).toMatchObject({
    review: { state: "corrected" },
    corrections: { closingDate: { value: "2026-02-11" } },
  });
  await see(day(2), [found({ ...bridge, closingDate: "2026-02-20" })]);
  const [known] = await all();

  expect(known?.opportunity.closingDate).toBe("2026-02-20");
  expect(known?.corrections["closingDate"]?.value).toBe("2026-02-11");
  expect(known?.review).toMatchObject({ state: "waiting" });
  expect(known?.review.reasons[0]).toContain("it now says “2026-02-20”");
});

test("a page that comes to say what a person said is no reason to ask", async () => {
  await see(day(0), [found(bridge)]);
  await desk.decide((await all())[0]?.id ?? "", { kind: "correct", fields: { closingDate: "2026-02-11" } }, ann);
  await see(day(1), [found({ ...bridge, closingDate: "2026-02-11" })]);

  expect((await all())[0]?.review.state).toBe("corrected");
});

test("a correction is taken back, and the page's value counts again", async () => {
  await see(day(0), [found(bridge)]);
  const id = (await all())[0]?.id ?? "";
  await desk.decide(id, { kind: "correct", fields: { status: "Closed" } }, ann);
  await desk.decide(id, { kind: "withdraw", field: "status" }, { by: "user:bob" });

  expect(await catalogue.count({ status: "Open" })).toBe(1);
  await expect(desk.decide(id, { kind: "withdraw", field: "status" }, ann)).rejects.toMatchObject({
    code: "not_corrected",
  });
});

test("what was rejected is in no list but that of the rejected", async () => {
  await see(day(0), [found({ title: "Site navigation", confidence: 0.2 })]);
  await desk.decide((await all())[0]?.id ?? "", { kind: "reject" }, ann);

  expect(await all()).toEqual([]);
  expect(await catalogue.count({ review: "rejected" })).toBe(1);
});

for (const [field, value, words] of [
  ["closingDate", "tomorrow", "ISO 8601"],
  ["closingDate", "2026-02-31T99:00", "no such day"],
  ["currency", "euro", "ISO 4217"],
  ["valueMax", "many", "number"],
  ["detailUrl", "javascript:alert(1)", "http"],
  ["title", null, "reject"],
  ["confidence", 1, "only these"],
  ["__proto__", "x", "only these"],
] as const) {
  test(`${field} cannot be corrected to ${value}`, async () => {
    await see(day(0), [found(bridge)]);
    const fields = Object.fromEntries([[field, value]]);
    const decided = desk.decide((await all())[0]?.id ?? "", { kind: "correct", fields }, ann);

    await expect(decided).rejects.toMatchObject({ code: "bad_correction", message: expect.stringContaining(words) });
  });
}

test("a decision about nothing is refused", async () => {
  const decided = desk.decide("01a1fc40-8073-72c6-95e5-da7e8db1ce56", { kind: "accept" }, ann);

  await expect(decided).rejects.toMatchObject({ code: "opportunity_not_found" });
});

async function waiting() {
  const { items } = await catalogue.list({ review: "waiting" }, { sort: "confidence", limit: 10 });
  return items.map(({ opportunity }) => opportunity.title);
}
