import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { openUsers } from "#app";
import { accessibilityProblems, openDashboard } from "./open-dashboard.ts";

const LIMIT = 90_000;
const PASSWORD = "tide pool lantern nine";
const dashboard = await openDashboard({ environment: { AUTH_ENABLED: "true", REQUESTS_PER_MINUTE: "6000" } });
{
  await using desk = await openUsers();
  for (const role of ["viewer", "admin"] as const) await desk.add({ name: role, role, password: PASSWORD });
}

async function openAs(name: string, path: string, colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const page = await dashboard.open(path, { colorScheme });
  await page.getByLabel("Name or e-mail address").fill(name);
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation", { name: "Sections" }).waitFor();
  return page;
}

async function statusWith(key: string): Promise<number> {
  return (await fetch(`${dashboard.url}/api/v1/jobs`, { headers: { authorization: `Bearer ${key}` } })).status;
}

test("a key is made, shown once, opens the API, and opens nothing once it is revoked", { timeout: LIMIT }, async () => {
  const page = await openAs("admin", "/keys");
  await page.getByText("No program has a key.").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Make a key" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Nightly report");
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Make the key" }).click();
  const key = await dialog.locator("code").innerText();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await statusWith(key)).toBe(200);
  await dialog.getByRole("button", { name: "Done" }).click();

  await page.reload();
  const row = page.getByRole("row", { name: /Nightly report.*viewer.*active.*now/ });
  await row.waitFor();
  expect(await page.locator("body").innerText()).not.toContain(key);
  await row.getByRole("button", { name: "Revoke Nightly report" }).click();
  await page
    .getByRole("dialog")
    .getByText(/is refused from then on/)
    .waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Revoke it" }).click();
  await page.getByText("No program has a key.").waitFor();
  await page.getByLabel("Show also those that ended (1)").check();
  await page.getByRole("row", { name: /Nightly report.*revoked/ }).waitFor();
  expect(await statusWith(key)).toBe(401);
});

test("a person sees where else they are signed in and signs out there", { timeout: LIMIT }, async () => {
  const here = await openAs("viewer", "/portals", "dark");
  const there = await openAs("viewer", "/portals");
  await here.getByRole("button", { name: "viewer" }).click();
  await here.getByRole("menuitem", { name: "Where you are signed in" }).click();
  const dialog = here.getByRole("dialog");
  await dialog.getByText("this browser").waitFor();
  expect(await dialog.getByRole("row").count()).toBe(3);
  expect(await accessibilityProblems(here)).toEqual([]);
  await dialog.getByRole("button", { name: "Sign out everywhere else" }).click();
  await dialog.getByText("You are signed in nowhere else.").waitFor();
  await there.reload();

  await there.getByRole("heading", { name: "Sign in" }).waitFor();
  await here.reload();
  await here.getByRole("heading", { name: "Portals" }).waitFor();
});

test("who is no admin sees no keys, by whatever way", { timeout: LIMIT }, async () => {
  const page = await openAs("viewer", "/keys");
  await page
    .getByRole("alert")
    .getByText(/needs the role admin/)
    .waitFor();

  expect(await page.getByRole("link", { name: "API keys" }).count()).toBe(0);
});
