import { beforeEach, expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import { newPortal } from "../portals/portal.ts";
import { PortalStore } from "../portals/portal-store.ts";
import { ScrapeJobStore } from "../scrape-jobs/scrape-job-store.ts";
import type { FoundOpportunity, Opportunity } from "./opportunity.ts";
import { OpportunityCatalogue } from "./opportunity-catalogue.ts";
import { OpportunityStore } from "./opportunity-store.ts";

const MONDAY = new Date("2026-01-05T08:00:00Z");
const TUESDAY = new Date("2026-01-06T08:00:00Z");
const db = await useTestDatabase();
const store = new OpportunityStore(db);
const catalogue = new OpportunityCatalogue(store);
const bridge: Opportunity = {
  title: "Bridge repair",
  referenceNumber: "T-1",
  closingDate: "2026-02-01",
  confidence: 0.9,
  extractedAt: MONDAY.toISOString(),
};

beforeEach(async () => {
  await new PortalStore(db).add(newPortal("portal", "https://example.org/list", MONDAY));
  const jobs = new ScrapeJobStore(db);
  const request = { url: "https://example.org/list", portalId: "portal", configuration: {} };
  const nothing = () => Promise.resolve();
  for (const id of ["monday", "tuesday"])
    await jobs.add({ id, request, requestHash: "hash", now: MONDAY }, nothing, nothing);
});

test("what is seen again is the same opportunity, seen since the first day", async () => {
  await note("monday", MONDAY, bridge);
  await note("tuesday", TUESDAY, { ...bridge, extractedAt: TUESDAY.toISOString() });
  const [known, ...others] = await all();

  expect(others).toEqual([]);
  expect(known).toMatchObject({ firstSeenAt: MONDAY, lastSeenAt: TUESDAY, changedAt: MONDAY });
});

test("a change is kept with its day, and each job keeps what it saw", async () => {
  await note("monday", MONDAY, bridge);
  await note("tuesday", TUESDAY, { ...bridge, closingDate: "2026-03-01" });
  const [known] = await all();

  expect(known).toMatchObject({ opportunity: { closingDate: "2026-03-01" }, changedAt: TUESDAY });
  expect(await store.seenBy("monday")).toMatchObject([{ closingDate: "2026-02-01" }]);
  expect(await store.seenBy("tuesday")).toMatchObject([{ closingDate: "2026-03-01" }]);
});

test("noting the same sightings twice changes nothing", async () => {
  await note("monday", MONDAY, bridge);
  const before = await all();
  await note("monday", MONDAY, bridge);

  expect(await all()).toEqual(before);
  expect(await store.countOf("monday")).toBe(1);
});

test("an older sighting that comes late does not turn the clock back", async () => {
  await note("tuesday", TUESDAY, bridge);
  await note("monday", MONDAY, bridge);

  expect((await all())[0]).toMatchObject({ lastSeenAt: TUESDAY });
});

test("characters that PostgreSQL cannot store are replaced", async () => {
  await note("monday", MONDAY, { ...bridge, title: "Bridge\u0000 \ud800repair", description: "a\u0000b" });

  expect((await all())[0]?.opportunity).toMatchObject({ title: "Bridge\ufffd \ufffdrepair", description: "a\ufffdb" });
});

test("opportunities without a date come last, both ways, and pages lose none", async () => {
  const dates = ["2026-02-01", undefined, "2026-01-01", undefined, "2026-03-01T12:00:00Z"];
  const { confidence, extractedAt } = bridge;
  const sightings = dates.map((closingDate, at) => ({
    ...{ title: `T${at}`, confidence, extractedAt },
    ...(closingDate === undefined ? {} : { closingDate }),
  }));
  await note("monday", MONDAY, ...sightings);
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
  await note("monday", MONDAY, { ...bridge, closingDate: "2026-01-31T14:00:00Z" });

  expect((await catalogue.list({ closingTo: "2026-01-31" }, { sort: "title", limit: 10 })).items).toHaveLength(1);
  expect((await catalogue.list({ closingTo: "2026-01-30" }, { sort: "title", limit: 10 })).items).toHaveLength(0);
});

function note(jobId: string, now: Date, ...opportunities: Opportunity[]): Promise<void> {
  const sightings = opportunities.map((opportunity, at) => ({
    identity: opportunities.length === 1 ? "T-1" : opportunity.title,
    position: at + 1,
    found: found(opportunity),
  }));
  return store.note(sightings, { portalId: "portal", jobId, runId: "run", now });
}

function found(opportunity: Opportunity): FoundOpportunity {
  return {
    opportunity,
    raw: { title: opportunity.title },
    evidence: {},
    verification: "verified",
    recordId: "run/1/1",
  };
}

async function all() {
  return (await store.list({}, { sort: "firstSeen", limit: 100 })).items;
}
