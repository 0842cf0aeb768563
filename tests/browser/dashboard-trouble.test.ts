import { rm } from "node:fs/promises";
import { afterAll, expect, test } from "vitest";
import { createApp } from "#app/testing";
import { silentLogger } from "#kernel";
import { loadConfig } from "#platform/config";
import { makeDataFolder } from "#platform/storage/testing";
import { startSite } from "../sites/local-site.ts";
import { longListPage } from "./long-list.ts";
import { accessibilityProblems, harvestSite, openDashboard, sendJob } from "./open-dashboard.ts";

const LIMIT = 120_000;
/** How long the last page of a list takes, for jobs that have to be seen at work. */
const SLOW_MS = 15_000;
/** More than one page of opportunities. */
const COUNT = 230;
const site = await startSite(({ path }) =>
  path === "/slow" ? { body: longListPage(10), delayMs: SLOW_MS } : { body: longListPage(COUNT) },
);
afterAll(() => site.close());
const dashboard = await openDashboard({ environment: { EGRESS_ALLOW_HOSTS: site.host } });

test("where nothing is, the sections are still there", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/nothing/here");
  await page.getByText("There is nothing at this address.").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("navigation", { name: "Sections" }).getByRole("link", { name: "Portals" }).click();

  await page.getByRole("heading", { name: "Portals" }).waitFor();
});

test("a portal and a job that do not exist say so and lead on", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/portals/none");
  await page
    .getByRole("alert")
    .getByText(/portal/i)
    .first()
    .waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.goto(`${dashboard.url}/jobs/none`);

  await page.getByRole("alert").getByText(/job/i).first().waitFor();
});

test(
  "a page that is opened while Gleaner does not answer says so, and goes on when it does",
  { timeout: LIMIT },
  async () => {
    const page = await dashboard.open("/portals");
    await page.getByRole("heading", { name: "Portals" }).waitFor();
    await page.route("**/api/v1/**", (route) => route.abort());
    await page.reload();
    await page
      .getByRole("alert")
      .getByText(/Gleaner does not answer/)
      .waitFor({ timeout: 30_000 });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.unroute("**/api/v1/**");
    await page.getByRole("button", { name: "Try again" }).click();

    await page.getByRole("heading", { name: "Portals" }).waitFor();
  },
);

test("while the connection is lost the screen stays and says that it may be old", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/portals", { colorScheme: "dark" });
  await page.getByText("No portal is known yet.").waitFor();
  await page.route("**/api/v1/**", (route) => route.fulfill({ status: 502, body: "Bad gateway" }));
  await page.getByRole("link", { name: "Jobs" }).click();
  await page.getByText("What you see may be old").waitFor();
  await page.getByRole("link", { name: "Portals" }).click();
  await page.getByText("No portal is known yet.").waitFor();
  await page.getByText("What you see may be old").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.unroute("**/api/v1/**");

  await page.getByText("What you see may be old").waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Jobs" }).click();
  await page.getByText("No job was sent yet.").waitFor();
});

test("who asks too often is told to wait, and for how long", { timeout: LIMIT }, async () => {
  const folder = await makeDataFolder("often");
  const config = loadConfig({
    folder,
    environment: { GLEANER_DATA_DIR: folder, API_PORT: "0", REQUESTS_PER_MINUTE: "5" },
  });
  const app = await createApp({ config, logger: silentLogger });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  const page = await dashboard.open(`${app.url}/portals`);
  await page.getByText("No portal is known yet.").waitFor();
  await page.evaluate(`Promise.all(Array.from({ length: 120 }, () => fetch("/api/v1/views"))).then(() => null)`);
  await page.getByRole("link", { name: "Subscriptions" }).click();

  await page.getByRole("alert").getByText(/\d+ s/).first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("news of a job that are held up come when the way is free again", { timeout: LIMIT }, async () => {
  const jobId = await sendJob(dashboard, { portalId: "slow", url: `${site.url}/slow` });
  const page = await dashboard.open("/portals");
  await page.route("**/stream", (route) => route.fulfill({ status: 502, body: "Bad gateway" }));
  await page.goto(`${dashboard.url}/jobs/${jobId}`);
  const history = page.getByRole("region", { name: "History" });
  await history.getByText("News are held up.").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.unroute("**/stream");

  await history.getByText("Queued").waitFor();
  await history.getByText("News are held up.").waitFor({ state: "detached" });
});

test(
  "a list of hundreds is read on while one scrolls; when that fails, it says so and tries again",
  { timeout: LIMIT },
  async () => {
    await harvestSite(dashboard, { portalId: "long", url: `${site.url}/tenders` });
    const page = await dashboard.open("/opportunities");
    await page.getByText("the first 200").waitFor();
    await page.route("**/api/v1/opportunities?*cursor=*", (route) => route.fulfill({ status: 500, body: "" }));
    await page.getByRole("gridcell").first().getByRole("button").focus();
    for (let pages = 0; pages < 8; pages += 1) await page.keyboard.press("PageDown");
    await page
      .getByRole("alert")
      .getByText(/The server answered 500/)
      .waitFor({ timeout: 30_000 });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.unroute("**/api/v1/opportunities?*cursor=*");
    await page.getByRole("button", { name: "Try again" }).click();

    await page.getByRole("alert").waitFor({ state: "detached" });
    await page.getByRole("status").getByText(String(COUNT), { exact: true }).waitFor();
  },
);
