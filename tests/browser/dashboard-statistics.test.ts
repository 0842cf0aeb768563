import { expect, test } from "vitest";
import { accessibilityProblems, harvestDemo, harvestSite, openDashboard } from "./open-dashboard.ts";

const LIMIT = 60_000;
const dashboard = await openDashboard();

test("before any job has ended the screen says what it will show", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/statistics");

  await page.getByText("No job ended in these days.").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("jobs, what they found and why they failed are drawn and stand in tables", { timeout: LIMIT }, async () => {
  await harvestDemo(dashboard);
  await harvestSite(dashboard, { portalId: "refused", url: "http://192.168.0.1/" });
  const page = await dashboard.open("/statistics?days=7");

  const today = page.getByRole("region", { name: "Day by day" }).getByRole("row").nth(1);
  await today.getByRole("cell", { name: "27", exact: true }).first().waitFor();
  await page
    .getByRole("region", { name: "Why jobs failed" })
    .getByRole("row", { name: /address refused 1/ })
    .waitFor();
  const jobs = page.getByRole("figure", { name: "Jobs", exact: true });
  const bars = jobs.locator(".recharts-bar-rectangle path");
  await expect.poll(() => bars.count()).toBe(2);
  const [completed, failed] = await bars.evaluateAll((drawn) => drawn.map((bar) => bar.getBoundingClientRect()));
  expect(completed?.height).toBeGreaterThan(20);
  expect(failed?.height).toBeCloseTo(completed?.height ?? 0, 0);
  expect(failed?.bottom).toBeCloseTo(completed?.top ?? 0, 0);
  const reasons = page.getByRole("figure", { name: "Failed jobs by reason" });
  await reasons.locator(".recharts-bar-rectangle path").hover();
  await reasons.locator(".recharts-tooltip-wrapper").getByText("address refused1").waitFor();
  await today.getByRole("cell", { name: "address refused: 1" }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByText("90 days", { exact: true }).click();
  await page.waitForURL(/days=(%22)?90/);
});

test("the charts can be read in the dark", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/statistics", { colorScheme: "dark" });

  await page.locator(".recharts-bar-rectangle path").first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});
