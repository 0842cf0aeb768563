import { afterAll, expect, test } from "vitest";
import { serveSite } from "./local-site.ts";
import { longListPage } from "./long-list.ts";
import { accessibilityProblems, harvestDemo, openDashboard } from "./open-dashboard.ts";

const LIMIT = 60_000;

const site = await serveSite({
  "/": "<!doctype html><title>Harbour</title><main><h1>Welcome</h1><p>We buy things now and then.</p></main>",
  "/tenders": longListPage(30),
});
afterAll(() => site.close());
const dashboard = await openDashboard({ environment: { EGRESS_ALLOW_HOSTS: site.host } });

test("an address becomes a portal whose list is learnt while one watches", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/portals");
  await page.getByRole("button", { name: "Add the first portal" }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Add the first portal" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address").fill(`${site.base}/`);
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Learn the list" }).click();
  await dialog.getByRole("alert", { name: "Why it failed" }).waitFor({ timeout: 30_000 });
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Try another address" }).press("Enter");
  const address = dialog.getByLabel("Address");
  expect(await address.inputValue()).toBe(`${site.base}/`);
  await address.fill(`${site.base}/tenders`);
  await dialog.getByLabel("Name").fill("Long list");
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await address.press("Enter");

  await dialog.getByText("30 of 30 that the list declares").waitFor({ timeout: 30_000 });
  await dialog.getByLabel("Name of title", { exact: true }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Watch this portal" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("row", { name: /Long list.*watched.*complete/ }).waitFor();
  expect(await page.getByRole("row").count()).toBe(2);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("a portal is paused, resumed, given a time table and a better name for a column", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/portals");
  await page.getByRole("link", { name: "Long list" }).click();
  await page.getByRole("heading", { name: "Long list" }).waitFor();

  await page.getByLabel("Why it is paused").fill("They rebuild their site.");
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("They rebuild their site.").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();

  await page.getByRole("link", { name: "Settings" }).click();
  const schedule = page.getByRole("region", { name: "Schedule" });
  await schedule.getByLabel("When").fill("nonsense");
  await page.getByRole("button", { name: "Save the settings" }).click();
  await schedule.getByText(/"nonsense" in time zone "UTC" is not a schedule/).waitFor();
  await schedule.getByRole("button", { name: "daily at 6", exact: true }).click();
  await page.getByRole("button", { name: "Save the settings" }).click();
  await page.getByText("Saved. The next job uses it.").waitFor();

  await page.getByRole("link", { name: "Overview" }).click();
  await page.getByText("0 6 * * * (UTC)").waitFor();
  const columns = page.getByRole("region", { name: "Columns" });
  await columns.getByLabel("Name of title", { exact: true }).fill("subject");
  await columns.getByRole("button", { name: "Save 1 change" }).click();
  await columns.getByText("Version 2, edited").waitFor();
  await columns.getByLabel("Name of subject", { exact: true }).waitFor();
});

test("a job shows its history while it runs and how complete it was afterwards", { timeout: LIMIT }, async () => {
  await harvestDemo(dashboard);
  const page = await dashboard.open("/portals/port-merrow");
  await page.getByRole("button", { name: "Run now" }).click();
  await page.waitForURL("**/jobs/*");

  await page.getByRole("region", { name: "History" }).getByText("Completed").waitFor({ timeout: 40_000 });
  await page.getByText("27 of 27 that the list declares").waitFor();
  await page.getByRole("region", { name: "Steps" }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("link", { name: "Show what it found" }).click();
  await page.getByRole("status").getByText("27", { exact: true }).waitFor();

  await page.keyboard.press("g");
  await page.keyboard.press("j");
  await page.getByRole("heading", { name: "Jobs" }).waitFor();
  await page
    .getByRole("row", { name: /completed/ })
    .first()
    .waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});
