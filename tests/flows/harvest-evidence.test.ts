import { expect, test } from "vitest";
import { contactOf, detailedList } from "../sites/detailed-list.ts";
import { numberedTable, validatedList } from "../sites/paged-lists.ts";
import { tenders } from "../sites/tenders.ts";
import { useHarvester } from "./open-harvester.ts";
import { damagePages, tamperKit } from "./tamper-kit.ts";

const { harvester, serve, recordsOf, db, artifacts, folder } = await useHarvester();
const tamper = tamperKit(db, { hasKey: false });

async function harvested(count = 25): Promise<string> {
  const site = await serve(numberedTable({ count, size: 10 }));
  return (await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] })).run;
}

test("every value of a run is found again in its stored bytes", async () => {
  const run = await harvested();

  const report = await harvester.verify(run);

  expect(report).toMatchObject({ ok: true, failures: 0, records: 25, pages: 3 });
  expect(report.checked).toBeGreaterThanOrEqual(25 * 5);
});

test("a page that was stored with an unresolved conflict verifies, and the run says how it was read", async () => {
  const [list, earlier] = [numberedTable({ count: 12, size: 20 }), numberedTable({ count: 3, size: 20 })];
  const site = await serve((request) => {
    const [upper, lower] = [earlier(request)?.body, list(request)?.body];
    return lower ? { body: `<<<<<<< HEAD\n${upper}\n=======\n${lower}\n>>>>>>> 1a2b3c Capture\n` } : null;
  });

  const { run, recordCount, notes } = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });

  expect(recordCount).toBe(12);
  expect(await harvester.verify(run)).toMatchObject({ ok: true, failures: 0, records: 12 });
  expect(notes.join(" ")).toMatch(/unresolved conflict/);
});

test("a value points at the bytes, the place and the words it was read from", async () => {
  const run = await harvested();

  const [record] = await recordsOf(run);
  const [first] = Object.values(record?.evidence ?? {});
  const stored = await artifacts.get(first?.artifact ?? "");

  expect(first?.path).toMatch(/^\/html\[1\]\/body\[1\]\//);
  expect(new TextDecoder().decode(stored?.bytes)).toContain(first?.quote);
  expect(first?.capturedAt).toBeInstanceOf(Date);
});

test("an altered value is caught", async () => {
  const run = await harvested();
  const [one] = tenders(1);
  await tamper.json(run, (json) => json.replace(`"value":"${one?.closesIso}"`, `"value":"2031-12-31"`));

  const report = await harvester.verify(run);

  expect(report.failed).toMatchObject([
    { record: `${run}/1/1`, reason: "value_altered" },
    { record: run, reason: "run_altered" },
  ]);
});

test("an invented value is caught", async () => {
  const run = await harvested();
  const path = "/html[1]/body[1]/main[1]/h1[1]";
  await tamper.json(run, (json) =>
    json.replace('"fields":{', `"fields":{"winner":{"value":"Tenders","quote":"Tenders","path":"${path}"},`),
  );

  const report = await harvester.verify(run);

  expect(report.failed).toMatchObject([
    { field: "winner", reason: "value_without_evidence" },
    { field: "", reason: "run_altered" },
  ]);
});

test("an invented record is caught", async () => {
  const run = await harvested();
  await tamper.json(run, (json) => {
    const records = JSON.parse(json);
    return JSON.stringify([...records, { ...records[0], path: "/html[1]/body[1]/p[9]", key: "invented" }]);
  });

  const { failed } = await harvester.verify(run);

  expect([...new Set(failed.map(({ reason }) => reason))]).toEqual([
    "records_missing",
    "value_without_evidence",
    "record_not_found",
    "run_altered",
  ]);
});

test("a removed record is caught", async () => {
  const run = await harvested();
  await tamper.json(run, (json) => JSON.stringify(JSON.parse(json).slice(1)));

  const { failed } = await harvester.verify(run);

  expect(failed).toMatchObject([
    { record: `${run}/1`, reason: "records_missing" },
    { record: run, reason: "run_altered" },
  ]);
});

test("a run without evidence checks its values but cannot be verified later", async () => {
  const site = await serve(numberedTable({ count: 12, size: 10 }));

  const result = await harvester.harvest({ url: `${site.url}/tenders`, evidence: false, allowHosts: [site.host] });

  expect(result).toMatchObject({ recordCount: 12, unverifiedCount: 0 });
  await expect(harvester.verify(result.run)).rejects.toMatchObject({ code: "no_evidence_stored" });
});

test("pages that did not change are not fetched twice, and their evidence stands", async () => {
  const site = await serve(validatedList({ count: 30, size: 10 }));
  const first = await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] });
  const reused: boolean[] = [];

  const again = await harvester.harvest({
    recipeId: first.recipeId ?? "",
    allowHosts: [site.host],
    onProgress: (event) => event.kind === "page" && reused.push(event.reused),
  });

  expect(reused).toEqual([true, true, true]);
  const withoutIds = async (run: string) =>
    (await recordsOf(run)).map(({ key, fields, links }) => ({ key, fields, links }));
  expect(await withoutIds(again.run)).toEqual(await withoutIds(first.run));
  expect(await harvester.verify(again.run)).toMatchObject({ ok: true, records: 30 });
});

test("details are learnt from a few pages and read from all, each value with its evidence", async () => {
  const site = await serve(detailedList({ count: 13, size: 5 }));

  const { run, recipe } = await harvester.harvest({
    url: `${site.url}/tenders`,
    details: true,
    allowHosts: [site.host],
  });

  const records = await recordsOf(run);
  expect(recipe?.detail?.fields.length).toBeGreaterThan(2);
  for (const [at, one] of tenders(13).entries())
    expect(Object.values(records[at]?.detail?.fields ?? {}).flat()).toContain(contactOf(one));
  expect(await harvester.verify(run)).toMatchObject({ ok: true });
});

test("artifacts that a run points at are kept by retention", async () => {
  const run = await harvested();

  await artifacts.removeOlderThan(0);

  expect(await harvester.verify(run)).toMatchObject({ ok: true });
});

// Last: what it destroys is shared by all runs with the same pages.
test("altered artifact bytes are caught", async () => {
  const run = await harvested();
  await damagePages(folder);

  const { ok, failed } = await harvester.verify(run);

  expect(ok).toBe(false);
  expect(failed.map(({ reason }) => reason.slice(0, 9))).toEqual(["artifact_", "artifact_"]);
});
