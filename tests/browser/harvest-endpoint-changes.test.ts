import { afterAll, describe, expect, test } from "vitest";
import { AddressGuard } from "#platform/egress";
import { BrowserPool } from "#engines/browser";
import { useHarvester } from "../flows/open-harvester.ts";
import type { EndpointKind } from "../sites/endpoint-answers.ts";
import { endpointList, LIST_PATH, type EndpointListOptions } from "../sites/endpoint-lists.ts";
import type { SiteAnswer, SiteHandler } from "../sites/local-site.ts";
import { tenders } from "../sites/tenders.ts";

const LIMIT = { timeout: 120_000 };
const SIZES = { count: 29, size: 8 };
const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
afterAll(() => pool.close());
const { harvester, serve, recordsOf } = await useHarvester(async () => pool);
const TRUTH = tenders(SIZES.count).map(({ reference }) => reference);

type Change = NonNullable<EndpointListOptions["change"]>;

/** A list that was learnt with its endpoint, whose server can be exchanged. */
async function learnt(kind: EndpointKind, change?: Change) {
  let handle = endpointList(kind, { ...SIZES, ...(change ? { change } : {}) });
  const site = await serve((request) => handle(request));
  const allowHosts = [site.host];
  const { recipe, recipeId } = await harvester.learn({ url: `${site.url}${LIST_PATH}`, allowHosts });
  const request = { recipeId: recipeId ?? "", allowHosts };
  return { site, recipe, request, become: (next: SiteHandler): void => void (handle = next) };
}

async function references(run: string): Promise<string[]> {
  return (await recordsOf(run)).map(({ text }) => /T-2026-\d+/.exec(text)?.[0] ?? "");
}

const bodyOf = ({ body = "" }: SiteAnswer): string => String(body);
/** What only those who are no browser are told. */
const toOthers =
  (change: (answer: SiteAnswer) => SiteAnswer): Change =>
  (answer, { isScript }) =>
    isScript ? answer : change(answer);

function firstForEver(): Change {
  let first: SiteAnswer | null = null;
  return (answer, { isScript, query }) => {
    if (query.get("page") === "1") first = answer;
    return isScript ? answer : (first ?? answer);
  };
}

describe("an endpoint that is not what the page shows is left alone", () => {
  test.each<[string, Change]>([
    [
      "gives other records",
      toOthers((answer) => ({ ...answer, body: bodyOf(answer).replaceAll("T-2026-", "T-2025-") })),
    ],
    [
      "gives one value that differs",
      toOthers((answer) => ({ ...answer, body: bodyOf(answer).replace("13875", "13876") })),
    ],
    [
      "gives the records in another order",
      toOthers((answer) => {
        const parsed: { content: unknown[] } = JSON.parse(bodyOf(answer));
        return { ...answer, body: JSON.stringify({ ...parsed, content: parsed.content.toReversed() }) };
      }),
    ],
    ["gives the first part for every page", firstForEver()],
    [
      "leads into a private network",
      toOthers(() => ({ status: 302, headers: { location: "http://10.11.12.13/api" } })),
    ],
    ["leads to a log-in", toOthers(() => ({ status: 302, headers: { location: "/notice/login" } }))],
  ])("one that %s", LIMIT, async (_, change) => {
    const { recipe, request } = await learnt("page number", change);

    expect(recipe?.endpoint).toBeUndefined();
    const result = await harvester.harvest(request);
    expect(result.completeness).toMatchObject({ state: "complete", found: SIZES.count });
    expect(await references(result.run)).toEqual(TRUTH);
  });
});

describe("an endpoint that is no longer what was learnt", () => {
  test("is learnt anew where the page asks another one", LIMIT, async () => {
    const { request, become } = await learnt("page number");
    become(endpointList("posted JSON", SIZES));

    const result = await harvester.harvest(request);

    expect(result).toMatchObject({ recipeVersion: 2, completeness: { state: "complete" } });
    expect(result.recipe?.endpoint).toMatchObject({ method: "POST", paging: { parameter: "page.number" } });
    expect(result.notes.join(" ")).toContain("learnt anew");
    expect(await references(result.run)).toEqual(TRUTH);
    expect((await harvester.verify(result.run)).ok).toBe(true);
  });

  test("is read by its new keys, proven by what the page shows", LIMIT, async () => {
    const { request, become } = await learnt("page number");
    const list = endpointList("page number", SIZES);
    become((asked) => {
      const answer = list(asked);
      const renamed = bodyOf(answer ?? {})
        .replaceAll('"reference":', '"noticeNumber":')
        .replaceAll("item.reference", "item.noticeNumber");
      return answer && { ...answer, body: renamed };
    });

    const result = await harvester.harvest(request);

    expect(result).toMatchObject({ recipeVersion: 2, completeness: { state: "complete" } });
    expect(JSON.stringify(result.recipe?.endpoint?.fields)).toContain('"noticeNumber"');
    expect(await references(result.run)).toEqual(TRUTH);
  });

  test("is dropped where the page gets its records in a way that cannot be repeated", LIMIT, async () => {
    const { request, become } = await learnt("page number");
    become(endpointList("page number", { ...SIZES, token: "header" }));

    const first = await harvester.harvest(request);
    const second = await harvester.harvest(request);

    expect(first).toMatchObject({ recipeVersion: 2, recordCount: SIZES.count, completeness: { state: "complete" } });
    expect(first.notes.join(" ")).toContain("no longer gives them");
    expect(first.recipe?.endpoint).toBeUndefined();
    expect(second).toMatchObject({ recipeVersion: 2, recordCount: SIZES.count, notes: [] });
  });

  test("is kept where its server has trouble, and the page is read this time", LIMIT, async () => {
    const { request, become, recipe } = await learnt("page number");
    become(endpointList("page number", { ...SIZES, change: toOthers(() => ({ status: 500, body: "{}" })) }));

    const result = await harvester.harvest(request);

    expect(result).toMatchObject({ recipeVersion: 1, recordCount: SIZES.count, completeness: { state: "complete" } });
    expect(result.recipe?.endpoint).toEqual(recipe?.endpoint);
    expect(result.notes.join(" ")).toContain("does not answer now");
  });

  test("gives nothing where the page does not show the records either: a person is needed", LIMIT, async () => {
    const { request, become } = await learnt("page number");
    const list = endpointList("page number", SIZES);
    become((asked) => {
      const answer = list(asked);
      return answer && asked.path.startsWith("/api")
        ? { ...answer, body: bodyOf(answer).replaceAll('"buyer":', '"authority":').replaceAll('"reference":', '"x":') }
        : answer;
    });

    const result = await harvester.harvest(request);

    expect(result).toMatchObject({ recipeVersion: 1, recordCount: 0 });
    expect(["drift", "no_records"]).toContain(result.reason);
    expect(result.completeness.state).not.toBe("complete");
    expect(result.recipe?.endpoint).toBeDefined();
  });
});

/** Title and buyer of every record change places. */
const swapping: Change = (answer) => ({
  ...answer,
  body: bodyOf(answer).replace(/"title":("[^"]*"),"buyer":\{"name":("[^"]*")/g, '"title":$2,"buyer":{"name":$1'),
});

describe("an endpoint that is learnt anew after a run", () => {
  test("is a healing: the ledger holds the proof, and a person can take it back", LIMIT, async () => {
    const { request, become } = await learnt("page number");
    const { run } = await harvester.harvest(request);
    become(endpointList("posted JSON", SIZES));

    const result = await harvester.harvest(request);

    expect(result).toMatchObject({ recipeVersion: 2, completeness: { state: "complete" } });
    expect(await references(result.run)).toEqual(TRUTH);
    const [entry, ...others] = await harvester.heals.list({ recipeIds: [request.recipeId], limit: 9 });
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ state: "healed", fromVersion: 1, toVersion: 2, reasons: [] });
    expect(entry?.proof).toMatchObject({ paired: SIZES.size, now: SIZES.size, agreement: 1, lost: [] });
    const { before, after } = await harvester.heals.compare(entry?.id ?? 0);
    expect([before.recipe.endpoint?.method, after?.endpoint?.method]).toEqual([undefined, "POST"]);
    expect((await harvester.verify(run)).ok).toBe(true);

    await harvester.heals.reject(entry?.id ?? 0, { by: "an operator" });
    const again = await harvester.harvest(request);
    expect(again).toMatchObject({ recipeVersion: 3, recordCount: SIZES.count });
    expect(again.recipe?.endpoint?.method).toBe(before.recipe.endpoint?.method);
  });

  test("is not believed where its page says otherwise of known records", LIMIT, async () => {
    const { request, become } = await learnt("page number");
    await harvester.harvest(request);
    become(endpointList("posted JSON", { ...SIZES, change: swapping }));

    const result = await harvester.harvest(request);

    expect(result).toMatchObject({ recipeVersion: 1, reason: "drift", recordCount: 0 });
    expect(await harvester.recipes.versions(request.recipeId)).toHaveLength(1);
  });
});

test("an endpoint whose values change places is not believed: records of the last good run tell", LIMIT, async () => {
  const { request, become } = await learnt("page number");
  await harvester.harvest(request);
  become(endpointList("page number", { ...SIZES, change: swapping }));

  const result = await harvester.harvest(request);

  expect(result).toMatchObject({ reason: "drift", recordCount: 0, completeness: { state: "incomplete" } });
});

describe("a run that an endpoint leaves in the middle does not claim to be whole", () => {
  const afterTwo =
    (change: (answer: SiteAnswer) => SiteAnswer): Change =>
    (answer, { query }) =>
      Number(query.get("page") ?? query.get("at") ?? "0") > 2 ? change(answer) : answer;

  test.each<[string, EndpointKind, Change, string]>([
    ["is gone", "short last page", afterTwo(() => ({ status: 410, body: "gone" })), "incomplete"],
    [
      "has another shape",
      "short last page",
      afterTwo((answer) => ({ ...answer, body: `{"v2":${bodyOf(answer)}}` })),
      "unknown",
    ],
    [
      "has nothing more, against its own total",
      "page number",
      afterTwo((answer) => ({ ...answer, body: bodyOf(answer).replace(/\[.*\]/, "[]") })),
      "incomplete",
    ],
    [
      "leads into a private network",
      "short last page",
      afterTwo(() => ({ status: 307, headers: { location: "http://192.168.7.7/api" } })),
      "incomplete",
    ],
    [
      "names a next part on another host",
      "next link",
      (answer) => ({
        ...answer,
        body: bodyOf(answer).replace('"/api/notices?at=16"', '"http://127.0.0.2:9/api?at=16"'),
      }),
      "unknown",
    ],
    [
      "names itself as its next part",
      "next link",
      (answer) => ({ ...answer, body: bodyOf(answer).replace('"/api/notices?at=16"', '"/api/notices?at=8"') }),
      "unknown",
    ],
  ])("that %s", LIMIT, async (_, kind, change, state) => {
    const { site, recipe, request, become } = await learnt(kind);
    expect(recipe?.endpoint).toBeDefined();
    become(endpointList(kind, { ...SIZES, change }));
    site.requests.length = 0;

    const result = await harvester.harvest(request);

    expect(result).toMatchObject({ recordCount: 16, completeness: { state } });
    expect(await references(result.run)).toEqual(TRUTH.slice(0, 16));
    // The page, which shows no more either, is asked only where something is known to be missing.
    const asked = site.requests.filter((line) => line === `GET ${LIST_PATH}`).length;
    expect(asked).toBe(state === "incomplete" ? 1 : 0);
    expect(result.notes.join(" ").includes("showed no more")).toBe(state === "incomplete");
  });

  test("that is lost to all but browsers goes on from the page: the same records, none twice", LIMIT, async () => {
    const { request, become } = await learnt("page number");
    const lost: Change = (answer, asked) =>
      asked.isScript ? answer : afterTwo(() => ({ status: 503, body: "{}" }))(answer, asked);
    become(endpointList("page number", { ...SIZES, change: lost }));

    const result = await harvester.harvest(request);

    expect(result).toMatchObject({ recordCount: SIZES.count, completeness: { state: "complete" } });
    expect(result.notes.join(" ")).toContain("was lost after 16 records");
    expect(await references(result.run)).toEqual(TRUTH);
    expect((await harvester.verify(result.run)).ok).toBe(true);
  });
});

test("a header that leads to another host is not followed, but by the page's own script", LIMIT, async () => {
  const { request, become } = await learnt("headers");
  const replayed: string[] = [];
  const elsewhere = await serve(({ path, headers }) => {
    if (!("sec-fetch-mode" in headers)) replayed.push(path);
    return { headers: { "content-type": "application/json" }, body: "[]" };
  });
  const change: Change = (answer, { query }) =>
    query.get("part") === "2"
      ? { ...answer, headers: { ...answer.headers, link: `<${elsewhere.url}/api/notices?part=3>; rel="next"` } }
      : answer;
  become(endpointList("headers", { ...SIZES, change }));

  const result = await harvester.harvest({ ...request, allowHosts: [...request.allowHosts, elsewhere.host] });

  expect(result).toMatchObject({ recordCount: 16, completeness: { state: "incomplete" } });
  expect(replayed).toEqual([]);
  expect(elsewhere.requests).toEqual(["GET /api/notices?part=3"]);
});

test("what is asked of an endpoint passes the address guard", LIMIT, async () => {
  const { request, site } = await learnt("posted JSON");
  site.requests.length = 0;

  const result = await harvester.harvest({ recipeId: request.recipeId });

  expect(result).toMatchObject({ recordCount: 0, reason: "refused", completeness: { state: "incomplete" } });
  expect(site.requests).toEqual([]);
});
