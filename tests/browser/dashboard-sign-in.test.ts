import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { openUsers } from "#app";
import { createApp } from "#app/testing";
import { silentLogger } from "#kernel";
import { loadConfig } from "#platform/config";
import { makeDataFolder } from "#platform/storage/testing";
import { rm } from "node:fs/promises";
import { accessibilityProblems, harvestDemo, openDashboard } from "./open-dashboard.ts";

const LIMIT = 120_000;
const PASSWORD = "tide pool lantern nine";
const dashboard = await openDashboard({ environment: { AUTH_ENABLED: "true", REQUESTS_PER_MINUTE: "6000" } });
{
  await using desk = await openUsers();
  for (const role of ["viewer", "operator", "admin"] as const) await desk.add({ name: role, role, password: PASSWORD });
}

async function signIn(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.getByLabel("Name or e-mail address").fill(name);
  await page.getByLabel(/^Password/).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function openAs(name: string, path: string, colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const page = await dashboard.open(path, { colorScheme });
  await signIn(page, name);
  return page;
}

test("nobody sees a screen before signing in, and then sees the one they wanted", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/jobs?state=failed");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await signIn(page, "viewer", "not the password");
  await page.getByRole("alert").getByText("No account opens with this name and password.").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await signIn(page, "viewer");
  await page.getByRole("heading", { name: "Jobs" }).waitFor();

  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/jobs?state=failed");
});

test("a link to the sign-in leads nowhere else but into the dashboard", { timeout: LIMIT }, async () => {
  const page = await dashboard.open(`/sign-in?next=${encodeURIComponent("//evil.example/jobs")}`);
  await signIn(page, "viewer");
  await page.getByText("Nothing was found yet.").waitFor();

  expect(new URL(page.url()).origin).toBe(new URL(dashboard.url).origin);
});

test("a viewer is shown no button that would be refused; an operator is", { timeout: LIMIT }, async () => {
  const viewer = await openAs("viewer", "/portals");
  await viewer.getByText("No portal").first().waitFor();
  const sections = await viewer.getByRole("navigation", { name: "Sections" }).getByRole("link").allInnerTexts();
  const operator = await openAs("operator", "/portals");
  await operator.getByRole("button", { name: "Add the first portal" }).waitFor();

  expect(await viewer.getByRole("button", { name: /Add/ }).count()).toBe(0);
  expect(sections.join(" ")).not.toMatch(/People|Audit/);
  expect(await accessibilityProblems(viewer)).toEqual([]);
});

test("streams, the live view and stored pages open with the same sign-in", { timeout: LIMIT }, async () => {
  await harvestDemo(dashboard);
  const page = await openAs("viewer", "/jobs");
  await page
    .getByRole("row", { name: /completed/ })
    .getByRole("link")
    .first()
    .click();
  await page.getByRole("region", { name: "History" }).getByText("Completed").waitFor();
  const live = await page.evaluate<string>(
    `new Promise((resolve) => {
      const socket = new WebSocket(location.origin.replace("http", "ws") + "/api/v1/jobs/none/live");
      socket.onmessage = ({ data }) => resolve(String(data));
      socket.onerror = () => resolve("refused");
    })`,
  );
  await page.goto(`${dashboard.url}/opportunities`);
  await page.getByRole("button", { name: "Ambulance stretchers", exact: true }).click();
  await page.getByRole("complementary", { name: "Evidence" }).getByText("found again in the stored page").waitFor();
  const stored = page.frameLocator("iframe").locator("#gleaner-evidence, [data-gleaner-evidence]").first();

  await expect.poll(() => stored.innerText()).toBe("Ambulance stretchers");
  expect(live).toContain("job_not_found");
});

test(
  "an admin adds a person, who signs in with the password that was made, until the account is disabled",
  { timeout: LIMIT },
  async () => {
    const admin = await openAs("admin", "/people");
    await admin.getByRole("button", { name: "Add a person" }).click();
    await admin.getByRole("dialog").getByLabel("Name or e-mail address").fill("Eve@Example.org");
    expect(await accessibilityProblems(admin)).toEqual([]);
    await admin.getByRole("dialog").getByRole("button", { name: "Add", exact: true }).click();
    const password = await admin
      .getByRole("dialog", { name: "Password of eve@example.org" })
      .locator("code")
      .innerText();
    expect(await accessibilityProblems(admin)).toEqual([]);
    await admin.getByRole("button", { name: "Done" }).click();
    const eve = await dashboard.open("/jobs");
    await signIn(eve, "eve@example.org", password);
    await eve.getByRole("heading", { name: "Jobs" }).waitFor();
    await admin.getByRole("button", { name: "Disable eve@example.org" }).click();
    await admin.getByRole("row", { name: /eve@example.org.*disabled/ }).waitFor();
    expect(await accessibilityProblems(admin)).toEqual([]);
    await eve.getByRole("link", { name: "Portals" }).click();

    await eve.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(new URL(eve.url()).searchParams.get("next")).toBe("/portals");
  },
);

test("a person changes their password, is signed out elsewhere, and signs out here", { timeout: LIMIT }, async () => {
  const here = await openAs("operator", "/jobs");
  const elsewhere = await openAs("operator", "/jobs");
  await here.getByRole("button", { name: "operator" }).click();
  await here.getByRole("menuitem", { name: "Change password" }).click();
  const dialog = here.getByRole("dialog", { name: "Change password" });
  await dialog.getByLabel(/^Current password/).fill(PASSWORD);
  await dialog.getByLabel(/^New password/).fill("short");
  await dialog.getByRole("button", { name: "Change password" }).click();
  await dialog.getByRole("alert").getByText("This password is too easy to guess.").waitFor();
  expect(await accessibilityProblems(here)).toEqual([]);
  await dialog.getByLabel(/^New password/).fill("lantern of the north");
  await dialog.getByRole("button", { name: "Change password" }).click();
  await dialog.waitFor({ state: "detached" });
  await elsewhere.getByRole("link", { name: "Portals" }).click();
  await elsewhere.getByRole("heading", { name: "Sign in" }).waitFor();
  await here.getByRole("button", { name: "operator" }).click();
  await here.getByRole("menuitem", { name: "Sign out" }).click();
  await here.getByRole("heading", { name: "Sign in" }).waitFor();
  await here.goto(`${dashboard.url}/jobs`);

  await here.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("the audit trail shows who did what, page by page, and is narrowed by a click", { timeout: LIMIT }, async () => {
  {
    await using desk = await openUsers();
    await desk.add({ name: "often", role: "viewer", password: PASSWORD });
    for (let count = 0; count < 30; count += 1)
      for (const disabled of [true, false]) await desk.change("often", { disabled });
  }
  const page = await openAs("admin", "/audit", "dark");
  await page.getByRole("row").nth(50).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const rows = page.getByRole("row");
  expect(await rows.count()).toBe(51);
  await page.getByRole("button", { name: "Show earlier entries" }).click();
  await rows.nth(60).waitFor();
  await page
    .getByRole("row", { name: /Signed in/ })
    .getByRole("button", { name: "admin" })
    .first()
    .click();
  await page
    .getByRole("row", { name: /Enabled an account/ })
    .first()
    .waitFor({ state: "detached" });
  expect(new URL(page.url()).searchParams.get("actor")).toBe("user:admin");
  await page.goto(`${dashboard.url}/audit?action=session&to=1999-01-01`);

  await page.getByText("Nothing of this kind is on record.").waitFor();
  await page.getByRole("button", { name: "Show everything" }).click();
  await rows.nth(50).waitFor();
});

test("on a new server the first account is made with the code of its terminal", { timeout: LIMIT }, async () => {
  const folder = await makeDataFolder("first");
  const config = loadConfig({ folder, environment: { GLEANER_DATA_DIR: folder, API_PORT: "0", AUTH_ENABLED: "true" } });
  const app = await createApp({ config, logger: silentLogger, isWatched: true });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  const page = await dashboard.open("/sign-in");
  await page.goto(`${app.url}/people`);
  await page.getByRole("heading", { name: "Make the first account" }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByLabel("Code").fill(app.setUpCode ?? "");
  await page.getByLabel("Name or e-mail address").fill("ada");
  await page.getByLabel(/^New password/).fill(PASSWORD);
  await page.getByRole("button", { name: "Make the account" }).click();

  await page.getByRole("row", { name: /ada.*active/ }).waitFor();
});
