import { afterAll, expect, test } from "vitest";
import { serveSite } from "./local-site.ts";
import { HOSTILE, longListPage } from "./long-list.ts";
import { accessibilityProblems, harvestDemo, harvestSite, openDashboard } from "./open-dashboard.ts";

const LIMIT = 60_000;
const ROWS = 1_200;

const site = await serveSite({ "/": longListPage(ROWS) });
afterAll(() => site.close());
const dashboard = await openDashboard({ environment: { EGRESS_ALLOW_HOSTS: site.host } });

test("an empty Gleaner says what to do", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/opportunities");

  await page.getByText("Nothing was found yet.").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("any value shows the stored page with the value outlined", { timeout: LIMIT }, async () => {
  await harvestDemo(dashboard);
  const page = await dashboard.open("/opportunities?sort=title");
  await page.getByRole("button", { name: "Ambulance stretchers", exact: true }).click();

  const panel = page.getByRole("complementary", { name: "Evidence" });
  await panel.getByText("found again in the stored page just now").waitFor();
  const stored = page.frameLocator("iframe");
  await expect
    .poll(() => stored.locator("#gleaner-evidence, [data-gleaner-evidence]").first().innerText())
    .toBe("Ambulance stretchers");
  expect(await accessibilityProblems(page)).toEqual([]);

  await panel.getByRole("button", { name: "Department" }).click();
  await expect.poll(() => panel.locator("blockquote").innerText()).toBe("Health");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
});

test("a filter is in the address, and a saved view brings it back", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/opportunities");
  await page.getByRole("gridcell").first().waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("road service");
  await page.getByRole("status").getByText("2", { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get("q")).toBe("road service");

  await page.getByRole("button", { name: "Views" }).click();
  await page.getByLabel("Name of this view").fill("Roads");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("menuitem", { name: "Roads", exact: true }).waitFor();
  await page.goto(`${dashboard.url}/opportunities`);
  await page.getByRole("status").getByText("27", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Roads", exact: true }).click();
  await page.getByRole("status").getByText("2", { exact: true }).waitFor();

  await page.getByLabel("Search titles").fill("nothing has this name");
  await page.getByText("No opportunity matches these filters.").waitFor();
});

test("thousands of rows scroll, move by key, and run nothing that a portal wrote", { timeout: LIMIT }, async () => {
  await harvestSite(dashboard, { portalId: "long-list", url: site.base });
  const page = await dashboard.open("/opportunities?portalId=long-list&sort=title");
  await page.getByText(HOSTILE, { exact: true }).waitFor();
  expect(await page.title()).toBe("Opportunities · Gleaner");
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole("gridcell").first().getByRole("button").focus();
  await expect
    .poll(
      async () => {
        await page.keyboard.press("End");
        return page.getByRole("status").first().innerText();
      },
      { timeout: 10_000 },
    )
    .toBe("1,200");
  await page.keyboard.press("End");
  await page.getByRole("row", { name: "LL-00999" }).waitFor();
  expect(await page.getByRole("row").count()).toBeLessThan(80);

  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.getByText("found again in the stored page just now").waitFor();
});

test("in the dark, and when the server is gone, it can still be read", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/opportunities", { colorScheme: "dark" });
  await page.getByRole("gridcell").first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Closing" }).click();
  await page.getByRole("alert").getByText("Gleaner does not answer.").waitFor({ timeout: 15_000 });
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.context().setOffline(false);
  await page.getByRole("alert").waitFor({ state: "detached" });
  await page.getByRole("gridcell").first().waitFor();
});
