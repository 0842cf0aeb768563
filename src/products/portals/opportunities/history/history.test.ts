import { expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import { day, found, openOpportunities } from "../testing.ts";

const db = await useTestDatabase();
const { catalogue, see, all } = openOpportunities(db);
const bridge = { referenceNumber: "T-1", closingDate: "2026-02-01", agency: "City of Elm" };

test("a moved deadline is an event of its own, with the old and the new words and their places", async () => {
  await see(day(0), [found(bridge)]);
  const jobId = await see(day(1), [found({ ...bridge, closingDate: "2026-02-15" })]);
  const [amended, first] = await events();

  expect(first).toMatchObject({ kind: "first_seen", at: day(0) });
  expect(amended).toMatchObject({
    kind: "deadline_amended",
    field: "closingDate",
    at: day(1),
    jobId,
    before: { value: "2026-02-01", quote: "2026-02-01", evidence: [{ artifact: "a".repeat(64) }] },
    after: { value: "2026-02-15", quote: "2026-02-15" },
  });
});

test("a deadline that gains its hour has not moved; one that moves by an hour has", async () => {
  await see(day(0), [found(bridge)]);
  await see(day(1), [found({ ...bridge, closingDate: "2026-02-01T12:00Z" })]);
  await see(day(2), [found({ ...bridge, closingDate: "2026-02-01T13:00Z" })]);

  expect((await events()).map(({ kind }) => kind)).toEqual(["deadline_amended", "changed", "first_seen"]);
});

test("each changed field has its event, and what is gone has no new value", async () => {
  await see(day(0), [found(bridge)]);
  const { referenceNumber, closingDate } = bridge;
  await see(day(1), [found({ referenceNumber, closingDate, title: "Bridge replacement" })]);
  const changed = (await events()).filter(({ kind }) => kind === "changed");

  expect(changed.map(({ field, before, after }) => [field, before?.value, after?.value]).sort()).toEqual([
    ["agency", "City of Elm", null],
    ["title", "Bridge repair", "Bridge replacement"],
  ]);
});

test("the same words read otherwise are no change of the page", async () => {
  const words = { raw: { title: "Bridge repair", closingDate: "1/2/2026" } };
  await see(day(0), [found(bridge, words)]);
  await see(day(1), [found({ ...bridge, closingDate: "2026-01-02" }, words)]);

  expect((await events())[0]).toMatchObject({ kind: "reread", field: "closingDate" });
});

test("a value that was left open, and is settled by what a person told of the portal, is no change of the page", async () => {
  const { referenceNumber, agency } = bridge;
  const words = { raw: { title: "Bridge repair", closingDate: "1/2/2026" } };
  await see(day(0), [found({ referenceNumber, agency }, words)]);
  await see(day(1), [found(bridge, words)]);

  expect((await events())[0]).toMatchObject({
    kind: "reread",
    before: { value: null },
    after: { value: "2026-02-01" },
  });
});

test("how sure it is, when it was read and the record as a whole are no news", async () => {
  await see(day(0), [found({ ...bridge, rawText: "T-1 Bridge repair, 27 days left" })]);
  await see(day(1), [found({ ...bridge, rawText: "T-1 Bridge repair, 26 days left", confidence: 0.8 })]);

  expect(await events()).toHaveLength(1);
  expect((await all())[0]?.changedAt).toEqual(day(0));
});

test("what stood on the entry's own page stays while that page is not opened", async () => {
  const contact = { contactEmail: "buyer@example.org" };
  await see(day(0), [found({ ...bridge, ...contact }, { detailFields: ["contactEmail"], openedPage: true })]);
  await see(day(1), [found(bridge, { openedPage: false })]);
  const [known] = await all();

  expect(known?.opportunity.contactEmail).toBe("buyer@example.org");
  expect(known?.evidence["contactEmail"]).toHaveLength(1);
  await see(day(2), [found(bridge, { openedPage: true })]);
  expect((await events())[0]).toMatchObject({ kind: "changed", field: "contactEmail", after: { value: null } });
});

test("a value that could not be verified this time is not gone", async () => {
  await see(day(0), [found(bridge)]);
  const { referenceNumber, agency } = bridge;
  await see(day(1), [found({ referenceNumber, agency }, { verification: "unverified" })]);

  expect((await all())[0]?.opportunity.closingDate).toBe("2026-02-01");
  expect(await events()).toHaveLength(1);
});

test("what a whole list no longer has vanished, and it may come back", async () => {
  await see(day(0), [found(bridge), found({ title: "Harbour lights" })], { isWhole: true });
  await see(day(1), [found({ title: "Harbour lights" })], { isWhole: true });
  expect((await all()).find(({ opportunity }) => opportunity.referenceNumber)?.vanishedAt).toEqual(day(1));
  await see(day(2), [found({ title: "Harbour lights" })], { isWhole: true });
  await see(day(3), [found(bridge), found({ title: "Harbour lights" })], { isWhole: true });

  const [bridgeNow] = (await all()).filter(({ opportunity }) => opportunity.referenceNumber === "T-1");
  expect(bridgeNow?.vanishedAt).toBeNull();
  expect((await events(bridgeNow?.id)).map(({ kind }) => kind)).toEqual(["returned", "vanished", "first_seen"]);
});

test("what a list that did not come home whole does not show has not vanished", async () => {
  await see(day(0), [found(bridge)], { isWhole: true });
  await see(day(1), [found({ title: "Harbour lights" })], { isWhole: false });
  await see(day(2), [found({ title: "Other list" })], { isWhole: true, listUrl: "https://example.org/other" });

  expect((await all()).map(({ vanishedAt }) => vanishedAt)).toEqual([null, null, null]);
});

test("the history only grows", async () => {
  await see(day(0), [found(bridge)]);

  await expect(db.deleteFrom("opportunity_event").execute()).rejects.toThrow("only grows");
  await expect(db.updateTable("opportunity_event").set({ note: "x" }).execute()).rejects.toThrow("only grows");
});

test("the history of a portal comes in pages, newest first", async () => {
  await see(
    day(0),
    [1, 2, 3, 4, 5].map((number) => found({ title: `Tender ${number}` })),
  );
  const first = await catalogue.history({ portalId: "portal", limit: 3 });
  const second = await catalogue.history({ portalId: "portal", limit: 3, before: first.nextBefore ?? 0 });

  expect([...first.items, ...second.items]).toHaveLength(5);
  expect(second.nextBefore).toBeNull();
  expect((await catalogue.history({ portalId: "nowhere", limit: 3 })).items).toEqual([]);
  expect((await catalogue.history({ kinds: ["vanished"], limit: 3 })).items).toEqual([]);
});

async function events(opportunityId?: string) {
  const id = opportunityId ?? (await all())[0]?.id;
  return (await catalogue.history({ ...(id === undefined ? {} : { opportunityId: id }), limit: 100 })).items;
}
