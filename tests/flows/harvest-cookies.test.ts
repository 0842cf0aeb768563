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
  const { rows } = await sql<{ cookies: string }>`
    select checkpoint::jsonb ->> 'cookies' as cookies from harvest_run where id = ${run}`.execute(db);
  return { run, cookies: rows[0]?.cookies ?? "" };
}

test("the cookies of a run that is under way are sealed, and open when it goes on", async () => {
  const { run, cookies } = await leftOpen();

  expect(cookies).toMatch(/^v1\.0707abcd\./);
  expect(await harvester.harvest({ resume: run })).toMatchObject({ run, recordCount: 30 });
});

test("cookies that were moved from another run do not open", async () => {
  const [one, other] = [await leftOpen(), await leftOpen()];
  await sql`update harvest_run set checkpoint = jsonb_set(checkpoint::jsonb, '{cookies}', to_jsonb(${other.cookies}::text))
    where id = ${one.run}`.execute(db);

  const resumed = await harvester.harvest({ resume: one.run });

  expect(resumed.completeness.state).not.toBe("complete");
});
