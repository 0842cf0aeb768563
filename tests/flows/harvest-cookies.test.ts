import { sql } from "kysely";
import { expect, test } from "vitest";
import { postBackGrid } from "../sites/post-back-grid.ts";
import { useHarvester } from "./open-harvester.ts";

const { harvester, serve, db } = await useHarvester();

/** Stops a run over a grid that needs its session after the first page, as a shutdown would. */
async function leftOpen() {
  const site = await serve(postBackGrid({ count: 30, size: 10 }));
  const stop = new AbortController();
  const { run } = await harvester.harvest({
    url: `${site.url}/Tenders.aspx`,
    transport: "http",
    allowHosts: [site.host],
    signal: stop.signal,
    staysOpenWhenCancelled: true,
    onProgress: ({ kind }) => kind === "page" && stop.abort(),
  });
  const { rows } = await sql<{ whole: string; secrets: string }>`
    select checkpoint::text as whole, checkpoint ->> 'secrets' as secrets from harvest_run where id = ${run}`.execute(
    db,
  );
  return { run, whole: rows[0]?.whole ?? "", secrets: rows[0]?.secrets ?? "" };
}

test("cookies and view state of a run that is under way are sealed, and open when it goes on", async () => {
  const { run, whole, secrets } = await leftOpen();

  expect(secrets).toMatch(/^v1\.0707abcd\./);
  expect(whole.replace(secrets, "")).not.toMatch(/SessionId|VIEWSTATE/i);
  expect(await harvester.harvest({ resume: run })).toMatchObject({ run, recordCount: 30 });
});

test("secrets that were moved from another run do not open, and the run says that it could not go on", async () => {
  const [one, other] = [await leftOpen(), await leftOpen()];
  await sql`update harvest_run set checkpoint = jsonb_set(checkpoint, '{secrets}', to_jsonb(${other.secrets}::text))
    where id = ${one.run}`.execute(db);

  const resumed = await harvester.harvest({ resume: one.run });

  expect(resumed.completeness).toMatchObject({ state: "incomplete", stopped: "unreachable" });
  expect(resumed.notes.join(" ")).toContain("harvest it anew");
});
