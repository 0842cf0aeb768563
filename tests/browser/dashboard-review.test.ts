import { afterAll, expect, test } from "vitest";
import { serveSite } from "./local-site.ts";
import { accessibilityProblems, openDashboard, type Dashboard } from "./open-dashboard.ts";

const LIMIT = 90_000;
let isAmended = false;

const site = await serveSite({
  "/north": (_, response) => response.writeHead(200, HTML).end(list(isAmended ? "28 May 2027" : "14 May 2027")),
  "/south": (_, response) => response.writeHead(200, HTML).end(list("14 May 2027")),
  "/numbers": (_, response) => response.writeHead(200, HTML).end(list("05/04/2027")),
});
afterAll(() => site.close());
const dashboard = await openDashboard({ environment: { EGRESS_ALLOW_HOSTS: site.host } });

test("with nothing to review, both queues say so", { timeout: LIMIT }, async () => {
  const page = await dashboard.open("/review");
  await page.getByText("Nothing waits for you here.").waitFor();
  await page.getByRole("link", { name: "Same tender?" }).click();
  await page.getByText("No pair waits for you.").waitFor();

  expect(await accessibilityProblems(page)).toEqual([]);
});

test("a moved deadline stands in the history, with what the page said before", { timeout: LIMIT }, async () => {
  await harvest("north");
  isAmended = true;
  await harvest("north");
  const page = await dashboard.open("/opportunities?portalId=north&q=culvert");
  await page.getByRole("gridcell").nth(1).getByRole("button").click();

  const history = page.getByRole("complementary", { name: "Evidence" }).getByRole("region", { name: "History" });
  await history.getByText("Deadline moved").waitFor();
  await history.getByText("2027-05-14").waitFor();
  await history.getByText("2027-05-28").waitFor();
  expect(await page.locator("mark").first().innerText()).toBe("culvert");
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("pairs are decided by key, and both entries know it", { timeout: LIMIT }, async () => {
  isAmended = false;
  await harvest("north");
  await harvest("south");
  const page = await dashboard.open("/review?of=pairs");
  const compared = page.getByRole("region", { name: "Compared" });
  await compared.getByText("Same closing date: 2027-05-14").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const queue = page.getByRole("navigation", { name: "Pairs" }).getByRole("button");
  await eventually(() => queue.count()).toBe(TITLES.length);

  await page.keyboard.press("j");
  await eventually(() => queue.nth(1).getAttribute("aria-current")).toBe("true");
  await page.keyboard.press("a");
  await eventually(() => queue.count()).toBe(TITLES.length - 1);
  await page.keyboard.press("x");
  await eventually(() => queue.count()).toBe(TITLES.length - 2);

  await page.goto(`${dashboard.url}/opportunities?portalId=south&sort=title`);
  await page.getByRole("gridcell").nth(1).getByRole("button").click();
  await page.getByRole("region", { name: "The same tender elsewhere" }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test("what is not sure is corrected, accepted and rejected by key", { timeout: LIMIT }, async () => {
  await harvest("numbers");
  const page = await dashboard.open("/review", { colorScheme: "dark" });
  const queue = page.getByRole("navigation", { name: "Waiting" }).getByRole("button");
  await eventually(() => queue.count()).toBe(TITLES.length);
  const looked = page.getByRole("region", { name: "Looked at" });
  await looked.getByText("found again in the stored page just now").waitFor();
  await looked.getByText("could be either way round").first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);

  const title = await looked.getByRole("heading", { level: 2 }).innerText();
  await page.keyboard.press("c");
  await looked.getByLabel("What is right instead").fill("someday");
  await page.keyboard.press("Enter");
  await looked.getByRole("alert").getByText("ISO 8601").waitFor();
  await looked.getByLabel("What is right instead").fill("2027-04-05");
  await page.keyboard.press("Enter");
  await eventually(() => queue.count()).toBe(TITLES.length - 1);
  await page.locator("body").click({ position: { x: 2, y: 2 } });
  await page.keyboard.press("a");
  await eventually(() => queue.count()).toBe(TITLES.length - 2);
  await page.keyboard.press("x");
  await eventually(() => queue.count()).toBe(TITLES.length - 3);

  await page.goto(`${dashboard.url}/opportunities?portalId=numbers&review=corrected`);
  await page.getByRole("row", { name: title }).getByText("5 Apr 2027").waitFor();
  await page.getByRole("row", { name: title }).getByRole("button").first().click();
  await page.getByText("The page says “05/04/2027”").waitFor();
  await page.getByRole("region", { name: "History" }).getByText("by local").waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "Take the correction back" }).click();
  await page.getByText("No opportunity matches these filters.").waitFor();
});

test(
  "filters that are needed now and then are behind a button, and OCDS among the exports",
  { timeout: LIMIT },
  async () => {
    const page = await dashboard.open("/opportunities?portalId=north");
    await page.getByRole("gridcell").first().waitFor();
    await page.getByRole("button", { name: "More filters" }).click();
    await page.getByLabel("Closing from").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("textbox", { name: "Status" }).fill("Open");
    await page.keyboard.press("Enter");
    await page.getByText("No opportunity matches these filters.").waitFor();
    expect(new URL(page.url()).searchParams.get("status")).toBe("Open");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Clear", exact: true }).click();
    await page.getByRole("gridcell").first().waitFor();

    await page.getByRole("button", { name: "Export" }).click();
    const file = await page.getByRole("menuitem", { name: "OCDS 1.1.5" }).getAttribute("href");
    const { releases } = JSON.parse(await (await fetch(`${dashboard.url}${file}`)).text());
    expect(releases).toHaveLength(17);
  },
);

const HTML = { "content-type": "text/html; charset=utf-8" };
const TITLES = [
  "Replacement of the Mill Lane culvert",
  "Catering for the county archives",
  "Painting of the harbour cranes",
  "Firewood for mountain shelters",
  "Translation of school handbooks",
  "Inspection of playground equipment",
];

/** The first tender's deadline is as said; the others keep theirs, in the same way of writing. */
function list(deadline: string): string {
  const isNumbers = deadline.includes("/");
  const rows = TITLES.map((title, at) => {
    const own = isNumbers ? `0${at === 0 ? 5 : at + 4}/04/2027` : `1${at} June 2027`;
    const day = title.includes("culvert") ? deadline : own;
    const buyer = `County of ${["Ash", "Birch", "Cedar", "Dogwood", "Elder", "Fir"][at]}`;
    return `<tr><td>QX-${at}7351</td><td>${title}</td><td>${buyer}</td><td>${day}</td></tr>`;
  });
  const head = "<tr><th>Reference</th><th>Title</th><th>Buyer</th><th>Closing date</th></tr>";
  return `<!doctype html><html lang="en"><head><title>Tenders</title></head><body><h1>Tenders</h1>
    <p>1–${TITLES.length} of ${TITLES.length} tenders</p><table><thead>${head}</thead><tbody>${rows.join("")}</tbody></table></body></html>`;
}

function eventually<Value>(look: () => Promise<Value>) {
  return expect.poll(look, { timeout: 15_000 });
}

let jobs = 0;

async function harvest(portalId: string, { url }: Dashboard = dashboard): Promise<void> {
  const jobId = `${portalId}-${(jobs += 1)}`;
  const body = JSON.stringify({
    jobId,
    portalId,
    url: `${site.base}/${portalId}`,
    configuration: { requiresAuth: false },
  });
  await fetch(`${url}/scrape`, { method: "POST", headers: { "content-type": "application/json" }, body });
  const state = async () => {
    const job: { state?: string } = JSON.parse(await (await fetch(`${url}/api/v1/jobs/${jobId}`)).text());
    return job.state ?? "";
  };
  await expect.poll(state, { timeout: LIMIT, interval: 250 }).toMatch(/^(completed|incomplete)$/);
}
