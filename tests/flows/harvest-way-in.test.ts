import { expect, test } from "vitest";
import { applyRecipe, learnPage, parsePage, type EntryStep } from "#engines/extraction";
import { layout } from "../sites/layout.ts";
import type { SiteHandler } from "../sites/local-site.ts";
import { pageOf, tenders } from "../sites/tenders.ts";
import { useHarvester } from "./open-harvester.ts";

const { harvester, serve, recordsOf } = await useHarvester();

const COUNT = 23;
const SIZE = 10;

/** A register that shows its list only to those who came by the search form, with a token that is good once. */
const searchedRegister: SiteHandler = ({ path, form, query, cookies, askedBefore }) => {
  const token = `t${askedBefore}`;
  if (path === "/") return { body: layout("Register", `<p>Welcome.</p><p><a href="/search">Find notices</a></p>`) };
  if (path === "/search")
    return {
      headers: { "set-cookie": `token=${token}; Path=/` },
      body: layout(
        "Search",
        `<form method="post" action="/results"><input type="hidden" name="__token" value="${token}">
         <label>State <select name="state"><option value="">any</option><option value="open">open</option></select></label>
         <input type="submit" name="go" value="Search"></form>`,
      ),
    };
  const isSearched = form.get("__token") === cookies.get("token") && form.get("state") === "open";
  if (path !== "/results" || !(isSearched || (cookies.get("token") && query.get("page")))) return null;
  const page = Number(query.get("page") ?? "1");
  const rows = pageOf(tenders(COUNT), page, SIZE).map(
    ({ reference, title, closes }) => `<tr><td>${reference}</td><td>${title}</td><td>${closes}</td></tr>`,
  );
  const next = page * SIZE < COUNT ? `<a href="/results?page=${page + 1}">Next</a>` : "";
  return { body: layout("Results", `<p>${COUNT} notices found</p><table>${rows.join("")}</table><p>${next}</p>`) };
};

const STEPS: readonly EntryStep[] = [
  { by: "link", role: "open", label: "Find notices" },
  { by: "form", role: "open", label: "Search", fields: [["state", "open"]] },
];

async function learnt(url: string) {
  const session = await fetch(`${url}/search`);
  const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "";
  const [, token = ""] = /name="__token" value="(\w+)"/.exec(await session.text()) ?? [];
  const body = new URLSearchParams({ __token: token, state: "open", go: "Search" });
  const answer = await fetch(`${url}/results`, { method: "POST", body, headers: { cookie } });
  const page = parsePage({ bytes: new Uint8Array(await answer.arrayBuffer()), url: `${url}/results` });
  const { recipe } = learnPage(page);
  if (!recipe) throw new Error("the results hold no list");
  return { recipe, expected: applyRecipe(recipe, page).records.map(({ key }) => key) };
}

test("a recipe is kept with the cheapest way that brings the records again", async () => {
  const site = await serve(searchedRegister);
  const { recipe, expected } = await learnt(site.url);
  const ways = [
    { transport: "http", url: `${site.url}/results`, steps: [] },
    { transport: "http", url: `${site.url}/`, steps: STEPS },
  ] as const;

  const { stored, reasons } = await harvester.adopt({ recipe, ways, expected, allowHosts: [site.host] });

  expect(reasons).toEqual([]);
  expect(stored?.recipe.entry).toEqual({ url: `${site.url}/`, steps: STEPS });
});

test("a harvest takes the way in at every run, with the tokens of the day, and goes on to the last page", async () => {
  const site = await serve(searchedRegister);
  const { recipe, expected } = await learnt(site.url);
  const ways = [{ transport: "http", url: `${site.url}/`, steps: STEPS }] as const;
  const { stored } = await harvester.adopt({ recipe, ways, expected, allowHosts: [site.host] });

  const recipeId = stored?.id ?? "";
  const { run, completeness, interactions } = await harvester.harvest({ recipeId, allowHosts: [site.host] });

  const found = (await recordsOf(run)).map(({ text }) => /T-2026-\d+/.exec(text)?.[0]);
  expect(found).toEqual(tenders(COUNT).map(({ reference }) => reference));
  expect(completeness.state).toBe("complete");
  expect(interactions.map(({ action }) => action)).toEqual(["entry", "entry", "open", "link", "link"]);
});

test("a recipe whose records do not come again is not kept, and each way says why", async () => {
  const site = await serve(searchedRegister);
  const { recipe, expected } = await learnt(site.url);
  const ways = [
    { transport: "http", url: `${site.url}/results`, steps: [] },
    { transport: "http", url: `${site.url}/`, steps: STEPS.slice(0, 1) },
    { transport: "browser", url: `${site.url}/`, steps: [] },
  ] as const;

  const { stored, reasons } = await harvester.adopt({ recipe, ways, expected, allowHosts: [site.host] });

  expect(stored).toBeNull();
  expect(reasons).toEqual([
    "over HTTP with 0 steps: the page held no such list.",
    "over HTTP with 1 steps: the page held no such list.",
    "in a browser with 0 steps: This test has no browser.",
  ]);
});
