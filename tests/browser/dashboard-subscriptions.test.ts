import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { startSite } from "../sites/local-site.ts";
import { accessibilityProblems, openDashboard } from "./open-dashboard.ts";

const LIMIT = 60_000;

const receiver = await startSite(({ method }) => (method === "POST" ? { body: "ok" } : null));
afterAll(() => receiver.close());
const dashboard = await openDashboard({ environment: { EGRESS_ALLOW_HOSTS: receiver.host } });

const LONG_NAME = "Bridges, tunnels and everything else that carries a road over or under something. ".repeat(2).trim();

async function known(): Promise<unknown> {
  return (await fetch(`${dashboard.url}/api/v1/subscriptions`)).json();
}

async function subscribe(page: Page, name: string): Promise<void> {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Web address").fill(`${receiver.url}/hook`);
  await page.getByRole("button", { name: "Subscribe" }).click();
}

test("before anybody is told of news the screen says what it is for", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/opportunities");
  await page.getByRole("heading", { name: "Opportunities" }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("s");

  await page.getByText("Nobody is told of news yet.").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test(
  "the filters of the opportunities become a subscription whose secret is shown once",
  { timeout: LIMIT },
  async () => {
    const page = await dashboard.open("/opportunities?q=bridge&code=CPV:45&documents=yes&closing=week");
    await page.getByRole("link", { name: "Subscribe" }).click();
    const dialog = page.getByRole("dialog");

    expect(await dialog.getByLabel("Words").inputValue()).toBe("bridge");
    await dialog.getByText("From the list: Opportunities code CPV:45, with documents.").waitFor();
    await dialog.getByText("Not kept, because it says nothing about news to come: Closing.").waitFor();
    await dialog.getByText(/no mail server is set up/).waitFor();
    expect(await dialog.getByLabel("E-mail").isDisabled()).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
    await subscribe(page, "Bridges");

    expect(await dialog.locator("code").innerText()).toMatch(/^[0-9a-f]{64}$/);
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Done" }).click();
    const card = page.getByRole("region", { name: "Bridges" });
    await card.getByText("Opportunities with “bridge”, code CPV:45, with documents").waitFor();
    await card.getByText("New, Deadline moved").waitFor();
    expect(await known()).toMatchObject({
      items: [{ filter: { q: "bridge", classification: "CPV:45", hasDocuments: true }, cadence: "at_once" }],
    });
  },
);

test(
  "a test message is sent and its arrival told; then it is changed, paused, resumed and deleted",
  { timeout: LIMIT },
  async () => {
    const page = await dashboard.open("/subscriptions");
    const card = page.getByRole("region", { name: "Bridges" });
    await card.getByText("none yet").waitFor();
    await card.getByRole("button", { name: "Send a test to Bridges" }).click();
    await card.getByText("Test message").waitFor();
    await card.getByText("arrived").waitFor({ timeout: LIMIT });
    expect(receiver.requests).toContain("POST /hook");

    await card.getByRole("button", { name: "Change Bridges" }).click();
    const dialog = page.getByRole("dialog");
    expect(await dialog.getByLabel("Words").inputValue()).toBe("bridge");
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByLabel("Words").fill("viaduct");
    await dialog.getByRole("button", { name: "Take these away" }).click();
    await dialog.getByLabel("Gone from its list").check();
    await dialog.getByRole("button", { name: "Save" }).click();
    await card.getByText("Opportunities with “viaduct”").waitFor();
    await card.getByText("New, Deadline moved, Gone from its list").waitFor();
    expect(await known()).toMatchObject({ items: [{ filter: { q: "viaduct" }, target: `${receiver.url}/hook` }] });

    await card.getByRole("button", { name: "Pause Bridges" }).click();
    await card.getByText(/^paused by/).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await card.getByRole("button", { name: "Resume Bridges" }).click();
    await card.getByText("active").waitFor();

    await card.getByRole("button", { name: "Delete Bridges" }).click();
    await page
      .getByRole("dialog")
      .getByText(/ends for good/)
      .waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Keep it" }).click();
    await card.getByText("active").waitFor();
    await card.getByRole("button", { name: "Delete Bridges" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();

    await page.getByText("Nobody is told of news yet.").waitFor();
  },
);

test("a daily message from scratch: what is refused says why, in the dark too", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/subscriptions", { colorScheme: "dark" });
  await page.getByRole("button", { name: "Add a subscription" }).click();
  const dialog = page.getByRole("dialog");
  for (const event of ["New", "Deadline moved"]) await dialog.getByLabel(event, { exact: true }).uncheck();
  await dialog.getByText("Choose at least one.").waitFor();
  await dialog.getByLabel("Changed", { exact: true }).check();
  await dialog.getByLabel("One message a day, if there is news").check();
  await dialog.getByLabel("Time zone").fill("Mars/Olympus");
  await subscribe(page, LONG_NAME);
  await dialog.getByText(/in time zone "Mars\/Olympus" is not a schedule/).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await dialog.getByLabel("Time zone").fill("Europe/Berlin");
  await subscribe(page, LONG_NAME);
  await dialog.getByRole("button", { name: "Done" }).click();

  const card = page.getByRole("region", { name: LONG_NAME });
  await card.getByText("All opportunities").waitFor();
  await card.getByText("Daily at 07:00 (Europe/Berlin)").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("an address with filters that nobody can mean opens an empty form", { timeout: LIMIT }, async () => {
  const of = encodeURIComponent(JSON.stringify({ code: "<script>", valueFrom: "many", q: ["x"] }));
  const page = await dashboard.open(`/subscriptions?add=true&of=${of}`);
  const dialog = page.getByRole("dialog");

  expect(await dialog.getByLabel("Words").inputValue()).toBe("");
  await dialog.getByText(/To narrow it further/).waitFor();
});

test("a list that cannot be read says so and is asked for again", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/portals");
  await page.getByRole("heading", { name: "Portals" }).waitFor();
  await page.route("**/api/v1/subscriptions", (route) => route.abort());
  await page.getByRole("link", { name: "Subscriptions" }).click();
  await page
    .getByRole("alert")
    .getByText(/Gleaner does not answer/)
    .waitFor({ timeout: LIMIT });
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.unroute("**/api/v1/subscriptions");
  await page.getByRole("button", { name: "Try again" }).click();

  await page.getByRole("region", { name: LONG_NAME }).waitFor();
});
