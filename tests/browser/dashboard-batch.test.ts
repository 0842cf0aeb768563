import { afterAll, expect, test } from "vitest";
import { serveSite } from "./local-site.ts";
import { longListPage } from "./long-list.ts";
import { accessibilityProblems, openDashboard } from "./open-dashboard.ts";

const LIMIT = 120_000;
const LEARNT_MS = 60_000;

const site = await serveSite({
  "/north": longListPage(30),
  "/south": longListPage(12),
  "/west": longListPage(8).replace("<th>Title</th>", "<th>Works</th>"),
  "/essay": "<!doctype html><title>About</title><main><h1>About us</h1><p>We buy things now and then.</p></main>",
  "/slow": () => undefined,
});
afterAll(() => site.close());
const dashboard = await openDashboard({ environment: { EGRESS_ALLOW_HOSTS: site.host } });

test(
  "several addresses are learnt side by side, and those that are lists are watched",
  { timeout: LIMIT },
  async () => {
    const page = await dashboard.open("/portals");
    await page.getByRole("button", { name: "Add several" }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .getByLabel("Addresses of pages that list tenders")
      .fill(
        [
          `${site.base}/north, North harbour`,
          "",
          "not an address",
          `${site.base}/south\tSouth harbour`,
          `${site.base}/north`,
          `${site.base}/essay, About us`,
          `${site.base}/west, West harbour`,
        ].join("\n"),
      );
    await dialog.getByText("Dropped: 1 empty, 1 repeated.").waitFor();
    await dialog.getByText("Line 3, “not an address”: This is not the address of a web page.").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Learn 4 lists" }).click();

    await dialog.getByRole("row", { name: /North harbour.*learnt.*30/ }).waitFor({ timeout: LEARNT_MS });
    await dialog.getByRole("row", { name: /South harbour.*learnt.*12/ }).waitFor({ timeout: LEARNT_MS });
    await dialog.getByRole("row", { name: /About us.*failed/ }).waitFor({ timeout: LEARNT_MS });
    await dialog.getByRole("row", { name: /West harbour.*learnt.*8/ }).waitFor({ timeout: LEARNT_MS });
    await dialog.getByRole("status").getByText("3 of 4 learnt, 1 failed").waitFor();
    await dialog.getByText("Line 3, “not an address”").waitFor();

    await dialog.getByRole("button", { name: "Columns of North harbour" }).click();
    await dialog.getByLabel("Name of title", { exact: true }).fill("subject");
    expect(await dialog.getByRole("button", { name: "Watch these 3 portals" }).isDisabled()).toBe(true);
    await dialog.getByRole("checkbox", { name: "Keep title_url" }).press("Space");
    await dialog.getByRole("button", { name: "Save for all lists with these columns" }).press("Enter");
    const report = dialog.getByRole("status", { name: "Columns for all lists" });
    await report.getByText("Columns as in North harbour: 1 other list has them, 1 has not").waitFor();
    await report.getByText("“title” becomes “subject”, “title_url” is dropped").waitFor();
    await report.getByText("West harbour: It has no column “title” and “title_url”.").waitFor();
    await dialog.getByText("Version 2, edited").waitFor();
    await dialog.getByRole("button", { name: "Columns of South harbour" }).click();
    expect(await dialog.getByLabel("Name of subject", { exact: true }).count()).toBe(2);
    expect(await dialog.getByLabel("Name of title_url", { exact: true }).count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await accessibilityProblems(page)).toEqual([]);

    await dialog.getByRole("button", { name: "Watch these 3 portals" }).click();
    await dialog.getByRole("status").getByText("3 of 4 learnt, 3 watched, 1 failed").waitFor();
    await dialog.getByRole("button", { name: "Try again: About us" }).waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByRole("row", { name: /North harbour.*watched/ }).waitFor();
    await page.getByRole("row", { name: /South harbour.*watched/ }).waitFor();
  },
);

test(
  "closing while an address is learnt asks first, and stops it when that is wanted",
  { timeout: LIMIT },
  async () => {
    const page = await dashboard.open("/portals");
    await page.getByRole("button", { name: "Add several" }).click();
    const dialog = page.getByRole("dialog", { name: "Add several portals" });
    await dialog
      .getByLabel("Addresses of pages that list tenders")
      .fill(`${site.base}/north\n${site.base}/slow, Slow harbour`);
    await dialog.getByText("Dropped: 1 watched already.").waitFor();
    await dialog.getByRole("button", { name: "Learn 1 list" }).click();
    await dialog.getByRole("row", { name: /Slow harbour.*learning/ }).waitFor();
    await expect.poll(() => site.asked.includes("/slow"), { timeout: LEARNT_MS }).toBe(true);

    await dialog.getByRole("button", { name: "Close" }).click();
    const question = dialog.getByRole("alert").filter({ hasText: "Stop learning and close?" });
    await question.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await question.getByRole("button", { name: "Go on learning" }).click();
    await question.waitFor({ state: "detached" });
    await dialog.getByRole("row", { name: /Slow harbour.*learning/ }).waitFor();

    await dialog.getByRole("button", { name: "Close" }).click();
    await question.getByRole("button", { name: "Stop and close" }).click();
    await dialog.waitFor({ state: "detached" });
    const isStopped = async () =>
      /"cancelRequestedAt":"/.test(await (await fetch(`${dashboard.url}/api/v1/jobs`)).text());
    await expect.poll(isStopped, { timeout: LEARNT_MS }).toBe(true);
  },
);
