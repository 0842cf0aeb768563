import { afterAll, expect, test } from "vitest";
import { AddressGuard } from "#platform/egress";
import { BrowserPool } from "#engines/browser";
import { useHarvester } from "../flows/open-harvester.ts";
import { judgeVisit } from "../sites/judge-visit.ts";
import { ENDPOINT_PORTALS } from "../sites/portals/endpoint-portals.ts";

const LIMIT = 120_000;
const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
afterAll(() => pool.close());
let browsersAsked = 0;
const { harvester, serve, recordsOf } = await useHarvester(() => {
  browsersAsked += 1;
  return Promise.resolve(pool);
});

/** What of each portal's endpoint goes into the recipe; null: nothing, the page is read. */
const LEARNT: Readonly<Record<string, object | null>> = {
  "an endpoint with page numbers and a total": { paging: { by: "number", parameter: "page" } },
  "an endpoint with offset and limit": { paging: { by: "number", parameter: "start", step: 8 } },
  "an endpoint with a cursor": { paging: { by: "cursor", more: { is: true } } },
  "an endpoint that links to its next part": { paging: { by: "address", keys: ["links", "next"] } },
  "an endpoint that tells total and next part in headers": { paging: null },
  "an endpoint whose last part is short": { paging: { by: "number" } },
  "an endpoint that gives its last part for ever": { paging: { by: "number" } },
  "an endpoint that is asked with posted JSON": { method: "POST", paging: { parameter: "page.number", in: "body" } },
  "an endpoint that is asked with a posted form": { method: "POST", paging: { parameter: "start", in: "body" } },
  "a GraphQL endpoint": { method: "POST", paging: { by: "cursor", parameter: "variables.after", in: "body" } },
  "an endpoint whose records stand in groups": { list: { embedded: { keys: ["departments", "*", "notices"] } } },
  "state in the page, an endpoint for the rest": { paging: { by: "number", first: 1 } },
  "an endpoint that only a GraphQL mutation reads": null,
  "an endpoint that wants the page's token in a header": null,
  "an endpoint that wants the page's token in its body": null,
};

test("each of the portals is expected here", () => {
  expect(Object.keys(LEARNT).sort()).toEqual(ENDPOINT_PORTALS.map(({ name }) => name).sort());
});

test.each(ENDPOINT_PORTALS)("$name comes home as the page shows it", { timeout: LIMIT }, async (portal) => {
  const site = await serve(portal.open());
  const expected = LEARNT[portal.name] ?? null;
  const allowHosts = [site.host];

  const { recipe, recipeId, notes } = await harvester.learn({ url: `${site.url}${portal.path}`, allowHosts });

  if (expected === null) expect(recipe?.endpoint).toBeUndefined();
  else expect(recipe?.endpoint, notes.join(" ")).toMatchObject(expected);
  const asked = browsersAsked;
  const result = await harvester.harvest({ recipeId: recipeId ?? "", allowHosts });
  expect(browsersAsked).toBe(expected === null ? asked + 1 : asked);
  const { state, stopped } = result.completeness;
  const records = await recordsOf(result.run);
  expect(judgeVisit(portal, { records, state, stopped, wall: null, error: null }).faults).toEqual([]);
  expect(await harvester.verify(result.run)).toMatchObject({ ok: true, records: portal.truth.records.length });
});

test("a mutation is asked for by the page alone, whoever learns or harvests", { timeout: LIMIT }, async () => {
  const portal = ENDPOINT_PORTALS.find(({ name }) => name.includes("mutation"));
  if (!portal) throw new Error("There is such a portal.");
  const handle = portal.open();
  const askedBy: boolean[] = [];
  const site = await serve((request) => {
    if (request.path === "/graphql") askedBy.push(request.headers["sec-fetch-mode"] !== undefined);
    return handle(request);
  });

  await harvester.harvest({ url: `${site.url}${portal.path}`, allowHosts: [site.host] });

  expect(askedBy).toEqual(Array.from({ length: 6 }, () => true));
});
