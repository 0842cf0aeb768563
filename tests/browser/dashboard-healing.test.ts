import { afterAll, expect, test } from "vitest";
import { changingList } from "../sites/changing-list.ts";
import { startSite } from "../sites/local-site.ts";
import { accessibilityProblems, harvestSite, openDashboard } from "./open-dashboard.ts";

const LIMIT = 60_000;

const register = changingList();
const site = await startSite(register.handle);
afterAll(() => site.close());
const dashboard = await openDashboard({ environment: { EGRESS_ALLOW_HOSTS: site.host } });
const first = { portalId: "exampleton", url: `${site.url}/tenders` };

test("before any page has changed the screen says what it is for", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/healing");

  await page.getByText("No page has changed so far.").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("a change that cannot be proven is compared side by side and approved", { timeout: LIMIT }, async () => {
  await harvestSite(dashboard, first);
  register.show("poor");
  await harvestSite(dashboard, { ...first, jobId: "changed" });
  const page = await dashboard.open("/healing");
  await page.getByLabel("Only what waits for a person").check();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page
    .getByRole("row", { name: /waits for you/ })
    .getByRole("link")
    .first()
    .click();

  const records = page.getByRole("region", { name: "Records before and after" });
  await records.getByRole("row", { name: /^title / }).waitFor();
  await page.getByRole("region", { name: "Columns" }).getByText("lost").first().waitFor();
  const decision = page.getByRole("region", { name: "Decision" });
  await decision.getByText(/From the next job on the page is read as on the right. “.+” stays? empty/).waitFor();
  await decision.getByText("Version 1 stays in use.").waitFor();
  await decision.getByRole("button", { name: "Run the portal now and watch it live" }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByLabel("Note").fill("They publish no values any more.");
  await page.getByRole("button", { name: "Approve" }).click();

  await page.getByText(/Approved by/).waitFor();
  await page.getByText("They publish no values any more.").waitFor();
  await decision.getByText("The next job reads the page the new way.").waitFor();
  await page.getByRole("button", { name: "Run the portal now", exact: true }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("a healing that is in use is taken back, in the dark too", { timeout: LIMIT }, async () => {
  const other = { portalId: "second", url: `${site.url}/tenders?second` };
  register.show("table");
  await harvestSite(dashboard, other);
  register.show("redesigned");
  await harvestSite(dashboard, { ...other, jobId: "redesigned" });
  const page = await dashboard.open("/healing", { colorScheme: "dark" });
  await page
    .getByRole("row", { name: /healed with proof/ })
    .getByRole("link")
    .first()
    .click();
  await page.getByRole("button", { name: "Take it back" }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole("button", { name: "Take it back" }).click();

  await page.getByText(/Taken back by/).waitFor();
});

test("an address of a change that is not there says so", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/healing/424242");

  await page.getByText(/There is no healing 424242/).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});
