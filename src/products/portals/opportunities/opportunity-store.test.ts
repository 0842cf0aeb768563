import { expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import { day, found, openOpportunities } from "./testing.ts";

const db = await useTestDatabase();
const { opportunities: store, catalogue, see, all } = openOpportunities(db);
const [MONDAY, TUESDAY] = [day(0), day(1)];
const bridge = { referenceNumber: "T-1", closingDate: "2026-02-01" };

test("what is seen again is the same opportunity, seen since the first day", async () => {
  await see(MONDAY, [found(bridge)]);
  await see(TUESDAY, [found({ ...bridge, extractedAt: TUESDAY.toISOString() })]);
  const [known, ...others] = await all();

  expect(others).toEqual([]);
  expect(known).toMatchObject({ firstSeenAt: MONDAY, lastSeenAt: TUESDAY, changedAt: MONDAY });
});

test("a change is kept with its day, and each job keeps what it saw", async () => {
  const monday = await see(MONDAY, [found(bridge)]);
  const tuesday = await see(TUESDAY, [found({ ...bridge, closingDate: "2026-03-01" })]);
  const [known] = await all();

  expect(known).toMatchObject({ opportunity: { closingDate: "2026-03-01" }, changedAt: TUESDAY });
  expect(await store.seenBy(monday)).toMatchObject([{ closingDate: "2026-02-01" }]);
  expect(await store.seenBy(tuesday)).toMatchObject([{ closingDate: "2026-03-01" }]);
});

test("noting the same sightings twice changes nothing", async () => {
  const jobId = await see(MONDAY, [found(bridge), found({ title: "Harbour lights" })]);
  const before = await all();
  await see(MONDAY, [found(bridge), found({ title: "Harbour lights" })], { jobId });

  expect(await all()).toEqual(before);
  expect(await store.countOf(jobId)).toBe(2);
});

test("an older sighting that comes late does not turn the clock back", async () => {
  await see(TUESDAY, [found(bridge)]);
  await see(MONDAY, [found({ ...bridge, closingDate: "2025-12-01" })]);

  expect((await all())[0]).toMatchObject({ lastSeenAt: TUESDAY, opportunity: { closingDate: "2026-02-01" } });
});

test("what a list says twice with other values is the first of them, and no change", async () => {
  await see(MONDAY, [found(bridge), found({ ...bridge, closingDate: "2026-05-05" })]);
  const [known, ...others] = await all();

  expect(others).toEqual([]);
  expect(known?.opportunity.closingDate).toBe("2026-02-01");
  expect(known?.changedAt).toEqual(MONDAY);
});

test("a reference that becomes one of several lots stays with the entry that had it", async () => {
  const lot = (title: string) => found({ title, referenceNumber: "T-7" });
  await see(MONDAY, [lot("Lot 1: roof")]);
  await see(TUESDAY, [lot("Lot 2: windows"), lot("Lot 1: roof")]);
  await see(day(2), [lot("Lot 1: roof")]);
  const known = await all();

  expect(known.map(({ opportunity: { title }, firstSeenAt, lastSeenAt }) => [title, firstSeenAt, lastSeenAt])).toEqual([
    ["Lot 1: roof", MONDAY, day(2)],
    ["Lot 2: windows", TUESDAY, TUESDAY],
  ]);
});

test("without a reference the entry's own page tells that a moved deadline is the same tender", async () => {
  const page = { detailUrl: "https://example.org/7" };
  await see(MONDAY, [found({ ...page, closingDate: "2026-02-01" })]);
  await see(TUESDAY, [found({ ...page, closingDate: "2026-02-15" })]);

  expect(await all()).toMatchObject([{ firstSeenAt: MONDAY, opportunity: { closingDate: "2026-02-15" } }]);
});

test("a page that all entries lead to identifies none of them", async () => {
  const page = { detailUrl: "https://example.org/login" };
  await see(MONDAY, [found({ ...page, title: "Roof" }), found({ ...page, title: "Windows" })]);
  await see(TUESDAY, [found({ ...page, title: "Doors" }), found({ ...page, title: "Windows" })]);

  expect((await all()).map(({ opportunity: { title } }) => title).sort()).toEqual(["Doors", "Roof", "Windows"]);
});

test("another reference on the same page is another opportunity", async () => {
  const page = { detailUrl: "https://example.org/current" };
  await see(MONDAY, [found({ ...page, referenceNumber: "T-1" })]);
  await see(TUESDAY, [found({ ...page, referenceNumber: "T-2" })]);

  expect(await all()).toHaveLength(2);
});

test("characters that PostgreSQL cannot store are replaced", async () => {
  await see(MONDAY, [found({ title: "Bridge\u0000 \ud800repair", description: "a\u0000b" })]);

  expect((await all())[0]?.opportunity).toMatchObject({ title: "Bridge\ufffd \ufffdrepair", description: "a\ufffdb" });
});

test("opportunities without a date come last, both ways, and pages lose none", async () => {
  const dates = ["2026-02-01", undefined, "2026-01-01", undefined, "2026-03-01T12:00:00Z"];
  await see(
    MONDAY,
    dates.map((closingDate, at) => found({ title: `T${at}`, ...(closingDate === undefined ? {} : { closingDate }) })),
  );
  const inOrder = async (sort: "closingDate" | "-closingDate") => {
    const seen: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const page = await catalogue.list({}, { sort, cursor, limit: 2 });
      seen.push(...page.items.map(({ opportunity }) => opportunity.closingDate?.slice(0, 10)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return seen;
  };

  expect(await inOrder("closingDate")).toEqual(["2026-01-01", "2026-02-01", "2026-03-01", undefined, undefined]);
  expect(await inOrder("-closingDate")).toEqual(["2026-03-01", "2026-02-01", "2026-01-01", undefined, undefined]);
});

test("the last day of a period belongs to it, whatever the hour", async () => {
  await see(MONDAY, [found({ ...bridge, closingDate: "2026-01-31T14:00:00Z" })]);

  expect((await catalogue.list({ closingTo: "2026-01-31" }, { sort: "title", limit: 10 })).items).toHaveLength(1);
  expect((await catalogue.list({ closingTo: "2026-01-30" }, { sort: "title", limit: 10 })).items).toHaveLength(0);
});
