import { afterAll, expect, test } from "vitest";
import { AddressGuard } from "#platform/egress";
import { BrowserPool } from "#engines/browser";
import { useHarvester } from "../flows/open-harvester.ts";
import { framedList } from "../sites/guarded-lists.ts";
import { layout, tableOf } from "../sites/layout.ts";
import { numberedTable } from "../sites/paged-lists.ts";
import { postBackGrid } from "../sites/post-back-grid.ts";
import { scriptedList } from "../sites/scripted-lists.ts";
import { tenders } from "../sites/tenders.ts";

const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
afterAll(() => pool.close());
const { harvester, serve, recordsOf } = await useHarvester(() => Promise.resolve(pool));

const truth = (count: number): string[] => tenders(count).map(({ reference }) => reference);

async function references(run: string): Promise<string[]> {
  return (await recordsOf(run)).map(({ text }) => /T-2026-\d+/.exec(text)?.[0] ?? "");
}

test("a list that a script draws is learnt in a browser, which the recipe remembers", { timeout: 60_000 }, async () => {
  const site = await serve(scriptedList("whole", { count: 14, size: 14 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(result.recipe?.transport).toBe("browser");
  expect(await references(result.run)).toEqual(truth(14));
  expect(await harvester.verify(result.run)).toMatchObject({ ok: true });
});

test("a dialog about cookies is answered where it holds the list back", { timeout: 60_000 }, async () => {
  const part = tableOf(tenders(14));
  const page = layout(
    "Tenders",
    `<div id="list"></div><div role="dialog" aria-modal="true" id="cookies" style="position:fixed;inset:0;background:#fff"><p>We use cookies.</p><button>Accept all</button><button>Reject all</button></div>`,
    `<script>for (const button of document.querySelectorAll("#cookies button")) button.onclick = async () => {
      document.getElementById("cookies").remove();
      document.getElementById("list").innerHTML = await (await fetch("/part?pressed=" + button.textContent.replace(" ", "-"))).text(); };</script>`,
  );
  const site = await serve(({ path }) => ({ body: path === "/part" ? part : page }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(await references(result.run)).toEqual(truth(14));
  expect(site.requests.filter((line) => line.includes("pressed"))).toEqual(["GET /part?pressed=Reject-all"]);
});

test("a static list is never taken to a browser", { timeout: 60_000 }, async () => {
  const site = await serve(numberedTable({ count: 20, size: 10 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(result.recipe?.transport).toBe("http");
});

test("a button is pressed until nothing more comes", { timeout: 60_000 }, async () => {
  const site = await serve(scriptedList("load-more", { count: 23, size: 8 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(await references(result.run)).toEqual(truth(23));
  expect(result.completeness).toMatchObject({ found: 23, duplicates: 0 });
});

test("a list that grows while it is scrolled is scrolled to its end", { timeout: 60_000 }, async () => {
  const site = await serve(scriptedList("scroll", { count: 26, size: 8 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, transport: "browser", allowHosts: [site.host] });

  expect(await references(result.run)).toEqual(truth(26));
});

test("a list in an open shadow root is part of the page", { timeout: 60_000 }, async () => {
  const site = await serve(scriptedList("shadow", { count: 9, size: 9 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(await references(result.run)).toEqual(truth(9));
});

test("a list in a frame is part of the page", { timeout: 60_000 }, async () => {
  const site = await serve(framedList({ count: 9, size: 9 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, transport: "browser", allowHosts: [site.host] });

  expect(await references(result.run)).toEqual(truth(9));
});

test("a post-back grid is walked in a browser too", { timeout: 60_000 }, async () => {
  const site = await serve(postBackGrid({ count: 20, size: 8 }));

  const url = `${site.url}/Tenders.aspx`;
  const result = await harvester.harvest({ url, transport: "browser", allowHosts: [site.host] });

  expect(await references(result.run)).toEqual(truth(20));
});

test("a value is shown in a picture of its stored page, without asking the site", { timeout: 60_000 }, async () => {
  const site = await serve(numberedTable({ count: 8, size: 10 }));
  const { run } = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });
  const [record] = await recordsOf(run);
  const asked = site.requests.length;

  const shot = await harvester.screenshot({
    record: record?.id ?? "",
    field: Object.keys(record?.fields ?? {})[0] ?? "",
  });

  expect([...shot.bytes.subarray(1, 4)].map((code) => String.fromCharCode(code)).join("")).toBe("PNG");
  expect(site.requests).toHaveLength(asked);
});
