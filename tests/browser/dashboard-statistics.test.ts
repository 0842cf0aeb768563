import { expect, test } from "vitest";
import { accessibilityProblems, harvestDemo, openDashboard } from "./open-dashboard.ts";

const LIMIT = 60_000;
const dashboard = await openDashboard();

test("before any job has ended the screen says what it will show", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/statistics");

  await page.getByText("No job ended in these days.").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("jobs and what they found are drawn and stand in a table, by day", { timeout: LIMIT }, async () => {
  await harvestDemo(dashboard);
  const page = await dashboard.open("/statistics?days=7");

  const today = page.getByRole("region", { name: "Day by day" }).getByRole("row").nth(1);
  await today.getByRole("cell", { name: "27", exact: true }).first().waitFor();
  await page.locator("figure svg").first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByText("90 days").click();
  await page.waitForURL(/days=(%22)?90/);
});

test("the charts can be read in the dark", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/statistics", { colorScheme: "dark" });

  await page.locator("figure svg").first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});
