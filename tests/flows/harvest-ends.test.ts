import { expect, test } from "vitest";
import type { HarvestProgress } from "#engines/harvest";
import { captchaAfterFirstPage, emptyList, loginPage, softNotFound } from "../sites/guarded-lists.ts";
import { numberedTable } from "../sites/paged-lists.ts";
import { scriptedList } from "../sites/scripted-lists.ts";
import { troubledList } from "../sites/troubled-lists.ts";
import { useHarvester } from "./open-harvester.ts";

const { harvester, serve, db } = await useHarvester();
const thirty = { count: 30, size: 10 };

test("a page limit ends a run as incomplete", async () => {
  const site = await serve(numberedTable(thirty));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, maxPages: 2, allowHosts: [site.host] });

  expect(result).toMatchObject({ pages: 2, recordCount: 20, reason: "page_limit" });
  expect(result.completeness.state).toBe("incomplete");
  expect(site.requests).toHaveLength(2);
});

test("a time limit ends a run as incomplete", async () => {
  const site = await serve(troubledList("slow", thirty));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, maxMs: 300, allowHosts: [site.host] });

  expect(result).toMatchObject({ reason: "time_limit", recordCount: 10 });
  expect(result.completeness.state).toBe("incomplete");
});

test("a cancelled run keeps what it has and says so", async () => {
  const site = await serve(numberedTable(thirty));
  const cancel = new AbortController();
  const onProgress = (event: HarvestProgress): void => {
    if (event.kind === "page" && event.page === 2) cancel.abort();
  };

  const url = `${site.url}/tenders`;
  const result = await harvester.harvest({ url, signal: cancel.signal, onProgress, allowHosts: [site.host] });

  expect(result).toMatchObject({ reason: "cancelled", recordCount: 20, pages: 2 });
  expect(result.completeness.state).toBe("incomplete");
});

test("a host that asks to wait is waited for", async () => {
  const site = await serve(troubledList("asks-to-wait", thirty));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(result).toMatchObject({ recordCount: 30, reason: "last_page" });
});

test("a page that broke once is asked for again", async () => {
  const site = await serve(troubledList("broken-once", thirty));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(result).toMatchObject({ recordCount: 30, reason: "last_page" });
  expect(site.requests.filter((asked) => asked.includes("page=2"))).toHaveLength(2);
});

test("a page that stays broken leaves a gap, the pages behind it are still harvested", async () => {
  const site = await serve(troubledList("broken", { count: 40, size: 10 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(result.recordCount).toBe(30);
  expect(result.completeness).toMatchObject({ state: "incomplete", gaps: ["page 2"] });
});

test("a connection that is cut in the middle of a page leaves a gap, never half a page", async () => {
  const site = await serve(troubledList("cut", thirty));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(result.recordCount).toBe(20);
  expect(result.completeness).toMatchObject({ state: "incomplete", gaps: ["page 2"] });
});

test("a CAPTCHA in the middle of a list stops the run at a wall", async () => {
  const site = await serve(captchaAfterFirstPage(thirty));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, transport: "http", allowHosts: [site.host] });

  expect(result).toMatchObject({ reason: "wall", recordCount: 10, wall: { kind: "captcha" } });
  expect(result.completeness.state).toBe("incomplete");
});

test("a log-in page is a wall and no list", async () => {
  const site = await serve(loginPage());

  const result = await harvester.harvest({ url: `${site.url}/tenders`, transport: "http", allowHosts: [site.host] });

  expect(result).toMatchObject({ reason: "wall", recordCount: 0, wall: { kind: "login" }, recipe: null });
});

test("a page that calls itself an error although its status is 200 is no last page", async () => {
  const site = await serve(softNotFound(thirty));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(result.recordCount).toBe(10);
  expect(result.completeness.state).not.toBe("complete");
});

test("an empty list that is learnt for the first time claims nothing", async () => {
  const site = await serve(emptyList());

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(result).toMatchObject({ recordCount: 0, reason: "no_records" });
  expect(result.completeness.state).toBe("unknown");
});

test("a known list that says it is empty is complete with nothing", async () => {
  let open = true;
  const [full, empty] = [numberedTable({ count: 8, size: 10 }), emptyList()];
  const site = await serve((request) => (open ? full(request) : empty(request)));
  const first = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });
  open = false;

  const again = await harvester.harvest({ recipeId: first.recipeId ?? "", allowHosts: [site.host] });

  expect(again).toMatchObject({ recordCount: 0 });
  expect(again.completeness).toMatchObject({ state: "complete", found: 0 });
  expect(again.alarms.map(({ kind }) => kind)).toContain("shrunk");
});

test("a list that shrank against its history raises an alarm", async () => {
  let count = 40;
  const site = await serve((request) => numberedTable({ count, size: 10 })(request));
  const first = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });
  count = 20;

  const again = await harvester.harvest({ recipeId: first.recipeId ?? "", allowHosts: [site.host] });

  expect(again.alarms).toMatchObject([{ kind: "shrunk" }]);
  const events = await harvester.recipes.events(first.recipeId ?? "");
  expect(events.map(({ kind }) => kind)).toContain("shrunk");
});

test("a list that a script draws needs a browser, and its absence is a clear error", async () => {
  const site = await serve(scriptedList("whole", { count: 12, size: 12 }));

  const harvest = harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  await expect(harvest).rejects.toMatchObject({ code: "browser_not_started" });
});

test("an address that may not be asked for is refused before anything is stored", async () => {
  const site = await serve(numberedTable(thirty));

  await expect(harvester.harvest({ url: `${site.url}/tenders` })).rejects.toMatchObject({ code: "address_refused" });
  expect(site.requests).toEqual([]);
  expect(await db.selectFrom("harvest_run").selectAll().execute()).toEqual([]);
});

test("a site's robots.txt is respected unless the operator says otherwise", async () => {
  const list = numberedTable(thirty);
  const robots = { headers: { "content-type": "text/plain" }, body: "User-agent: *\nDisallow: /tenders" };
  const site = await serve((request) => (request.path === "/robots.txt" ? robots : list(request)));
  const request = { url: `${site.url}/tenders`, allowHosts: [site.host] };

  await expect(harvester.harvest(request)).rejects.toMatchObject({ code: "robots_disallowed" });
  const ignored = await harvester.harvest({ ...request, robots: "ignore" });

  expect(ignored.recordCount).toBe(30);
});

test.each([
  [{}, /Say what to harvest/],
  [{ url: "http://a.example", recipeId: "x" }, /not several/],
  [{ url: "http://a.example", maxPages: 0 }, /maxPages/],
  [{ addresses: [] }, /empty/],
])("a contradictory request %j is refused", async (request, message) => {
  await expect(harvester.harvest(request)).rejects.toThrow(message);
});
