import { describe, expect, test } from "vitest";
import { sql } from "kysely";
import { numberedTable } from "../sites/paged-lists.ts";
import { PARTS_OF_LISTS } from "../sites/odd-lists.ts";
import { useHarvester } from "./open-harvester.ts";
import { tamperKit, valueOf, type StoredRecord, type StoredValue } from "./tamper-kit.ts";

const { harvester, serve, db, artifacts } = await useHarvester();
const tamper = tamperKit(db, { hasKey: true });

async function harvested(): Promise<string> {
  const site = await serve(numberedTable({ count: 20, size: 10 }));
  return (await harvester.harvest({ url: `${site.url}/tenders`, allowHosts: [site.host] })).run;
}

type Change = (records: StoredRecord[]) => void;

/** As if a later program looked at it. */
async function outdate(run: string): Promise<void> {
  await sql`update harvest_run set request = jsonb_set(request::jsonb, '{program}', '"0.0.1+older"') where id = ${run}`.execute(
    db,
  );
  await tamper.sealAnew(run);
}

function setValue(name: string, change: Partial<StoredValue>): Change {
  return ([record]) => void Object.assign(valueOf(record, name), change);
}

/** What nobody may do unnoticed, whichever program looks. */
const FALSE_VALUES: Readonly<Record<string, Change>> = {
  "a date moved by a day": setValue("closing_date", { value: "2026-01-02" }),
  "a date moved by a year": setValue("closing_date", { value: "2027-01-01" }),
  "an amount times hundred": setValue("value", { value: "1250000 GBP" }),
  "an amount in another currency": setValue("value", { value: "12500 EUR" }),
  "another text": setValue("title", { value: "Resurfacing of another road" }),
  "another address": setValue("title_url", { value: "http://evil.example/tenders/t-2026-1000" }),
  "another quote": setValue("title", { quote: "Resurfacing of another road", value: "Resurfacing of another road" }),
  "a quote at another place": ([record]) =>
    void Object.assign(valueOf(record, "title"), { path: "/html[1]/body[1]/main[1]/h1[1]" }),
  "a path that leads nowhere": setValue("title", { path: "/html[1]/body[1]/p[77]" }),
  "a range that cuts the quote": setValue("title", { range: [0, 5] }),
  "a field that the recipe lacks": ([record]) =>
    void Object.assign(record?.fields ?? {}, { winner: { ...valueOf(record, "title") } }),
  "another link": ([record]) => void Object.assign(record ?? {}, { links: ["http://evil.example/"] }),
  "another text of the record": ([record]) => void Object.assign(record ?? {}, { text: `${record?.text} awarded` }),
  "a record that is none": (records) => void records.splice(0, 1, { ...alike(records), path: "/html[1]/body[1]/p[9]" }),
};

function alike([record]: StoredRecord[]): StoredRecord {
  if (!record) throw new Error("There is no record.");
  return record;
}

describe.each([
  ["the program that made the run", false],
  ["a later program", true],
])("%s", (_, isLater) => {
  test.each(Object.entries(FALSE_VALUES))("catches %s", async (_, change) => {
    const run = await harvested();
    await tamper.records(run, change);
    if (isLater) await outdate(run);

    const report = await harvester.verify(run);

    expect(report.ok).toBe(false);
    expect(report.failures).toBeGreaterThan(0);
  });
});

test("values that changed places between records are caught", async () => {
  const run = await harvested();
  await tamper.records(run, ([one, two]) => {
    const [a, b] = [{ ...valueOf(one, "title") }, { ...valueOf(two, "title") }];
    Object.assign(valueOf(one, "title"), b);
    Object.assign(valueOf(two, "title"), a);
  });

  expect((await harvester.verify(run)).failed).toMatchObject([
    { reason: "value_altered" },
    { reason: "value_altered" },
  ]);
});

test("a record that was written over another one is caught", async () => {
  const run = await harvested();
  await tamper.records(run, (records) => void records.splice(1, 1, alike(records)));

  expect((await harvester.verify(run)).ok).toBe(false);
});

test("a page that points at the bytes of another page is caught", async () => {
  const run = await harvested();
  await sql`update run_page set artifact = (select artifact from run_page where run_id = ${run} and number = 2) where run_id = ${run} and number = 1`.execute(
    db,
  );
  await tamper.sealAnew(run);

  expect((await harvester.verify(run)).ok).toBe(false);
});

test("a page that points at bytes which were stored for it is caught", async () => {
  const run = await harvested();
  const forged = await artifacts.put(new TextEncoder().encode("<table><tr><td>T-2026-1000</table>"), {
    mediaType: "text/html",
    kind: "page",
  });
  await sql`update run_page set artifact = ${forged.sha256} where run_id = ${run} and number = 1`.execute(db);
  await tamper.sealAnew(run);

  expect((await harvester.verify(run)).ok).toBe(false);
});

test("a page that was taken away with its count is caught", async () => {
  const run = await harvested();
  await sql`delete from run_page where run_id = ${run} and number = 2`.execute(db);
  await sql`update harvest_run set page_count = 1 where id = ${run}`.execute(db);

  await tamper.sealAnew(run);

  expect((await harvester.verify(run)).failed).toMatchObject([{ reason: "records_missing" }]);
});

test("a recipe that was rewritten is caught", async () => {
  const run = await harvested();
  await sql`update recipe_version set body = replace(body::text, '"closing_date"', '"award_date"')::jsonb
    where recipe_id = (select recipe_id from harvest_run where id = ${run})`.execute(db);

  const reasons = (await harvester.verify(run)).failed.map(({ reason }) => reason);
  expect(reasons[0]).toBe("recipe_altered");
});

test("what a later program reads differently is told, and fails nothing while its evidence holds", async () => {
  const run = await harvested();
  // As an older program might have stored it: the field was not read, the record's text had other spaces.
  await tamper.records(run, ([record]) => {
    delete record?.fields["value"];
    Object.assign(record ?? {}, { text: record?.text.replace(" ", "  ") });
  });
  await outdate(run);

  const report = await harvester.verify(run);

  expect(report).toMatchObject({ ok: true, failures: 0, program: { run: "0.0.1+older" } });
  expect(report.differences).toBeGreaterThan(0);
  expect(report.differs[0]).toMatchObject({ record: `${run}/1/1`, reason: "reread_differs" });
});

test("a run over embedded data is verified, and an altered value of it caught", async () => {
  const site = await serve(PARTS_OF_LISTS["the first part of a script's data"]);
  const { run } = await harvester.harvest({ url: `${site.url}/tenders`, transport: "http", allowHosts: [site.host] });
  expect(await harvester.verify(run)).toMatchObject({ ok: true, records: 13 });

  await tamper.records(run, setValue("title", { value: "Resurfacing of another road" }));

  expect((await harvester.verify(run)).failed).toMatchObject([{ field: "title", reason: "value_altered" }]);
});
