import { rm } from "node:fs/promises";
import { afterAll, expect, test } from "vitest";
import { createApp } from "#app/testing";
import { silentLogger, systemClock } from "#kernel";
import { loadConfig } from "#platform/config";
import { makeDataFolder } from "#platform/storage/testing";
import { Attention, AuditLog } from "#platform/operators";
import { serveSite } from "./local-site.ts";
import { accessibilityProblems, openDashboard, sendJob } from "./open-dashboard.ts";

const LIMIT = 120_000;
const WALL = `<!doctype html><html lang="en"><title>One moment</title><body><h1>Please confirm</h1>
<form method="post"><div class="g-recaptcha" data-sitekey="x"></div><p>Prove that you are not a robot to continue.</p></form>
</body></html>`;

const site = await serveSite({ "*": WALL });
afterAll(() => site.close());
const dashboard = await openDashboard({ environment: { EGRESS_ALLOW_HOSTS: site.host } });

test("where nothing waits the screen says what would", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/attention");

  await page.getByText("Nothing needs a person.").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("what needs a person is taken on, given back, and dealt with", { timeout: LIMIT }, async () => {
  const jobId = await sendJob(dashboard, { portalId: "walled", url: `${site.base}/tenders` });
  const page = await dashboard.open("/attention");
  await page.getByRole("heading", { name: "A page that only a person may pass" }).waitFor({ timeout: 60_000 });
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "I take this" }).click();
  await page.getByText("yours", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Give it back" }).click();
  await page.getByRole("button", { name: "I take this" }).click();
  await page.getByLabel("What was done").fill("They want a subscription.");
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Give this job up" }).click();
  await page.getByText("Nothing needs a person.").waitFor();
  await page.goto(`${dashboard.url}/jobs/${jobId}`);

  await page.getByRole("heading", { name: "Why it failed" }).waitFor();
  await page.goto(`${dashboard.url}/audit?action=attention`);
  await page.getByText("Gave something back").waitFor();
  await page.getByText("They want a subscription.").waitFor();
});

test("more than fits on a page is read on, oldest first, and counted as more", { timeout: LIMIT }, async () => {
  const folder = await makeDataFolder("attention");
  const config = loadConfig({ folder, environment: { GLEANER_DATA_DIR: folder, API_PORT: "0" } });
  const app = await createApp({ config, logger: silentLogger });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { db } = app.workbench.database;
  const attention = new Attention({ db, audit: new AuditLog({ db, clock: systemClock }), clock: systemClock });
  for (let count = 1; count <= 130; count += 1)
    await attention.open({ kind: "portal.shrunk", subject: `portal:${count}`, reason: `List ${count} shrank.` });
  const page = await dashboard.open("/attention", { colorScheme: "dark" });
  await page.goto(`${app.url}/attention`);
  await page.getByText("the 100 that wait longest").waitFor();
  await page.getByRole("link", { name: /Needs a person.*100\+/ }).waitFor();
  expect(await page.getByText("List 101 shrank.").count()).toBe(0);
  await page.getByRole("button", { name: "Show more" }).click();

  await page.getByText("List 130 shrank.").waitFor();
  expect(await page.getByRole("button", { name: "Show more" }).count()).toBe(0);
});
