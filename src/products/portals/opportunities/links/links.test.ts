import { expect, test } from "vitest";
import { useTestDatabase } from "#platform/storage/testing";
import type { Opportunity } from "../opportunity.ts";
import { day, found, opportunity, openOpportunities } from "../testing.ts";
import { judgeLikeness, LINK_FROM } from "./judge-likeness.ts";
import { candidateOf } from "./link-candidate.ts";

const db = await useTestDatabase();
const { catalogue, desk, see, all, setTime } = openOpportunities(db);
const resurfacing = {
  ...{ title: "Resurfacing of Elm Street and Oak Avenue", referenceNumber: "ORK-88123", agency: "City of Elmfield" },
  ...{ closingDate: "2026-03-01", postedDate: "2026-01-10" },
};

type Said = Partial<Opportunity>;
const LIKE: readonly (readonly [string, Said, Said])[] = [
  ["the same tender under the same reference", {}, { referenceNumber: "ork 88123" }],
  ["the same tender under each portal's own number", {}, { referenceNumber: "B-17" }],
  ["a title with its reference in it", {}, { title: "ORK-88123: Resurfacing of Elm Street and Oak Avenue" }],
  ["a deadline that one portal has amended already", {}, { closingDate: "2026-03-15" }],
  [
    "a slip in the title",
    { referenceNumber: "" },
    { title: "Resurfacing of Elm Stret and Oak Avenue", referenceNumber: "" },
  ],
  ["another spelling", { title: "Straßenbau Müllerstraße" }, { title: "STRASSENBAU MÜLLERSTRASSE" }],
];
const UNLIKE: readonly (readonly [string, Said, Said])[] = [
  ["another lot", { title: "Resurfacing, Lot 1" }, { title: "Resurfacing, Lot 2" }],
  ["a lot with a letter", { title: "Resurfacing works lot A" }, { title: "Resurfacing works lot D" }],
  ["a lot in Roman numbers", { title: "School roof phase II" }, { title: "School roof phase III" }],
  ["another year", { title: "Winter service 2025/26" }, { title: "Winter service 2026/27" }],
  [
    "the same title a year later",
    { referenceNumber: "" },
    { referenceNumber: "", closingDate: "2027-03-01", postedDate: "2027-01-10" },
  ],
  ["another street", {}, { title: "Resurfacing of Elm Street and Pine Avenue", referenceNumber: "ORK-88124" }],
  ["the other side", { title: "Pier repair North" }, { title: "Pier repair South" }],
  [
    "another buyer's tender of the same name",
    { referenceNumber: "" },
    { referenceNumber: "", agency: "Port of Ashby", closingDate: "2026-03-09" },
  ],
  [
    "a number that many give",
    { referenceNumber: "2026-001" },
    { referenceNumber: "2026-001", title: "School meals", agency: "Port of Ashby" },
  ],
  [
    "a title and nothing else",
    { title: "Cleaning", agency: undefined, referenceNumber: "" } as Said,
    { title: "Cleaning", referenceNumber: "", closingDate: undefined } as Said,
  ],
];

for (const [name, one, other] of LIKE) {
  test(`${name} is linked`, () => {
    expect(likeness(one, { ...one, ...other }).confidence).toBeGreaterThanOrEqual(LINK_FROM);
  });
}
for (const [name, one, other] of UNLIKE) {
  test(`${name} is not linked`, () => {
    expect(likeness(one, { ...one, ...other }).confidence).toBeLessThan(LINK_FROM);
  });
}

test("two portals with one tender have two entries and a link that says why", async () => {
  await see(day(0), [found(resurfacing)]);
  await see(day(0), [found({ ...resurfacing, agency: "Elmfield" })], { portalId: "other" });
  const [one, two] = await all();
  const [linked] = await catalogue.linksOf(one?.id ?? "");

  expect(linked?.other.id).toBe(two?.id);
  expect(linked?.link).toMatchObject({ state: "linked", decidedBy: null });
  expect(linked?.link.confidence).toBeGreaterThan(0.95);
  expect(linked?.link.reasons.map(({ text }) => text)).toEqual(
    expect.arrayContaining(["Same reference: ORK88123", "Same closing date: 2026-03-01"]),
  );
});

test("portals whose jobs end at the same moment do not miss each other", async () => {
  await see(day(0), [found({ title: "Something else" })]);
  await see(day(0), [found({ title: "Something other" })], { portalId: "other" });
  const tenders = NAMES.map((name) =>
    found({ ...resurfacing, title: `Supply of ${name} for schools`, referenceNumber: "" }),
  );
  await Promise.all(
    ["portal", "other"].map((portalId) => see(day(1), tenders, { portalId, jobId: `at-once-${portalId}` })),
  );

  expect(await links()).toHaveLength(NAMES.length);
});

test("what stands in one list at the same time is never linked, however alike", async () => {
  const lot = (referenceNumber: string) => found({ ...resurfacing, referenceNumber });
  await see(day(0), [lot("A-1"), lot("A-2"), lot("A-3")]);

  expect(await links()).toEqual([]);
});

test("an entry that comes back under another title is linked with the one that had gone", async () => {
  const { title, agency, closingDate, postedDate } = resurfacing;
  const unnumbered = { title, agency, closingDate, postedDate };
  await see(day(0), [found(unnumbered)], { isWhole: true });
  await see(day(1), [found({ ...unnumbered, title: `RFP: ${unnumbered.title}`, postedDate: "2026-01-11" })], {
    isWhole: true,
  });

  expect(await all()).toHaveLength(2);
  expect(await links()).toHaveLength(1);
});

test("a person splits or confirms a link, both entries remember it, and no later run undoes it", async () => {
  setTime(day(1));
  await see(day(0), [found(resurfacing)]);
  await see(day(0), [found(resurfacing)], { portalId: "other" });
  const [linked] = await links();
  await desk.decideLink(linked?.id ?? "", "split", { by: "ann", note: "two buyers" });
  await see(day(2), [found({ ...resurfacing, description: "More words" })], { portalId: "other" });

  const [one, two] = await all();
  expect((await catalogue.linksOf(one?.id ?? ""))[0]?.link).toMatchObject({
    state: "split",
    decidedBy: "ann",
    note: "two buyers",
  });
  const { items } = await catalogue.history({ kinds: ["link_split"], limit: 10 });
  expect(items.map(({ opportunityId, actor }) => [opportunityId, actor]).sort()).toEqual(
    [
      [one?.id, "ann"],
      [two?.id, "ann"],
    ].sort(),
  );
  await desk.decideLink(linked?.id ?? "", "confirmed", { by: "bob" });
  await expect(desk.decideLink(linked?.id ?? "", "confirmed", { by: "bob" })).rejects.toMatchObject({
    code: "link_decided",
  });
  await expect(desk.decideLink(one?.id ?? "", "split", { by: "bob" })).rejects.toMatchObject({
    code: "link_not_found",
  });
});

test("a link falls when what was shared no longer is, and stands again when it is", async () => {
  await see(day(0), [found({ ...resurfacing, referenceNumber: "X-7001" })]);
  await see(day(0), [found({ ...resurfacing, referenceNumber: "Y-9002" })], { portalId: "other" });
  expect(await links()).toHaveLength(1);
  await see(day(1), [found({ ...resurfacing, referenceNumber: "Y-9002", closingDate: "2026-09-09" })], {
    portalId: "other",
  });
  expect(await links()).toEqual([]);
  await see(day(2), [found({ ...resurfacing, referenceNumber: "Y-9002" })], { portalId: "other" });

  expect(await links()).toHaveLength(1);
});

test("undecided links come the least sure first, page by page", async () => {
  const tender = (number: number, said: Said = {}) =>
    found({
      ...resurfacing,
      title: `Supply of ${NAMES[number] ?? ""} for schools`,
      referenceNumber: `QX-${number}7351`,
      ...said,
    });
  await see(
    day(0),
    NAMES.map((_, number) => tender(number)),
  );
  await see(
    day(0),
    NAMES.map((_, number) => tender(number, number % 2 ? { referenceNumber: `Z${number}` } : {})),
    { portalId: "other" },
  );
  const first = await catalogue.undecidedLinks({ limit: 3 });
  const last = first.at(-1)?.link;
  const rest = await catalogue.undecidedLinks({ limit: 10, after: [last?.confidence ?? 0, last?.id ?? ""] });
  const sure = [...first, ...rest].map(({ link }) => link.confidence);

  expect(sure).toHaveLength(NAMES.length);
  expect(sure).toEqual([...sure].sort((a, b) => a - b));
  expect(first[0]?.entries).toHaveLength(2);
});

const NAMES = ["copper kettles", "wooden benches", "velvet curtains", "garden hoses", "ceramic tiles"];

test("the work grows with what is new: a thousand like titles are not compared with each other", async () => {
  const many = Array.from({ length: 300 }, (_, number) =>
    found({ title: "Website maintenance", referenceNumber: `R-${number}-${number * 7}`, closingDate: "2026-03-01" }),
  );
  await see(day(0), many);
  await see(day(0), many.slice(0, 20), { portalId: "other" });
  const { rows } = await db
    .selectFrom("opportunity_link")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .execute()
    .then((counted) => ({ rows: counted }));

  expect(Number(rows[0]?.count)).toBeLessThanOrEqual(40);
});

function likeness(one: Said, other: Said) {
  const dates = { firstSeenAt: day(0), lastSeenAt: day(0) };
  const [a, b] = [one, other].map((said, at) =>
    candidateOf(opportunity({ ...resurfacing, ...said }), { id: String(at), portalId: `portal-${at}`, ...dates }),
  );
  if (!a || !b) throw new Error("Two are compared.");
  return judgeLikeness(a, b);
}

async function links() {
  return (await catalogue.undecidedLinks({ limit: 100 })).map(({ link }) => link);
}
