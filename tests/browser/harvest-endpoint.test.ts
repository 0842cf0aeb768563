import { afterAll, expect, test } from "vitest";
import { AddressGuard } from "#platform/egress";
import { BrowserPool } from "#engines/browser";
import { EvidenceViewer } from "#engines/harvest";
import { useHarvester } from "../flows/open-harvester.ts";
import { jsonList, type JsonPaging } from "../sites/json-lists.ts";
import type { SiteHandler } from "../sites/local-site.ts";
import { layout } from "../sites/layout.ts";
import { tenders } from "../sites/tenders.ts";

const LIMIT = 60_000;
const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
afterAll(() => pool.close());
let browsersAsked = 0;
const { harvester, serve, recordsOf, artifacts } = await useHarvester(() => {
  browsersAsked += 1;
  return Promise.resolve(pool);
});

async function learnt(handle: SiteHandler) {
  const site = await serve(handle);
  const allowHosts = [site.host];
  const { recipe, recipeId, notes } = await harvester.learn({ url: `${site.url}/notices`, allowHosts });
  if (!recipe || recipeId === null) throw new Error(`Nothing was learnt: ${notes.join(" ")}`);
  return { site, allowHosts, recipe, recipeId, notes };
}

const PAGINGS: [JsonPaging, string][] = [
  ["page number", "number"],
  ["offset", "number"],
  ["cursor", "cursor"],
  ["next address", "address"],
];

test.each(PAGINGS)(
  "a list whose script asks for JSON by %s is read from there, whole, without a browser",
  { timeout: LIMIT },
  async (paging, by) => {
    const { site, allowHosts, recipe, recipeId } = await learnt(jsonList(paging, { count: 29, size: 8, twice: true }));
    expect(recipe).toMatchObject({ transport: "browser", endpoint: { paging: { by } } });
    const asked = browsersAsked;

    const result = await harvester.harvest({ recipeId, allowHosts });

    expect(result).toMatchObject({
      recordCount: 29,
      pages: 4,
      unverifiedCount: 0,
      completeness: { state: "complete" },
    });
    expect(browsersAsked).toBe(asked);
    const records = await recordsOf(result.run);
    const names = recipe.fields.map(({ name }) => name);
    expect(Object.keys(records[0]?.fields ?? {}).sort()).toEqual([...names].sort());
    expect(records.map(({ links }) => links)).toEqual(records.map((_, at) => [`${site.url}/notices/${7000 + at}`]));
    expect(await harvester.verify(result.run)).toMatchObject({ ok: true, checked: 29 * names.length });
  },
);

/** Each part takes the place of the one before, and is asked for when its button is pressed. */
const turnedPages: SiteHandler = ({ path, query }) => {
  const skip = Number(query.get("$skip") ?? "0");
  const body = JSON.stringify({ "@odata.count": 45, value: tenders(45).slice(skip, skip + 10) });
  if (path === "/api/notices") return { headers: { "content-type": "application/json" }, body };
  const script = `let skip = 0; const body = document.querySelector("tbody"), on = document.getElementById("on"), back = document.getElementById("back");
async function show() { const { "@odata.count": count, value } = await (await fetch("/api/notices?$top=10&$skip=" + skip + "&$count=true")).json(); on.disabled = skip + 10 >= count; back.disabled = skip === 0;
  body.innerHTML = value.map((one) => "<tr><td>" + one.reference + "</td><td>" + one.title + "</td><td>" + one.closes + "</td></tr>").join(""); }
on.onclick = () => { skip += 10; show(); }; show();`;
  const table = `<table><thead><tr><th>Reference</th><th>Title</th><th>Closing date</th></tr></thead><tbody></tbody></table><button id="back">Previous</button><button id="on">Next</button>`;
  return path === "/notices" ? { body: layout("Notices", table, `<script>${script}</script>`) } : null;
};

test("a run that was asked for in a browser begins on the first part again", { timeout: LIMIT }, async () => {
  const { url, host } = await serve(turnedPages);

  const result = await harvester.harvest({ url: `${url}/notices`, transport: "browser", allowHosts: [host] });

  expect(result).toMatchObject({ recordCount: 45, pages: 5, completeness: { state: "complete" } });
});

test("a value that is read from JSON says the same as on the page", { timeout: LIMIT }, async () => {
  const { allowHosts, recipeId } = await learnt(jsonList("offset", { count: 20, size: 8 }));

  const sent = await harvester.harvest({ recipeId, allowHosts });
  const shown = await harvester.harvest({ recipeId, allowHosts, transport: "browser" });

  const [bySent, byShown] = [await recordsOf(sent.run), await recordsOf(shown.run)];
  expect(bySent.map(({ fields }) => fields)).toEqual(byShown.map(({ fields }) => fields));
  const [evidence] = Object.values(bySent[0]?.evidence ?? {});
  expect(evidence?.url).toContain("/api/notices");
});

test("a picture of a JSON answer can be taken, with the value in it", { timeout: LIMIT }, async () => {
  const { allowHosts, recipeId } = await learnt(jsonList("offset", { count: 20, size: 8 }));
  const { run } = await harvester.harvest({ recipeId, allowHosts });
  const viewer = new EvidenceViewer({ artifacts, browsers: () => Promise.resolve(pool) });
  const [record] = await recordsOf(run);
  const [first] = Object.values(record?.evidence ?? {});
  if (!first) throw new Error("The record has no evidence.");

  const picture = await viewer.picture(first);

  expect([...picture.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
  await expect(viewer.picture({ ...first, artifact: "0".repeat(64) })).rejects.toThrow();
});

test("an endpoint that wants what only the page can send is left alone", { timeout: LIMIT }, async () => {
  const { allowHosts, recipe, recipeId } = await learnt(jsonList("offset", { count: 20, size: 8, token: true }));

  expect(recipe.endpoint).toBeUndefined();
  expect(await harvester.harvest({ recipeId, allowHosts })).toMatchObject({ recordCount: 20 });
});

test("an address with a key of the visit does not go into a recipe", { timeout: LIMIT }, async () => {
  const list = jsonList("offset", { count: 20, size: 8 });
  const { recipe } = await learnt((request) => {
    const answer = list(request);
    const body = String(answer?.body ?? "").replaceAll("/api/notices?", "/api/notices?access_token=abc&");
    return answer && { ...answer, body };
  });

  expect(recipe.endpoint).toBeUndefined();
});

test("an endpoint that has gone is told, and the page is read", { timeout: LIMIT }, async () => {
  let isGone = false;
  const list = jsonList("offset", { count: 20, size: 8 });
  const { allowHosts, recipe, recipeId } = await learnt((request) =>
    isGone && request.path === "/api/notices" && !String(request.headers["user-agent"]).includes("Chrome")
      ? { status: 404, body: "gone" }
      : list(request),
  );
  expect(recipe.endpoint).toBeDefined();
  isGone = true;

  const result = await harvester.harvest({ recipeId, allowHosts });

  expect(result).toMatchObject({ recordCount: 20 });
  expect(result.notes.join(" ")).toContain("no longer gives them");
});

test("records that the page does not show are not collected", { timeout: LIMIT }, async () => {
  const drafts = Array.from({ length: 12 }, (_, at) => ({
    id: at,
    title: `Works at depot number ${at}`,
    draft: at % 2 === 1,
  }));
  const script = `fetch("/api/notices").then((a) => a.json()).then((all) => { for (const one of all) if (!one.draft) {
    const row = list.insertRow(); row.insertCell().textContent = one.title; row.insertCell().textContent = "No. " + one.id + "/26"; } });`;
  const { recipe } = await learnt(({ path }) => {
    if (path === "/api/notices")
      return { headers: { "content-type": "application/json" }, body: JSON.stringify(drafts) };
    return path === "/notices"
      ? { body: layout("Notices", `<table id="list"></table>`, `<script>${script}</script>`) }
      : null;
  });

  expect(recipe.endpoint).toBeUndefined();
});

test(
  "an address that answers with JSON is learnt and read to its end without a browser",
  { timeout: LIMIT },
  async () => {
    const site = await serve(jsonList("page number", { count: 25, size: 8 }));
    const asked = browsersAsked;

    const url = `${site.url}/api/notices?page=1&size=8`;
    const result = await harvester.harvest({ url, allowHosts: [site.host] });

    expect(result).toMatchObject({ recordCount: 25, pages: 4, completeness: { state: "complete" } });
    expect(browsersAsked).toBe(asked);
    expect((await harvester.verify(result.run)).ok).toBe(true);
  },
);
