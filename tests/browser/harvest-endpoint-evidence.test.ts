import { afterAll, beforeAll, expect, test } from "vitest";
import { AddressGuard } from "#platform/egress";
import { BrowserPool } from "#engines/browser";
import type { Recipe } from "#engines/extraction";
import { EvidenceViewer } from "#engines/harvest";
import { useHarvester } from "../flows/open-harvester.ts";
import { damagePages, tamperKit, valueOf, type StoredValue } from "../flows/tamper-kit.ts";
import { endpointList, LIST_PATH } from "../sites/endpoint-lists.ts";
import { startSite } from "../sites/local-site.ts";

const LIMIT = { timeout: 120_000 };
const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
const { harvester, recordsOf, db, artifacts, folder } = await useHarvester(async () => pool);
const tamper = tamperKit(db, { hasKey: false });
const viewer = new EvidenceViewer({ artifacts, browsers: async () => pool });
const site = await startSite(endpointList("GraphQL", { count: 29, size: 8 }));
afterAll(() => Promise.all([pool.close(), site.close()]));
let recipe: Recipe | null = null;

beforeAll(async () => {
  const learnt = await harvester.learn({ url: `${site.url}${LIST_PATH}`, allowHosts: [site.host] });
  recipe = learnt.recipe;
  expect(recipe?.endpoint?.method).toBe("POST");
}, LIMIT.timeout);

async function harvested(): Promise<string> {
  if (!recipe) throw new Error("The recipe was not learnt.");
  return (await harvester.harvest({ recipe, allowHosts: [site.host] })).run;
}

test("each value points at its place in the JSON that was posted for", LIMIT, async () => {
  const [record] = await recordsOf(await harvested());
  const evidence = record?.evidence ?? {};

  expect(record?.fields).toMatchObject({ closing_date: "2026-01-01", value: "12500 GBP" });
  expect(evidence["closing_date"]).toMatchObject({ quote: String(Date.UTC(2026, 0, 1)), url: `${site.url}/graphql` });
  expect(evidence["value"]).toMatchObject({ quote: "12500" });
  const stored = await artifacts.get(evidence["value"]?.artifact ?? "");
  const text = new TextDecoder().decode(stored?.bytes);
  for (const { quote, range } of Object.values(evidence)) expect(text.slice(...(range ?? [0, 0]))).toBe(quote);
  for (const place of Object.values(evidence)) expect(await viewer.check(place)).toEqual({ verified: true });
});

test.each<[string, string, Partial<StoredValue>, string]>([
  ["an amount times ten", "value", { value: "125000 GBP" }, "value_altered"],
  ["an amount in another currency", "value", { value: "12500 USD" }, "value_altered"],
  ["a date moved by a day", "closing_date", { value: "2026-01-02" }, "value_altered"],
  ["another title", "title", { value: "Nothing at all" }, "value_altered"],
  ["another address", "title_url", { value: "http://evil.example/notice/n5000/view" }, "value_altered"],
  ["another quote", "value", { value: "99 GBP", quote: "99" }, "quote_not_found"],
  ["the quote of the next record", "reference", { range: [0, 5] }, "quote_not_found"],
])("%s is caught", LIMIT, async (_, name, change, reason) => {
  const run = await harvested();
  expect(await harvester.verify(run)).toMatchObject({ ok: true, records: 29 });
  await tamper.records(run, ([record]) => void Object.assign(valueOf(record, name), change));

  const { ok, failed } = await harvester.verify(run);

  expect(ok).toBe(false);
  expect(failed).toContainEqual(expect.objectContaining({ record: `${run}/1/1`, field: name, reason }));
});

test("a record that the endpoint never gave is caught", LIMIT, async () => {
  const run = await harvested();
  await tamper.records(
    run,
    ([record]) => void Object.assign(record ?? {}, { text: "A tender that there is not", links: [] }),
  );

  expect((await harvester.verify(run)).failed.map(({ reason }) => reason)).toContain("record_altered");
});

// Last: what it destroys is shared by all runs with the same answers.
test("an answer whose stored bytes were altered is caught", LIMIT, async () => {
  const run = await harvested();
  await damagePages(folder);

  const { ok, failed } = await harvester.verify(run);

  expect(ok).toBe(false);
  expect(failed.map(({ reason }) => reason)).toEqual(expect.arrayContaining([expect.stringMatching(/artifact_/)]));
});
