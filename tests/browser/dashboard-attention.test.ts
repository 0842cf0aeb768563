import { afterAll, expect, test } from "vitest";
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
