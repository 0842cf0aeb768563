import { afterAll, expect, test, vi } from "vitest";
import { scriptedAsk, sensible } from "#engines/agent/testing";
import { BrowserPool } from "#engines/browser";
import { AddressGuard } from "#platform/egress";
import { listBehindMenu } from "../sites/hidden-lists.ts";
import { layout, tableOf } from "../sites/layout.ts";
import { startSite } from "../sites/local-site.ts";
import { tenders } from "../sites/tenders.ts";
import { openTestApi } from "./open-test-api.ts";

const COUNT = 23;
const hidden = await startSite(listBehindMenu({ count: COUNT, size: 10 }));
let isRedesigned = false;
const changing = await startSite(({ path }) => {
  if (path !== "/tenders") return null;
  const items = tenders(12).map(
    ({ reference, title, agency, closes, value, href }) =>
      `<li><strong>${title}</strong> <a href="${href}">papers</a><div>${reference}</div><div>${agency}</div><div>${closes}</div><div>${value}</div></li>`,
  );
  return { body: layout("Tenders", isRedesigned ? `<ul class="new">${items.join("")}</ul>` : tableOf(tenders(12))) };
});
const allowHosts = [hidden.host, changing.host];
const pool = new BrowserPool({ guard: new AddressGuard({ allowHosts }) });
const ask = scriptedAsk(sensible);
const { api, as } = await openTestApi({ allowHosts, work: true, browsers: async () => pool, ask });

afterAll(async () => {
  await pool.close();
  await Promise.all([hidden.close(), changing.close()]);
});

test("a job whose list has to be looked for finds it, tells how, and the next one asks nobody", async () => {
  const body = await scrape("look-1", `${hidden.url}/`, { customInstructions: "All open tenders of the borough." });

  expect(body).toMatchObject({ status: "completed", progress: { opportunitiesFound: COUNT } });
  const { interactions } = body.result;
  expect(interactions.map(({ action }: { action: string }) => action)).toEqual([
    ...["navigate", "click", "click", "click", "click", "extract", "extract", "navigate", "navigate", "navigate"],
  ]);
  const asked = interactions.filter(({ llmTokensUsed }: { llmTokensUsed?: number }) => (llmTokensUsed ?? 0) > 0);
  expect(asked.length).toBe(ask.questions.length);
  expect(interactions.map(({ step }: { step: number }) => step)).toEqual(
    interactions.map((_: unknown, at: number) => at + 1),
  );

  const pictured = interactions.filter(({ screenshot }: { screenshot?: string }) => screenshot !== undefined);
  expect(pictured).toHaveLength(3);
  for (const { screenshot } of pictured) {
    const picture = await api.inject({ url: `/api/v1/artifacts/${screenshot}`, headers: as("viewer") });
    expect(picture.headers["content-type"]).toBe("image/jpeg");
  }

  const before = ask.questions.length;
  const again = await scrape("look-2", `${hidden.url}/`, { customInstructions: "All open tenders of the borough." });
  expect(again.progress.opportunitiesFound).toBe(COUNT);
  expect(ask.questions.length).toBe(before);
}, 60_000);

test("a job on a redesigned page goes on with the healed recipe and says so", async () => {
  await scrape("heal-1", `${changing.url}/tenders`, {});
  isRedesigned = true;

  const body = await scrape("heal-2", `${changing.url}/tenders`, {});

  expect(body).toMatchObject({ status: "completed", progress: { opportunitiesFound: 12 } });
  const events = await get("/api/v1/jobs/heal-2/events");
  expect(events.items.find(({ kind }: { kind: string }) => kind === "job.healed")).toMatchObject({
    data: { outcome: "healed", version: 2 },
  });
}, 60_000);

async function scrape(jobId: string, url: string, configuration: object) {
  const payload = { jobId, url, portalId: new URL(url).host.replace(":", "-"), configuration };
  const reply = await api.inject({ method: "POST", url: "/scrape", headers: as("operator"), payload });
  expect(reply.statusCode).toBe(202);
  return vi.waitFor(
    async () => {
      const body = await get(`/status/${jobId}`);
      expect(["completed", "failed"]).toContain(body.status);
      return body;
    },
    { timeout: 50_000, interval: 100 },
  );
}

async function get(url: string) {
  return (await api.inject({ url, headers: as("operator") })).json();
}
