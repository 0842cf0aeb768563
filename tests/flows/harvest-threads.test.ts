import { expect, test } from "vitest";
import { harvest as harvestAll, learn } from "#app/testing";
import { tenders } from "../sites/tenders.ts";
import { cardList } from "../sites/paged-lists.ts";
import { useHarvester } from "./open-harvester.ts";

const { harvester, serve, recordsOf } = await useHarvester();

test("many known pages, read side by side, give the same records in the same order", async () => {
  const count = 450;
  const site = await serve(cardList({ count, size: 2 }));
  const learnt = await serve(cardList({ count: 40, size: 20 }));
  const { recipe } = await harvester.learn({ url: `${learnt.url}/tenders`, allowHosts: [learnt.host] });
  const addresses = Array.from({ length: count / 2 }, (_, at) => `${site.url}/tenders/page/${at + 1}`);

  const result = await harvester.harvest({
    ...(recipe ? { recipe } : {}),
    addresses,
    concurrency: 8,
    allowHosts: [site.host],
  });

  const references = (await recordsOf(result.run)).map(({ text }) => /T-2026-\d+/.exec(text)?.[0]);
  expect(references).toEqual(tenders(count).map(({ reference }) => reference));
  expect(await harvester.verify(result.run)).toMatchObject({ ok: true, records: count });
}, 120_000);

test("the library reads pages whose addresses are known, in threads that start with it", async () => {
  const count = 450;
  const site = await serve(cardList({ count, size: 2 }));
  const learnt = await serve(cardList({ count: 40, size: 20 }));
  const from = `${learnt.url}/tenders`;
  const { recipe } = await learn(from, { allowHosts: [learnt.host], transport: "http" });
  const addresses = Array.from({ length: count / 2 }, (_, at) => `${site.url}/tenders/page/${at + 1}`);

  const options = { addresses, concurrency: 8, allowHosts: [site.host], ...(recipe ? { recipe } : {}) };
  const { records, pages, reason } = await harvestAll(from, options);

  const references = records.map(({ text }) => /T-2026-\d+/.exec(text)?.[0]);
  expect(references).toEqual(tenders(count).map(({ reference }) => reference));
  expect({ pages, reason }).toEqual({ pages: count / 2, reason: "last_page" });
}, 120_000);
