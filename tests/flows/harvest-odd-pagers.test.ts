import { expect, test } from "vitest";
import { listBesideOtherLists, ODD_PAGERS, PARTS_OF_LISTS } from "../sites/odd-lists.ts";
import { tenders } from "../sites/tenders.ts";
import { useHarvester } from "./open-harvester.ts";

const { harvester, serve, recordsOf } = await useHarvester();

async function references(run: string): Promise<string[]> {
  const found = (await recordsOf(run)).map(({ text }) => /T-2026-\d+/.exec(text)?.[0] ?? text);
  return found.sort();
}

const truth = (count: number): string[] =>
  tenders(count)
    .map(({ reference }) => reference)
    .sort();

test.each(Object.entries(ODD_PAGERS))("a list behind %s comes home whole", async (_, site) => {
  const { url, host } = await serve(site);

  const result = await harvester.harvest({ url: `${url}/tenders`, transport: "http", allowHosts: [host] });

  expect(await references(result.run)).toEqual(truth(30));
  expect(result.completeness.state).not.toBe("incomplete");
  expect(await harvester.verify(result.run)).toMatchObject({ ok: true });
});

test.each(Object.entries(PARTS_OF_LISTS))("%s is never called complete", async (_, site) => {
  const { url, host } = await serve(site);

  const result = await harvester.harvest({ url: `${url}/tenders`, transport: "http", allowHosts: [host] });

  expect(result.recordCount).toBeGreaterThan(0);
  expect(result.recordCount).toBeLessThan(30);
  expect(result.completeness.state).not.toBe("complete");
});

test("a link to all of something else brings nothing into the list", async () => {
  const { url, host } = await serve(listBesideOtherLists);

  const result = await harvester.harvest({ url: `${url}/tenders`, transport: "http", allowHosts: [host] });

  expect(await references(result.run)).toEqual(truth(13));
  expect(result.completeness.state).toBe("complete");
});

test("a choice of page sizes is not taken for a row of pages", async () => {
  const { url, host, requests } = await serve(ODD_PAGERS["links to larger pages"]);

  await harvester.harvest({ url: `${url}/tenders`, transport: "http", allowHosts: [host] });

  expect(requests).toEqual(["GET /tenders", "GET /tenders?size=50"]);
});
