import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityProblems, openDashboard } from "./open-dashboard.ts";

const LIMIT = 90_000;
const dashboard = await openDashboard();
const ADDRESS = "https://tenders.example.org/open";

async function api(method: string, path: string, body?: object): Promise<unknown> {
  const headers = body === undefined ? {} : { "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return (await fetch(`${dashboard.url}/api/v1${path}`, { method, headers, ...sent })).json();
}

async function addPortal(id: string, configuration: object = {}): Promise<void> {
  await api("POST", "/portals", { id, url: ADDRESS, name: `Port of ${id}`, watched: false, configuration });
}

async function openSettings(id: string, colorScheme: "light" | "dark" = "light"): Promise<Page> {
  const page = await dashboard.open(`/portals/${id}?part=settings`, { colorScheme });
  await page.getByRole("form", { name: "Settings" }).waitFor();
  return page;
}

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save the settings" }).click();
}

async function choose(page: Page, field: string, option: string): Promise<void> {
  await page.getByRole("combobox", { name: field }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

test(
  "every setting of a portal is written in one form and comes back as it was saved",
  { timeout: LIMIT },
  async () => {
    await addPortal("all");
    const page = await openSettings("all");
    expect(await page.getByRole("button", { name: "Save the settings" }).isDisabled()).toBe(true);
    await page.getByRole("textbox", { name: "Name" }).fill("Port of Everything");
    await page.getByLabel("State", { exact: true }).fill("Coast");
    await page.getByLabel("Capital", { exact: true }).fill("Seatown");
    await page.getByLabel("Look at it by itself").check();
    await page.getByRole("button", { name: "workdays at 6" }).click();
    await page
      .getByRole("region", { name: "Schedule" })
      .getByRole("combobox", { name: "Time zone" })
      .fill("Europe/Berlin");
    await choose(page, "How the list goes on", "more while scrolling");
    await page.getByLabel("Most pages of a job").fill("40");
    await choose(page, "Open the page of every tender", "always");
    await choose(page, "Sign in", "never");
    await page.getByLabel("Pause between two requests").fill("1500");
    await page.getByLabel("Where the list is").fill("main table");
    await page.getByLabel("The button to the next page").fill("a.next");
    await page.getByLabel("The link of a tender").fill("td a");
    await page.getByLabel("What its search form is asked").fill("Words = road works\n\nPublished from = today-30d");
    await page.getByLabel("Ignore robots.txt").check();
    await page.getByLabel("Why it may be ignored").fill("We have their written consent.");
    await page.getByRole("combobox", { name: "Time zone of its dates" }).fill("America/New_York");
    await choose(page, "03/04/2026 is", "March 4 (month first)");
    await page.getByLabel("Currency").fill("usd");
    await page.getByLabel("Ask a person below").fill("70");
    await page.getByLabel("Keep the files of tenders").check();
    await choose(page, "Only files of these kinds", "PDF");
    await page.keyboard.press("Escape");
    await page.getByLabel("Largest file").fill("5");
    await page.getByLabel("Files after one job").fill("25");
    await page.getByLabel("Ask again whether a file has changed").fill("0");
    await page.getByText("Not saved yet").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await save(page);
    await page.getByText("Saved. The next job uses it.").waitFor();

    expect(await api("GET", "/portals/all")).toMatchObject({
      ...{ name: "Port of Everything", state: "Coast", capital: "Seatown", watched: true },
      ...{ schedule: "0 6 * * 1-5", timezone: "Europe/Berlin" },
      ...{ robots: "ignore", robotsReason: "We have their written consent." },
      configuration: {
        ...{ navigationPattern: "infinite-scroll", maxPages: 40, details: true, requiresAuth: false, rateLimit: 1500 },
        inputs: [
          { name: "Words", value: "road works" },
          { name: "Published from", value: "today-30d" },
        ],
        navigationHints: {
          ...{ opportunityListSelector: "main table", nextButtonSelector: "a.next", detailLinkSelector: "td a" },
        },
        ...{ reading: { timezone: "America/New_York", dateOrder: "mdy", currency: "USD" }, reviewBelow: 0.7 },
        documents: { download: true, types: ["pdf"], maxBytes: 5 * 1024 * 1024, maxPerJob: 25, recheckDays: 0 },
      },
    });
    await page.reload();
    await page.getByLabel("Most pages of a job").waitFor();
    expect(await page.getByLabel("Ask a person below").inputValue()).toBe("70 %");
    expect(await page.getByLabel("Currency").inputValue()).toBe("USD");
    const asked = page.getByLabel("What its search form is asked");
    expect(await asked.inputValue()).toBe("Words = road works\nPublished from = today-30d");
    await asked.fill("Published from = today-7d\n= nothing");
    await save(page);
    await page.getByText("Nothing was saved. One field above cannot be like this.").waitFor();
    await page.getByText("No. 2: The name or label of the field is missing").waitFor();
    expect(await asked.getAttribute("aria-invalid")).toBe("true");
    expect(await accessibilityProblems(page)).toEqual([]);
  },
);

test("what the API would not take is said beside the field, and nothing is saved", { timeout: LIMIT }, async () => {
  await addPortal("faulty");
  const page = await openSettings("faulty", "dark");
  await page.getByLabel("Most pages of a job").fill("0");
  await page.getByRole("combobox", { name: "Time zone of its dates" }).fill("Mars/Olympus");
  await page.getByLabel("Currency").fill("XXZ");
  await save(page);

  await page.getByText("An IANA time zone such as Europe/Berlin").waitFor();
  await page.getByText("A code of ISO 4217 such as USD").waitFor();
  await page.getByText("Nothing was saved. 3 fields above cannot be like this.").waitFor();
  expect(await page.getByLabel("Most pages of a job").getAttribute("aria-invalid")).toBe("true");
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await api("GET", "/portals/faulty")).toMatchObject({ configuration: {} });

  await page.getByRole("button", { name: "Undo the changes" }).click();
  await page.getByText("Nothing was saved.").waitFor({ state: "detached" });
  await page.getByLabel("What is wanted, in words").fill("Only road works.");
  await save(page);
  await page.getByText(/customInstructions need a model/).waitFor();
});

test(
  "what an empty field said is taken back, and what the form does not show is kept",
  { timeout: LIMIT },
  async () => {
    await addPortal("taken-back", { maxPages: 3, reading: { currency: "EUR", dateOrder: "dmy" }, reviewBelow: 0.4 });
    const page = await openSettings("taken-back");
    await page.getByLabel("Most pages of a job").fill("");
    await page.getByLabel("Currency").fill("");
    await save(page);
    await page.getByText("Saved. The next job uses it.").waitFor();

    const saved = await api("GET", "/portals/taken-back");
    expect(saved).toHaveProperty("configuration", { reading: { dateOrder: "dmy" }, reviewBelow: 0.4 });
  },
);

test(
  "what somebody else saved meanwhile is shown together with what was written here, and nothing is undone",
  { timeout: LIMIT },
  async () => {
    await addPortal("shared");
    const page = await openSettings("shared");
    await page.getByLabel("Capital", { exact: true }).fill("Ours");
    await page.getByLabel("Most pages of a job").fill("7");
    await api("PATCH", "/portals/shared", { state: "Theirs", configuration: { maxPages: 3 } });
    await save(page);

    const conflict = page.getByRole("alert").filter({ hasText: "Somebody changed this; look at it again" });
    await conflict.waitFor();
    expect(await api("GET", "/portals/shared")).toMatchObject({ state: "Theirs", capital: null });
    expect(await accessibilityProblems(page)).toEqual([]);
    await conflict.getByRole("button", { name: "Show what is there now" }).press("Enter");
    await conflict.waitFor({ state: "detached" });
    expect(await page.getByLabel("State", { exact: true }).inputValue()).toBe("Theirs");
    await page.getByText("Somebody else wrote “3” here. Saving keeps yours.").waitFor();
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await accessibilityProblems(page)).toEqual([]);
    await save(page);
    await page.getByText("Saved. The next job uses it.").waitFor();
    expect(await api("GET", "/portals/shared")).toMatchObject({
      ...{ state: "Theirs", capital: "Ours" },
      configuration: { maxPages: 7 },
    });
  },
);

test("a portal that no job has read is deleted after a question", { timeout: LIMIT }, async () => {
  await addPortal("unused");
  const page = await openSettings("unused");
  await page.getByRole("button", { name: "Delete this portal" }).click();
  await page.getByRole("dialog").getByText("“Port of unused” and its settings").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();

  await page.getByRole("heading", { name: "Portals" }).waitFor();
  await expect.poll(() => page.getByText("Port of unused").count()).toBe(0);
});
