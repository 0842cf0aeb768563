import { rm } from "node:fs/promises";
import { afterAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { createApp } from "#app/testing";
import { silentLogger } from "#kernel";
import { loadConfig } from "#platform/config";
import { makeDataFolder } from "#platform/storage/testing";
import { startSite } from "../sites/local-site.ts";
import { tenders } from "../sites/tenders.ts";
import { tendersBelowNews } from "../sites/wished-lists.ts";

const ROWS = tenders(7);
const folder = await makeDataFolder("unsure");
const site = await startSite(tendersBelowNews(ROWS));
const app = await createApp({
  config: loadConfig({
    folder,
    environment: {},
    overrides: {
      GLEANER_DATA_DIR: folder,
      API_PORT: "0",
      EGRESS_ALLOW_HOSTS: site.host,
      DELAY_BETWEEN_ACTIONS: "0",
    },
  }),
  logger: silentLogger,
});

afterAll(async () => {
  await app.close();
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(jobId: string, navigationHints: { opportunityListSelector?: string }) {
  const { desk } = app.portals;
  await desk.submit({ jobId, portalId: jobId, url: `${site.url}/`, configuration: { navigationHints } });
  await vi.waitFor(async () => expect((await desk.get(jobId)).status).toMatch(/completed|incomplete|failed/), 60_000);
  const noted = (await desk.events(jobId, { limit: 100 })).filter(({ kind }) => kind === "job.noted");
  const { results } = await desk.report(jobId);
  return {
    notes: noted.flatMap(({ data }) => z.array(z.string()).parse(data["notes"])),
    titles: results?.opportunities.map(({ title }) => title),
  };
}

test("without a model a job that took one of two likely lists says where the other is, and a person can point at it", async () => {
  const guessed = await run("guessed", {});
  const note = guessed.notes.find((one) => one.includes("opportunityListSelector")) ?? "";
  const [, selector = ""] = /7 records at "(.*)", the first begins/.exec(note) ?? [];
  expect(guessed.titles).not.toContain(ROWS[0]?.title);

  const pointed = await run("pointed", { opportunityListSelector: selector });
  expect(pointed.titles).toEqual(ROWS.map(({ title }) => title));
  expect(pointed.notes).toEqual([]);
}, 120_000);

test("a selector that matches nothing is told in the job", async () => {
  const { notes } = await run("mistaken", { opportunityListSelector: "table.no-such-thing" });
  expect(notes.join(" ")).toContain('No list of records stands at "table.no-such-thing"');
}, 60_000);
