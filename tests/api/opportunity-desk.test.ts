import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startListSite } from "./list-site.ts";
import { openTestApi } from "./open-test-api.ts";

const site = await startListSite();
const { api, as, portals, audit } = await openTestApi({ allowHosts: [site.host], work: true });

beforeAll(async () => {
  for (const portalId of ["north", "south"]) {
    const payload = { jobId: `job-${portalId}`, url: site.url, portalId, configuration: { reviewBelow: 1 } };
    await api.inject({ method: "POST", url: "/scrape", headers: as("operator"), payload });
  }
  for (const portalId of ["north", "south"]) {
    const look = async () => expect((await portals.desk.get(`job-${portalId}`)).status).toBe("completed");
    await vi.waitFor(look, { timeout: 60_000, interval: 100 });
  }
}, 90_000);
afterAll(() => site.close());

test("the same tender on two portals is two entries with a link that a person confirms", async () => {
  const [first] = (await get("/api/v1/opportunities?portalId=north&q=number%207&sort=-relevance")).items;
  const { items } = await get(`/api/v1/opportunities/${first.id}/links`);
  expect(items).toMatchObject([{ state: "linked", other: { portalId: "south", title: first.title } }]);
  expect(items[0].reasons[0]).toMatchObject({ speaks: "for", text: expect.stringContaining("Same") });

  const { items: queue, nextCursor } = await get("/api/v1/opportunity-links?limit=10");
  const { items: rest } = await get(`/api/v1/opportunity-links?limit=100&cursor=${nextCursor}`);
  expect(queue).toHaveLength(10);
  expect([...queue, ...rest]).toHaveLength(24);
  const decided = await send("POST", `/api/v1/opportunity-links/${items[0].id}/decision`, { state: "confirmed" });
  expect(decided.json()).toMatchObject({ state: "confirmed", decidedBy: expect.any(String) });
  const again = await send("POST", `/api/v1/opportunity-links/${items[0].id}/decision`, { state: "confirmed" });
  expect([again.statusCode, again.json().error.code]).toEqual([409, "link_decided"]);
});

test("what waits is reviewed, and every decision is in the history and in the audit", async () => {
  const { items: waiting } = await get("/api/v1/opportunities?portalId=south&review=waiting&sort=confidence&limit=500");
  const [one, two, three] = waiting;
  expect(one.review.reasons).toEqual(["It is not sure that this is the reference."]);

  const review = (id: string, body: object) => send("POST", `/api/v1/opportunities/${id}/review`, body);
  expect((await review(one.id, { decision: "accept" })).json().review.state).toBe("accepted");
  expect((await review(two.id, { decision: "reject", note: "no tender" })).json().review.state).toBe("rejected");
  const corrected = await review(three.id, {
    decision: "correct",
    fields: { closingDate: "2027-01-31" },
    note: "by phone",
  });
  expect(corrected.json()).toMatchObject({
    closingDate: three.closingDate,
    corrections: { closingDate: { value: "2027-01-31", observed: three.closingDate, note: "by phone" } },
  });

  const { items: left } = await get("/api/v1/opportunities?portalId=south&review=waiting&sort=confidence&limit=500");
  expect(left).toHaveLength(waiting.length - 3);
  expect(
    (await get("/api/v1/opportunities?closingFrom=2027-01-01&limit=500")).items.map(({ id }: { id: string }) => id),
  ).toContain(three.id);
  const { items: told } = await get(`/api/v1/opportunities/${three.id}/history`);
  expect(told[0]).toMatchObject({
    kind: "corrected",
    field: "closingDate",
    after: { value: "2027-01-31", quote: null },
  });
  expect(told.at(-1).kind).toBe("first_seen");
  const audited = await audit.list({ limit: 50 });
  expect(audited.filter(({ action }) => action === "api.reviewOpportunity")).toHaveLength(3);

  const taken = await send("DELETE", `/api/v1/opportunities/${three.id}/corrections/closingDate`);
  expect(taken.json().corrections).toEqual({});
  const gone = await send("DELETE", `/api/v1/opportunities/${three.id}/corrections/closingDate`);
  expect([gone.statusCode, gone.json().error.code]).toEqual([404, "not_corrected"]);
});

test("a viewer decides nothing, and a decision that makes no sense is refused", async () => {
  const [one] = (await get("/api/v1/opportunities?limit=1")).items;
  const url = `/api/v1/opportunities/${one.id}/review`;
  const refused = await api.inject({ method: "POST", url, headers: as("viewer"), payload: { decision: "accept" } });
  expect(refused.statusCode).toBe(403);
  for (const body of [
    { decision: "maybe" },
    { decision: "correct", fields: {} },
    { decision: "accept", fields: { title: "x" } },
    {},
  ])
    expect((await send("POST", url, body)).statusCode).toBe(400);
  const bad = await send("POST", url, { decision: "correct", fields: { closingDate: "soon" } });
  expect([bad.statusCode, bad.json().error.code]).toEqual([400, "bad_correction"]);
});

test("what was looked for is marked, and filters refuse nonsense", async () => {
  const [hit] = (await get("/api/v1/opportunities?q=suppl%20number&limit=1")).items;
  const words = hit.highlights.title.map(([from, to]: [number, number]) => hit.title.slice(from, to));
  expect(words).toEqual(["Supply", "number"]);
  const { items } = await get(
    "/api/v1/opportunities?isPresent=true&completeness=complete&hasDocuments=false&limit=500",
  );
  // Two portals of 24, less the one that was rejected.
  expect(items).toHaveLength(47);
  for (const query of ["classification=XYZ:1", "hasDocuments=perhaps", "filledFrom=2", "review=later", "sort=magic"])
    expect((await api.inject({ url: `/api/v1/opportunities?${query}`, headers: as("viewer") })).statusCode).toBe(400);
});

test("events of all portals are listed, narrowed by kind and portal", async () => {
  const { items } = await get("/api/v1/opportunity-events?kind=first_seen&portalId=south&limit=500");

  expect(items).toHaveLength(24);
  expect((await get("/api/v1/opportunity-events?kind=vanished")).items).toEqual([]);
});

test("an OCDS package is one valid document, however it is cut", async () => {
  const reply = await api.inject({
    url: "/api/v1/opportunities.ocds.json?portalId=north&limit=2",
    headers: as("viewer"),
  });
  const { uri, version, publishedDate, publisher, releases } = reply.json();

  expect({ version, publisher }).toEqual({ version: "1.1", publisher: { name: "Gleaner" } });
  expect(URL.canParse(uri)).toBe(true);
  expect(Number.isNaN(Date.parse(publishedDate))).toBe(false);
  expect(releases).toHaveLength(24);
  expect(new Set(releases.map(({ id }: { id: string }) => id)).size).toBe(releases.length);
  for (const { ocid, tag, initiationType, tender } of releases)
    expect({
      ocid: ocid.startsWith("unregistered-"),
      tag: tag.length,
      initiationType,
      title: typeof tender.title,
    }).toEqual({
      ...{ ocid: true, tag: 1, initiationType: "tender", title: "string" },
    });
  const empty = await api.inject({ url: "/api/v1/opportunities.ocds.json?portalId=nowhere", headers: as("viewer") });
  expect(empty.json()).toMatchObject({ version: "1.1", releases: [] });
});

test("views belong to who saved them", async () => {
  const url = "/api/v1/views/Roads%20%26%20bridges";
  const payload = { search: { q: "road", sort: "closingDate" } };
  expect((await api.inject({ method: "PUT", url, headers: as("viewer"), payload })).statusCode).toBe(200);
  await api.inject({ method: "PUT", url, headers: as("viewer"), payload: { search: { q: "bridge" } } });

  const own = await api.inject({ url: "/api/v1/views", headers: as("viewer") });
  expect(own.json().items).toMatchObject([{ name: "Roads & bridges", search: { q: "bridge" } }]);
  expect((await get("/api/v1/views")).items).toEqual([]);
  const foreign = await send("DELETE", url);
  expect([foreign.statusCode, foreign.json().error.code]).toEqual([404, "saved_view_not_found"]);
  expect((await api.inject({ method: "DELETE", url, headers: as("viewer") })).statusCode).toBe(204);
});

async function get(url: string) {
  return (await api.inject({ url, headers: as("operator") })).json();
}

function send(method: "POST" | "DELETE", url: string, payload?: object) {
  return api.inject({ method, url, headers: as("operator"), ...(payload ? { payload } : {}) });
}
