import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { recipeJsonSchema } from "#engines/extraction";
import { startListSite } from "./list-site.ts";
import { openTestApi } from "./open-test-api.ts";

const site = await startListSite();
const { api, as, portals, artifacts, database, attention } = await openTestApi({ allowHosts: [site.host], work: true });
const TITLES = [
  '=cmd|"/c calc"!A1',
  "+1 bridge",
  "-2 roads",
  "@home care",
  "Plain title",
  'With "quotes", commas\nand lines',
];

beforeAll(async () => {
  const payload = { jobId: "data", url: site.url, portalId: "portal-1", configuration: {} };
  await api.inject({ method: "POST", url: "/scrape", headers: as("operator"), payload });
  const look = async () => expect((await portals.desk.get("data")).status).toBe("completed");
  await vi.waitFor(look, { timeout: 45_000, interval: 100 });
}, 60_000);
afterAll(() => site.close());

for (const sort of ["closingDate", "-closingDate", "title", "-title", "firstSeen", "-lastSeen"]) {
  test(`pages sorted by ${sort} have every opportunity once, in order`, async () => {
    const titles: string[] = [];
    let cursor = "";
    do {
      const { items, nextCursor } = await list(`sort=${sort}&limit=7${cursor && `&cursor=${cursor}`}`);
      titles.push(...items.map(({ title }) => title));
      cursor = nextCursor ?? "";
    } while (cursor !== "");
    const { items: all } = await list(`sort=${sort}&limit=500`);

    expect(titles).toEqual(all.map(({ title }) => title));
    expect(new Set(titles).size).toBe(24);
  });
}

test("dates run in the order that was asked for", async () => {
  const { items: up } = await list("sort=closingDate&limit=500");
  const { items: down } = await list("sort=-closingDate&limit=500");
  const dates = up.map(({ closingDate }) => closingDate);

  expect(dates).toEqual([...dates].sort());
  expect(down.map(({ closingDate }) => closingDate)).toEqual([...dates].sort().reverse());
});

test("filters narrow by words, dates, portal and job", async () => {
  const titles = async (query: string) => (await list(query)).items.map(({ title }) => title);

  expect(await titles("q=number%207")).toContain("Supply of item number 7");
  expect(await titles("q=REF-1012")).toEqual(["Supply of item number 12"]);
  expect(await titles("portalId=nowhere")).toEqual([]);
  expect(await titles("jobId=data&limit=500")).toHaveLength(24);
  expect(await titles("jobId=other")).toEqual([]);
  const { items } = await list("closingFrom=2026-03-01&closingTo=2026-04-30&limit=500");
  expect(items).toHaveLength(6);
  for (const { closingDate } of items) expect(closingDate).toMatch(/^2026-0[34]/);
});

test("exports hold the same opportunities in three formats", async () => {
  const [json, ndjson, csv] = await Promise.all(
    ["json", "ndjson", "csv"].map((format) =>
      api.inject({ url: `/api/v1/opportunities.${format}?sort=title`, headers: as("viewer") }),
    ),
  );
  const titles = json?.json().map(({ title }: { title: string }) => title);
  const lines = ndjson?.body
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).title);

  expect(titles).toHaveLength(24);
  expect(lines).toEqual(titles);
  expect(csv?.body.split("\r\n")).toHaveLength(26);
  expect(csv?.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(csv?.headers["content-disposition"]).toContain("attachment");
});

test("an export without any opportunity is an empty list, not a broken one", async () => {
  const json = await api.inject({ url: "/api/v1/opportunities.json?portalId=nowhere", headers: as("viewer") });
  const csv = await api.inject({ url: "/api/v1/opportunities.csv?portalId=nowhere", headers: as("viewer") });

  expect(json.json()).toEqual([]);
  expect(csv.body).toContain("externalId,referenceNumber,title");
});

test("no cell of a CSV export is a formula", async () => {
  await database.executeSql(
    `create temporary sequence if not exists n; ${TITLES.map((title) => {
      const literal = `$q$${title}$q$`;
      return `update opportunity set title = ${literal}, document = jsonb_set(document, '{title}', to_jsonb(${literal}::text))
      where id = (select id from opportunity where title like 'Supply%' order by id limit 1)`;
    }).join(";")}`,
  );
  const { body } = await api.inject({ url: "/api/v1/opportunities.csv", headers: as("viewer") });

  for (const cell of ["'=cmd", "'+1 bridge", "'-2 roads", "'@home care"]) expect(body).toContain(cell);
  expect(body).not.toMatch(/(^|,|\n)"?[=+@-]/);
  expect(body).toContain('"With ""quotes"", commas\nand lines"');
});

test("runs are listed, told one by one, and exported with the evidence of every record", async () => {
  const { items } = await get("/api/v1/runs?limit=1");
  const run = await get(`/api/v1/runs/${items[0].id}`);
  const lines = await api.inject({ url: `/api/v1/runs/${run.id}/records.ndjson`, headers: as("viewer") });
  const records = lines.body
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

  expect(run).toMatchObject({ status: "finished", pages: 3, records: 24, completeness: { state: "complete" } });
  expect((await get(`/api/v1/runs?recipeId=${run.recipeId}`)).items).toHaveLength(1);
  expect(records).toHaveLength(24);
  for (const { status, fields, evidence } of records) {
    expect(status).toBe("verified");
    expect(Object.keys(evidence)).toEqual(Object.keys(fields));
  }
});

test("an unknown opportunity answers 404", async () => {
  const reply = await api.inject({
    url: "/api/v1/opportunities/01a1fc40-8073-72c6-95e5-da7e8db1ce56",
    headers: as("viewer"),
  });

  expect([reply.statusCode, reply.json().error.code]).toEqual([404, "opportunity_not_found"]);
});

test("a stored page is never shown as a page of this server", async () => {
  const html = "<script>fetch('/api/v1/keys')</script>";
  const { sha256 } = await artifacts.put(Buffer.from(html), { mediaType: "text/html; charset=utf-8", kind: "page" });
  const reply = await api.inject({ url: `/api/v1/artifacts/${sha256}`, headers: as("viewer") });

  expect(reply.body).toBe(html);
  expect(reply.headers).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "content-disposition": `attachment; filename="${sha256}"`,
    "x-content-type-options": "nosniff",
  });
});

test("a media type that would break the answer is not repeated", async () => {
  const { sha256 } = await artifacts.put(Buffer.from("x"), { mediaType: "text/html\r\nset-cookie: a=b", kind: "page" });
  const reply = await api.inject({ url: `/api/v1/artifacts/${sha256}`, headers: as("viewer") });

  expect(reply.headers["content-type"]).toBe("application/octet-stream");
  expect(reply.headers["set-cookie"]).toBeUndefined();
});

test("a recipe can be listed, read, checked, changed and read as it was", async () => {
  const { items } = await get("/api/v1/recipes");
  const [{ id }] = items;
  const { recipe } = await get(`/api/v1/recipes/${id}`);
  const checked = await post("/api/v1/recipes/validate", recipe);
  const wrong = await post("/api/v1/recipes/validate", { ...recipe, list: 7 });
  const put = { method: "PUT", url: `/api/v1/recipes/${id}`, headers: as("operator") } as const;
  const saved = await api.inject({
    ...put,
    payload: { recipe: { ...recipe, name: "Renamed" }, note: "A better name" },
  });
  const refused = await api.inject({ ...put, payload: { recipe: { ...recipe, format: 99 } } });
  const { items: versions } = await get(`/api/v1/recipes/${id}/versions`);

  expect(checked).toMatchObject({ valid: true, problems: [] });
  expect(wrong).toMatchObject({ valid: false, problems: [expect.stringContaining("list")] });
  expect(saved.json()).toMatchObject({ version: 2, origin: "edited", note: "A better name" });
  expect([refused.statusCode, refused.json().error.code]).toEqual([400, "invalid_recipe"]);
  expect(versions.map(({ version }: { version: number }) => version)).toEqual([1, 2]);
  expect((await get(`/api/v1/recipes/${id}?version=1`)).recipe.name).toBe(recipe.name);
});

test("the schema of recipes is published", async () => {
  expect(await get("/api/v1/recipes/schema")).toEqual(recipeJsonSchema());
});

test("a portal is added, changed and listed; ignoring robots.txt needs a reason", async () => {
  const added = await post("/api/v1/portals", { id: "b", url: "https://b.example/tenders", name: "B" });
  const change = (payload: object) =>
    api.inject({ method: "PATCH", url: "/api/v1/portals/b", headers: as("operator"), payload });
  const again = await post("/api/v1/portals", { id: "b", url: "https://b.example/tenders" });
  const silent = await change({ robots: "ignore" });
  const reasoned = await change({ robots: "ignore", robotsReason: "The owner agreed in writing." });
  const login = await change({ configuration: { authMethod: "oauth" } });
  const known = await change({
    configuration: { knownSelectors: { opportunityList: "tr", nextButton: ".next" }, rateLimit: 1000 },
  });
  const { items } = await get("/api/v1/portals?limit=1");

  expect(added).toMatchObject({ id: "b", status: "pending", robots: "respect" });
  expect(again.error.code).toBe("portal_exists");
  expect(silent.json().error.code).toBe("robots_reason_missing");
  expect(reasoned.json()).toMatchObject({ robots: "ignore", robotsReason: "The owner agreed in writing." });
  expect([login.statusCode, login.json().error.code]).toEqual([422, "not_supported_yet"]);
  expect(known.json().configuration).toMatchObject({
    navigationHints: { opportunityListSelector: "tr", nextButtonSelector: ".next" },
    rateLimit: 1000,
  });
  expect(items).toHaveLength(1);
});

test("a portal without jobs is deleted; one with jobs is kept", async () => {
  await post("/api/v1/portals", { id: "c", url: "https://c.example/" });
  const remove = (id: string) => api.inject({ method: "DELETE", url: `/api/v1/portals/${id}`, headers: as("admin") });

  expect((await remove("c")).statusCode).toBe(204);
  expect((await remove("c")).statusCode).toBe(404);
  expect((await remove("portal-1")).json().error.code).toBe("portal_in_use");
});

test("what needs a person is taken on by one and resolved once", async () => {
  const { id } = await attention.open({ kind: "portal.shrunk", subject: "portal:b", reason: "Half of it is gone." });
  const act = (what: string, role: "operator" | "admin", payload?: object) =>
    api.inject({
      method: "POST",
      url: `/api/v1/attention/${id}/${what}`,
      headers: as(role),
      ...(payload ? { payload } : {}),
    });
  const claimed = await act("claim", "operator");
  const taken = await act("claim", "admin");
  const resolved = await act("resolve", "operator", { resolution: "The list is shorter in summer." });
  const again = await act("resolve", "operator", { resolution: "Once more." });

  expect(claimed.json()).toMatchObject({ state: "claimed" });
  expect(taken.json().error.code).toBe("attention_taken");
  expect(resolved.json()).toMatchObject({ state: "resolved", resolution: "The list is shorter in summer." });
  expect(again.json().error.code).toBe("attention_resolved");
});

test("the history of a job cannot be changed, not even in the database", async () => {
  await expect(database.executeSql("update scrape_job_event set kind = 'x'")).rejects.toThrow("only grows");
  await expect(database.executeSql("delete from scrape_job_event")).rejects.toThrow("only grows");
});

interface Listed {
  items: { title: string; closingDate?: string }[];
  nextCursor: string | null;
}

function list(query: string): Promise<Listed> {
  return get(`/api/v1/opportunities?${query}`);
}

async function get(url: string) {
  const reply = await api.inject({ url, headers: as("viewer") });
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json();
}

async function post(url: string, payload: object) {
  return (await api.inject({ method: "POST", url, headers: as("operator"), payload })).json();
}
