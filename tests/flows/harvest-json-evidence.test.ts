import { expect, test } from "vitest";
import { EvidenceViewer } from "#engines/harvest";
import { jsonList } from "../sites/json-lists.ts";
import { tenders } from "../sites/tenders.ts";
import { useHarvester } from "./open-harvester.ts";
import { tamperKit } from "./tamper-kit.ts";

const { harvester, serve, recordsOf, db, artifacts } = await useHarvester();
const tamper = tamperKit(db, { hasKey: true });
const noBrowser = () => Promise.reject(new Error("Showing a page asks for no browser."));
const viewer = new EvidenceViewer({ artifacts, browsers: noBrowser });

async function harvested(): Promise<string> {
  const site = await serve(jsonList("offset", { count: 20, size: 8 }));
  const url = `${site.url}/api/notices?offset=0&limit=8`;
  return (await harvester.harvest({ url, allowHosts: [site.host] })).run;
}

test("each value of a JSON answer is found again, and shown with itself outlined", async () => {
  const run = await harvested();

  const [record] = await recordsOf(run);
  const places = Object.values(record?.evidence ?? {});

  expect(places.length).toBeGreaterThanOrEqual(4);
  for (const place of places) {
    expect(await viewer.check(place)).toEqual({ verified: true });
    const html = await viewer.page(place.artifact ?? "", place);
    expect(/<mark id="gleaner-evidence"[^>]*>([^<]*)<\/mark>/.exec(html)?.[1]).toBe(place.quote);
    expect(html).toMatch(/\n {8}"/);
  }
});

test("a value of a JSON answer that was altered is caught", async () => {
  const run = await harvested();
  const [one] = tenders(1);
  await tamper.json(run, (json) => json.replace(`"value":"${one?.reference}"`, `"value":"T-2031-9"`));

  expect((await harvester.verify(run)).failed).toMatchObject([{ record: `${run}/1/1`, reason: "value_altered" }]);
});

test("a quote that was altered with its value is caught", async () => {
  const run = await harvested();
  const { reference = "" } = tenders(1)[0] ?? {};
  await tamper.json(run, (json) => json.replaceAll(reference, "T-2031-9"));

  const { failed } = await harvester.verify(run);

  expect(failed.map(({ reason }) => reason)).toContain("quote_not_found");
});

test("a value that the answer never had is caught", async () => {
  const run = await harvested();
  await tamper.json(run, (json) =>
    json.replace(
      '"fields":{',
      '"fields":{"winner":{"value":"Acme","quote":"Acme","path":"/html[1]/body[1]/script[1]","range":[9,13]},',
    ),
  );

  expect((await harvester.verify(run)).failed).toMatchObject([{ field: "winner", reason: "quote_not_found" }]);
});
