import { describe, expect, test } from "vitest";
import type { HarvestRequest } from "#engines/harvest";
import type { LocalSite } from "../sites/local-site.ts";
import { CURT, EUROPEAN, foundBetween, PICKED, searchedList, type SearchedList } from "../sites/searched-lists.ts";
import { useHarvester } from "./open-harvester.ts";

/** The clock of the harvest. */
const TODAY = "2026-03-31";
const LIST = { today: () => TODAY, count: 40, size: 4, method: "get", dates: EUROPEAN } as const;
const MONTH = [
  { name: "Published from", value: "today-30d" },
  { name: "Published to", value: "today" },
];

const { harvester, serve, recordsOf } = await useHarvester(undefined, { clock: () => new Date(`${TODAY}T09:30:00Z`) });

const siteOf = (options: Partial<SearchedList> = {}) => serve(searchedList({ ...LIST, ...options }));
const ask = ({ url, host }: LocalSite, request: Partial<HarvestRequest> = {}) =>
  harvester.harvest({ url: `${url}/search`, transport: "http", allowHosts: [host], inputs: MONTH, ...request });
const titlesOf = async (run: string) => (await recordsOf(run)).map(({ fields }) => fields["title"]);
const titlesBetween = (from: string, to: string) => foundBetween(LIST, from, to).map(({ title }) => title);

describe("a list that only a search shows", () => {
  test.each([
    ["sent as an address", { method: "get" }],
    ["posted", { method: "post" }],
    ["with fields made for dates", { dates: PICKED }],
    ["whose form says how it wants dates only when it refuses one", { dates: CURT }],
  ] as const)("is learnt and brought home, %s", async (_how, options) => {
    const result = await ask(await siteOf(options));

    expect(await titlesOf(result.run)).toEqual(titlesBetween("2026-03-01", TODAY));
    expect(result.completeness.state).toBe("complete");
    expect(result.interactions.find(({ action }) => action === "entry")?.label).toBe(
      "Search (Published from: 2026-03-01, Published to: 2026-03-31)",
    );
  });

  test("is asked again by its recipe with the dates of the day, or with others", async () => {
    const site = await siteOf();
    const { recipeId, recipe } = await ask(site);
    const again = { recipeId: recipeId ?? "", allowHosts: [site.host] };
    const same = await harvester.harvest(again);
    const other = await harvester.harvest({ ...again, inputs: [{ name: "Published from", value: "today-1w" }] });

    expect(recipe?.inputs).toEqual([
      { name: "Published from", type: "date", value: "today-30d", format: "dd/MM/yyyy" },
      { name: "Published to", type: "date", value: "today", format: "dd/MM/yyyy" },
    ]);
    expect(await titlesOf(same.run)).toEqual(titlesBetween("2026-03-01", TODAY));
    expect(await titlesOf(other.run)).toEqual(titlesBetween("2026-03-24", TODAY));
    expect(other.alarms).toEqual([]);
    expect(site.requests.filter((line) => line.includes("d1=24%2F03%2F2026"))).not.toEqual([]);
  });

  test("is narrowed by words and by a choice, by what their fields are called", async () => {
    const inputs = [...MONTH, { name: "query", value: "road" }, { name: "Department", value: "roads" }];
    const site = await siteOf();
    await ask(site, { inputs });

    expect(site.requests.find((line) => line.includes("/results"))).toContain("q=road&dep=1&d1=01%2F03%2F2026");
  });

  test("is asked the same when a run goes on that was cut off", async () => {
    const site = await siteOf({ method: "post" });
    const stop = new AbortController();
    const { run } = await ask(site, {
      signal: stop.signal,
      staysOpenWhenCancelled: true,
      onProgress: ({ kind }) => kind === "page" && stop.abort(),
    });
    const resumed = await harvester.harvest({ resume: run });

    expect(await titlesOf(resumed.run)).toEqual(titlesBetween("2026-03-01", TODAY));
    expect((await harvester.runs.get(run)).request.inputs).toEqual([
      { name: "Published from", said: "today-30d", value: "2026-03-01" },
      { name: "Published to", said: "today", value: TODAY },
    ]);
  });
});

describe("a search that is refused", () => {
  test("is told with the portal's words while it is learnt", async () => {
    const inputs = [{ name: "from", value: "today-1y" }, { name: "to", value: "today" }]; // prettier-ignore

    await expect(ask(await siteOf(), { inputs })).rejects.toMatchObject({
      code: "search_refused",
      message: expect.stringContaining('"The period may not be longer than 92 days."'),
    });
  });

  test("ends a run with a recipe incomplete, and says why", async () => {
    const site = await siteOf();
    const { recipeId } = await ask(site);
    const inputs = [{ name: "Published from", value: "today-6m" }];
    const result = await harvester.harvest({ recipeId: recipeId ?? "", allowHosts: [site.host], inputs });

    expect(result).toMatchObject({ recordCount: 0, reason: "search_refused", alarms: [] });
    expect(result.completeness.state).toBe("incomplete");
    expect(result.notes.join(" ")).toContain("may not be longer than 92 days");
  });

  test("because its dates were told to be written otherwise, says how they are wanted", async () => {
    const inputs = MONTH.map((input) => ({ ...input, format: "MM-dd-yyyy" }));

    await expect(ask(await siteOf(), { inputs })).rejects.toMatchObject({
      code: "search_refused",
      message: expect.stringContaining("dd/mm/yyyy"),
    });
  });
});

describe("an input that cannot be asked", () => {
  test("for which the form has no field names the fields there are, and sends nothing", async () => {
    const site = await siteOf();
    const inputs = [{ name: "Colour", value: "red" }];

    await expect(ask(site, { inputs })).rejects.toMatchObject({
      code: "search_not_found",
      message: expect.stringContaining("The form has: Words, Department, Published from, Published to."),
    });
    expect(site.requests).toEqual(["GET /search"]);
  });

  test("is never typed into a form that is no search", async () => {
    const site = await siteOf();

    await expect(ask(site, { inputs: [{ name: "email", value: "a@b.example" }] })).rejects.toMatchObject({
      code: "search_not_found",
    });
    expect(site.requests).not.toContain("POST /newsletter");
  });

  test("that is no date, or that a recipe does not have, is refused before anything is asked", async () => {
    const site = await siteOf();
    const { recipeId } = await ask(site);
    const asked = site.requests.length;
    const again = (name: string, value: string) =>
      harvester.harvest({ recipeId: recipeId ?? "", allowHosts: [site.host], inputs: [{ name, value }] });

    await expect(again("Published from", "last week")).rejects.toMatchObject({ code: "bad_input" });
    await expect(again("Colour", "red")).rejects.toMatchObject({ code: "unknown_input" });
    expect(site.requests).toHaveLength(asked);
  });
});

test("a search form that is gone is drift: what stands in its place is not taken for what was found", async () => {
  const site = await serve((request) =>
    searchedList(LIST)(
      request.path === "/search" && request.askedBefore > 1 ? { ...request, path: "/results" } : request,
    ),
  );
  const { recipeId } = await ask(site);
  const gone = await serve(() => ({ body: "<title>Notices</title><h1>We moved</h1>" }));
  const { recipe } = await harvester.recipes.get(recipeId ?? "");
  const moved = {
    ...recipe,
    source: { url: `${gone.url}/search` },
    entry: { ...recipe.entry, url: `${gone.url}/search` },
  };

  expect(await harvester.harvest({ recipe: moved, allowHosts: [gone.host] })).toMatchObject({
    recordCount: 0,
    reason: "drift",
  });
});
