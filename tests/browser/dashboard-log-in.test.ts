import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { startSite } from "../sites/local-site.ts";
import { ACCOUNT, signedInList } from "../sites/signed-in-lists.ts";
import { accessibilityProblems, openDashboard } from "./open-dashboard.ts";

const LIMIT = 90_000;
const Portals = z.object({ items: z.array(z.object({ name: z.string(), configuration: z.looseObject({}) })) });

const portal = signedInList({ count: 25, size: 10, token: true, locksAfter: 9 });
const site = await startSite(portal.handle);
afterAll(() => site.close());
const dashboard = await openDashboard({ environment: { EGRESS_ALLOW_HOSTS: site.host } });

test("a portal behind a log-in is added with its user name and password", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/portals");
  await page.getByRole("button", { name: "Add the first portal" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Address of the page that lists tenders").fill(`${site.url}/tenders`);
  await dialog.getByLabel("Name", { exact: true }).fill("Supplier portal");
  await dialog.getByRole("switch", { name: "The page asks to sign in" }).click();
  await dialog.getByLabel("User name").fill(ACCOUNT.username);
  await dialog.getByLabel(/^Password/).fill(ACCOUNT.password);
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Learn the list" }).click();

  await dialog.getByText("25 of 25 that the list declares").waitFor({ timeout: 60_000 });
  await dialog.getByRole("button", { name: "Watch this portal" }).click();
  await dialog.waitFor({ state: "detached" });
});

test("the log-in is replaced, tried out and forgotten, and never shown", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/portals");
  await page.getByRole("link", { name: "Supplier portal" }).click();
  const card = page.getByRole("region", { name: "Log-in" });
  await card.getByText("b…@example.org").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await card.getByRole("button", { name: "Replace" }).click();
  await card.getByLabel("User name").fill(ACCOUNT.username);
  await card.getByLabel(/^Password/).fill("wrong this time");
  await card.getByRole("button", { name: "Keep the log-in" }).click();
  await card.getByRole("button", { name: "Test the log-in" }).click();
  await card.getByText(/did not accept the user name or the password/).waitFor({ timeout: 60_000 });
  await card.getByText("refused", { exact: true }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await card.getByRole("button", { name: "Replace" }).click();
  await card.getByLabel("User name").fill(ACCOUNT.username);
  await card.getByLabel(/^Password/).fill(ACCOUNT.password);
  await card.getByRole("button", { name: "Keep the log-in" }).click();
  await card.getByRole("button", { name: "Test the log-in" }).click();
  await card.getByText("Signed in. The page behind holds a list of 10.").waitFor({ timeout: 60_000 });
  expect(await page.content()).not.toContain(ACCOUNT.password);

  await card.getByRole("button", { name: "Forget" }).click();
  await card.getByText("Nothing is given.").waitFor();
});

test("settings of a portal are changed in its page", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/portals");
  await page.getByRole("link", { name: "Supplier portal" }).click();
  await page.getByRole("link", { name: "Settings" }).click();
  const card = page.getByRole("form", { name: "Settings" });
  await card.getByLabel("Most pages of a job").fill("2");
  await card.getByLabel("Where the list is").fill("table.tenders");
  await card.getByRole("button", { name: "Save the settings" }).click();

  await expect
    .poll(async () => {
      const { items } = Portals.parse(await (await fetch(`${dashboard.url}/api/v1/portals`)).json());
      return items.find(({ name }) => name === "Supplier portal")?.configuration;
    })
    .toMatchObject({ maxPages: 2, requiresAuth: true, navigationHints: { opportunityListSelector: "table.tenders" } });
  const dark = await dashboard.open(`${new URL(page.url()).pathname}?part=settings`, { colorScheme: "dark" });
  await dark.getByRole("form", { name: "Settings" }).waitFor();
  expect(await accessibilityProblems(dark)).toEqual([]);
});
