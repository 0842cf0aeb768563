import { afterAll, expect, test } from "vitest";
import { startSite } from "../sites/local-site.ts";
import { CAPTCHA_WORD, captchaGate } from "../sites/walled-lists.ts";
import { accessibilityProblems, openDashboard, sendJob } from "./open-dashboard.ts";

const LIMIT = 90_000;
const COUNT = 24;

const site = await startSite(captchaGate({ count: COUNT, size: 10, from: 2, scripted: true }));
afterAll(() => site.close());
const dashboard = await openDashboard({ environment: { EGRESS_ALLOW_HOSTS: site.host, WALL_WAIT_MINUTES: "5" } });

test(
  "a person watches a job's browser, takes over, clears the wall and lets the job go on",
  { timeout: LIMIT },
  async () => {
    const jobId = await sendJob(dashboard, { portalId: "walled", url: `${site.url}/tenders` });
    const page = await dashboard.open(`/jobs/${jobId}`);
    const live = page.getByRole("region", { name: "Live view" });
    const wall = page.getByRole("region", { name: "Needs a person" });
    await wall.getByText("take over, clear the wall in the picture").waitFor({ timeout: 30_000 });
    await live.getByText("The first picture is on its way…").waitFor({ state: "detached" });
    await live.getByRole("img", { name: /What the job's browser shows/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    await live.getByRole("button", { name: "Take over" }).click();
    await live.getByText("you have taken over, the job waits").waitFor();
    const picture = live.getByRole("application");
    expect(await accessibilityProblems(page)).toEqual([]);
    const { width = 0, height = 0 } = (await picture.boundingBox()) ?? {};
    await picture.click({ position: { x: width * 0.1, y: height * 0.1 } });
    await page.keyboard.type("wrong");
    for (let typed = "wrong".length; typed > 0; typed -= 1) await page.keyboard.press("Backspace");
    await page.keyboard.type(CAPTCHA_WORD.slice(0, 4));

    await page.keyboard.press("Escape");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Give back");
    await live.getByLabel("Text for the field").fill(CAPTCHA_WORD.slice(4));
    await live.getByRole("button", { name: "Type it there" }).click();
    await live.getByRole("button", { name: "Press Enter there" }).click();
    await expect.poll(() => site.requests, { timeout: 20_000 }).toContain("POST /verify");
    await live.getByText(`${site.url}/tenders`).waitFor();

    await wall.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("region", { name: "History" }).getByText("Completed").waitFor({ timeout: 30_000 });
    await page
      .getByText(new RegExp(`^${COUNT}\\b`))
      .first()
      .waitFor();
    await page.getByRole("region", { name: "Steps" }).getByText("A person cleared a wall").waitFor();
    await live.waitFor({ state: "detached" });
    await page.getByRole("region", { name: "Cost" }).getByText("No model was asked.").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);

    await page.getByRole("button", { name: "What step 1 showed" }).click();
    const whole = page.getByRole("dialog").getByRole("img", { name: "What step 1 showed" });
    await expect.poll(() => whole.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBe(1_280);
    expect(await accessibilityProblems(page)).toEqual([]);
  },
);

test(
  "who adds a portal behind a wall drives its browser in the dialog, gives it back, and may give up",
  { timeout: LIMIT },
  async () => {
    const page = await dashboard.open("/portals?add=true", { colorScheme: "dark" });
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Address").fill(`${site.url}/tenders`);
    await dialog.getByRole("button", { name: "Learn the list" }).click();
    const live = dialog.getByRole("region", { name: "Live view" });
    await live.getByRole("button", { name: "Take over" }).click({ timeout: 30_000 });
    await live.getByText("you have taken over, the job waits").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await live.getByRole("button", { name: "Give back" }).press("Enter");
    await live.getByText("waits for you").waitFor({ timeout: 30_000 });
    await dialog.getByRole("button", { name: "Give this job up" }).click();
    await dialog.getByRole("alert", { name: "Why it failed" }).waitFor();
    await live.waitFor({ state: "detached" });
  },
);
