import { afterAll, expect, test } from "vitest";
import { AddressGuard } from "#platform/egress";
import { BrowserPool } from "#engines/browser";
import { useHarvester } from "../flows/open-harvester.ts";
import { ODD_PAGERS } from "../sites/odd-lists.ts";
import { scriptedList } from "../sites/scripted-lists.ts";
import { breakingLoadMore, SCRIPTED_PAGERS } from "../sites/scripted-pagers.ts";

const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
afterAll(() => pool.close());
const { harvester, serve } = await useHarvester(() => Promise.resolve(pool));

test.each(Object.entries(SCRIPTED_PAGERS))(
  "a list behind %s is read to its end",
  { timeout: 60_000 },
  async (_, site) => {
    const { url, host } = await serve(site);

    const result = await harvester.harvest({ url: `${url}/tenders`, allowHosts: [host] });

    expect(result).toMatchObject({ recordCount: 30, pages: 3 });
    expect(result.completeness.state).not.toBe("incomplete");
  },
);

test("a browser follows what the server says beside a page", { timeout: 60_000 }, async () => {
  const { url, host } = await serve(ODD_PAGERS["a Link header"]);

  const result = await harvester.harvest({ url: `${url}/tenders`, allowHosts: [host], transport: "browser" });

  expect(result).toMatchObject({ recordCount: 30, completeness: { state: "complete" } });
});

test("a button that brings nothing more because its server fails proves no end", { timeout: 60_000 }, async () => {
  const { url, host } = await serve(breakingLoadMore);

  const result = await harvester.harvest({ url: `${url}/tenders`, allowHosts: [host] });

  expect(result).toMatchObject({ recordCount: 20, completeness: { state: "unknown" } });
});

test("a list that grows while scrolling proves no end where its server fails", { timeout: 60_000 }, async () => {
  const { url, host } = await serve(scriptedList("scroll", { count: 26, size: 8, failsFrom: 3 }));

  const request = { url: `${url}/tenders`, allowHosts: [host], transport: "browser" } as const;
  const result = await harvester.harvest(request);

  expect(result).toMatchObject({ recordCount: 16, completeness: { state: "unknown" } });
});
