import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { startListSite } from "../api/list-site.ts";
import { accessibilityProblems, openDashboard, sendJob } from "./open-dashboard.ts";

const site = await startListSite();
afterAll(() => site.close());
const dashboard = await openDashboard({ environment: { EGRESS_ALLOW_HOSTS: site.host } });
const pictures = process.env["DASHBOARD_PICTURES"];

test.each(["light", "dark"] as const)(
  "an operator pauses a job on its page and lets it go on (%s)",
  { timeout: 120_000 },
  async (colorScheme) => {
    site.holdAt = 3;
    const jobId = await sendJob(dashboard, { portalId: `held-${colorScheme}`, url: site.url });
    const page = await dashboard.open(`/jobs/${jobId}`, { colorScheme });
    await page.getByText("16 of 24 found").waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("button", { name: "Resume" }).waitFor({ timeout: 60_000 });
    await page.getByText("Paused. It goes on where it stopped.").waitFor();
    await page.getByRole("region", { name: "History" }).getByText("Somebody paused it").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    if (pictures) await page.screenshot({ path: join(pictures, `job-paused-${colorScheme}.png`) });

    site.open();
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("region", { name: "History" }).getByText("Completed").waitFor({ timeout: 60_000 });
    expect(await page.getByRole("button", { name: "Pause" }).count()).toBe(0);
    await page.context().close();
  },
);
