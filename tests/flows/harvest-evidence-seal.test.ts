import { sql, type RawBuilder } from "kysely";
import { beforeEach, describe, expect, test } from "vitest";
import { SealedRunStore } from "#engines/harvest";
import { digestOfRun, manifestPlace, PagesDigest } from "#engines/harvest/testing";
import { SecretSeal } from "#platform/storage";
import { detailedList } from "../sites/detailed-list.ts";
import { testSeal, useHarvester } from "./open-harvester.ts";
import { tamperKit } from "./tamper-kit.ts";

const { harvester, serve, db } = await useHarvester();
const OLD = { id: "0707abcd", bytes: new Uint8Array(32).fill(7) };
const NEW = { id: "0909abcd", bytes: new Uint8Array(32).fill(9) };
let run = "";
let other = "";

/** Two runs over one portal, with a page for each record. */
beforeEach(async () => {
  const site = await serve(detailedList({ count: 6, size: 3 }));
  const request = { url: `${site.url}/tenders`, allowHosts: [site.host], transport: "http" as const, details: true };
  run = (await harvester.harvest(request)).run;
  other = (await harvester.harvest(request)).run;
});

const reasonsOf = async (id = run): Promise<string[]> =>
  (await harvester.verify(id)).failed.map(({ reason }) => reason);

test("a run is sealed when it ends, and holds", async () => {
  expect(await harvester.verify(run)).toMatchObject({ ok: true, sealed: true, failures: 0, pages: 2 });
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from run_detail where run_id = ${run} and detail is not null`.execute(db);
  expect(rows).toEqual([{ count: 6 }]);
});

/** What somebody may do who can write to the database, and has no key. */
const DEEDS: Readonly<Record<string, () => RawBuilder<unknown>>> = {
  "a page that was taken a day later": () =>
    sql`update run_page set captured_at = captured_at - interval '1 day' where run_id = ${run} and number = 2`,
  "a detail that was taken a second later": () =>
    sql`update run_detail set captured_at = captured_at - interval '1 second' where run_id = ${run} and page = 1 and position = 2`,
  "a detail that is gone": () => sql`delete from run_detail where run_id = ${run} and page = 2 and position = 3`,
  "all details that are gone": () => sql`delete from run_detail where run_id = ${run}`,
  "details that changed places": () =>
    sql`update run_detail d set url = o.url, artifact = o.artifact, captured_at = o.captured_at, detail = o.detail
      from run_detail o where d.run_id = ${run} and o.run_id = ${run} and d.page = 1 and o.page = 1 and d.position = 3 - o.position`,
  "a detail that became a problem": () =>
    sql`update run_detail set detail = null, problem = 'unreachable' where run_id = ${run} and page = 1 and position = 1`,
  "a page's address": () => sql`update run_page set url = replace(url, '/tenders', '/other') where run_id = ${run}`,
  "a status that was no success": () => sql`update run_page set http_status = 404 where run_id = ${run} and number = 1`,
  "records that were swapped with another run's": () =>
    sql`update run_page p set records = o.records, artifact = o.artifact, captured_at = o.captured_at, duplicate_count = 1
      from run_page o where p.run_id = ${run} and o.run_id = ${other} and p.number = o.number`,
  "pages of another run, as they are": () =>
    sql`update run_page p set captured_at = o.captured_at, duration_ms = o.duration_ms + 1
      from run_page o where p.run_id = ${run} and o.run_id = ${other} and p.number = o.number`,
  "a judgement that calls it incomplete": () =>
    sql`update harvest_run set completeness = jsonb_set(completeness, '{state}', '"incomplete"') where id = ${run}`,
  "a time when it ended": () =>
    sql`update harvest_run set finished_at = finished_at - interval '1 day' where id = ${run}`,
  "what it was asked for": () =>
    sql`update harvest_run set request = jsonb_set(request, '{maxPages}', '1') where id = ${run}`,
  "the seal of another run": () =>
    sql`update harvest_run set manifest = (select manifest from harvest_run where id = ${other}) where id = ${run}`,
};

describe("whoever changes it without the key is noticed:", () => {
  test.each(Object.entries(DEEDS))("%s", async (_what, deed) => {
    await deed().execute(db);

    expect(await reasonsOf()).toContain("run_altered");
    expect(await reasonsOf(other)).toEqual([]);
  });
});

test("records that were altered before the run ended are noticed, too", async () => {
  const tamper = tamperKit(db, { hasKey: false });
  await tamper.records(run, ([record]) => Object.assign(record ?? {}, { text: "Somebody else's works" }));
  // What the run does at its end.
  await tamper.sealAnew(run);

  expect(await reasonsOf()).toContain("run_altered");
});

test("a page that was altered while the run went on is noticed, though it is the program that seals it", async () => {
  const site = await serve(detailedList({ count: 9, size: 3 }));
  const altering: Promise<unknown>[] = [];
  const altered = await harvester.harvest({
    url: `${site.url}/tenders`,
    allowHosts: [site.host],
    transport: "http",
    onProgress: (event) => {
      if (event.kind !== "page" || event.page !== 3) return;
      altering.push(
        sql`update run_page set http_status = 203 where run_id = ${event.run ?? ""} and number = 1`.execute(db),
      );
    },
  });
  await Promise.all(altering);

  expect(altered.pages).toBe(3);
  expect(await reasonsOf(altered.run)).toEqual(["run_altered"]);
});

test("a run to which another process added pages is sealed with all of them", async () => {
  const pages = new PagesDigest();
  const [before] = await harvester.runs.list({ limit: 1 });
  await sql`update harvest_run set status = 'running', completeness = null, outcome = null, finished_at = null, manifest = null
    where id = ${other}`.execute(db);
  const at = new Date();
  const { completeness, outcome } = before?.status === "finished" ? before : expect.fail("No run has ended.");
  await harvester.runs.finish(other, { completeness, outcome, at, pages });

  expect(await reasonsOf(other)).toEqual([]);
});

test("a run that was sealed by an earlier version, as one digest of all lines, still holds and is still noticed", async () => {
  const digest = await digestOfRun(db, run, { form: 1, reread: false });
  const manifest = testSeal().seal(digest ?? "", manifestPlace(run));
  await sql`update harvest_run set manifest = ${manifest} where id = ${run}`.execute(db);
  expect(await reasonsOf()).toEqual([]);

  await sql`update run_page set duration_ms = duration_ms + 1 where run_id = ${run}`.execute(db);
  expect(await reasonsOf()).toEqual(["run_altered"]);
});

describe("a run without a seal", () => {
  test("says that it was taken away", async () => {
    await sql`update harvest_run set manifest = null where id = ${run}`.execute(db);

    expect(await harvester.verify(run)).toMatchObject({ sealed: false, ok: false });
    expect(await reasonsOf()).toEqual(["seal_removed"]);
  });

  test("does not pass for one from before runs were sealed when earlier ones were", async () => {
    await sql`update harvest_run set manifest = null, predates_seals = true where id = ${other}`.execute(db);

    expect(await reasonsOf(other)).toEqual(["seal_removed"]);
  });

  test("is no failure where it ended before runs were sealed", async () => {
    await sql`update harvest_run set manifest = null, predates_seals = true`.execute(db);

    expect(await harvester.verify(run)).toMatchObject({ sealed: false, ok: true });
  });
});

test("a run under a new key is verified with it, and cannot be without it", async () => {
  const outcome = await new SealedRunStore({ db, seal: new SecretSeal([NEW, OLD]) }).reseal();

  expect(outcome).toEqual({ changed: 2, lost: 0 });
  expect(await reasonsOf()).toEqual(["seal_unreadable"]);
  await new SealedRunStore({ db, seal: new SecretSeal([OLD, NEW]) }).reseal();
  expect(await reasonsOf()).toEqual([]);
});
