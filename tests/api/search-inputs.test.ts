import { afterAll, expect, test, vi } from "vitest";
import { startSite } from "../sites/local-site.ts";
import { EUROPEAN, foundBetween, searchedList } from "../sites/searched-lists.ts";
import { openTestApi } from "./open-test-api.ts";

/** The days of the test; the portal's notices end on the first of them. */
const today = new Date().toISOString().slice(0, 10);
const LIST = { today: () => today, count: 40, size: 10, method: "post", dates: EUROPEAN } as const;
const site = await startSite(searchedList(LIST));
const { api, as } = await openTestApi({ allowHosts: [site.host], work: true });

afterAll(() => site.close());

const daysAgo = (days: number): string =>
  new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);

async function run(jobId: string, inputs?: { name: string; value: string }[]) {
  const payload = { jobId, url: `${site.url}/search`, portalId: "searched", configuration: inputs ? { inputs } : {} };
  const sent = await api.inject({ method: "POST", url: "/scrape", headers: as("operator"), payload });
  expect(sent.statusCode).toBe(202);
  return vi.waitFor(async () => {
    const { body } = await get(`/status/${jobId}`);
    expect(["completed", "failed"]).toContain(body.status);
    return body;
  }, 60_000);
}

async function get(url: string) {
  const reply = await api.inject({ url, headers: as("viewer") });
  return { status: reply.statusCode, body: reply.json() };
}

const titlesOf = (job: { result: { opportunities: { title: string }[] } }) =>
  job.result.opportunities.map(({ title }) => title).toSorted();
const titlesSince = (from: string) =>
  foundBetween(LIST, from, today)
    .map(({ title }) => title)
    .toSorted();

test("a portal's search form is asked what its configuration says, at every job and with the dates of the day", async () => {
  const to = { name: "Published to", value: "today" };
  const configuration = { inputs: [{ name: "Published from", value: "today-30d" }, to] };
  const put = await api.inject({
    method: "POST",
    url: "/api/v1/portals",
    headers: as("operator"),
    payload: { id: "searched", url: `${site.url}/search`, watched: false, configuration },
  });
  expect(put.json().configuration).toEqual(configuration);

  const first = await run("first");
  expect(titlesOf(first)).toEqual(titlesSince(daysAgo(30)));
  expect(JSON.stringify(first.result.interactions)).toContain(`Published from: ${daysAgo(30)}`);
  const again = await run("again", [{ name: "Published from", value: "today-60d" }, to]); // prettier-ignore
  expect(titlesOf(again)).toEqual(titlesSince(daysAgo(60)));
  const [latest] = (await get("/api/v1/runs")).body.items;
  expect(latest.inputs).toContainEqual({ name: "Published from", said: "today-60d", value: daysAgo(60) });
}, 120_000);

test("a search that the portal refuses fails with the portal's words", async () => {
  const job = await run("refused", [
    { name: "Published from", value: "today-1y" },
    { name: "Published to", value: "today" },
  ]);

  expect(job).toMatchObject({ status: "failed", error: { code: "search_refused", recoverable: false } });
  expect(job.error.message).toContain("The period may not be longer than 92 days.");
}, 60_000);

test.each([
  ["two inputs of one name", [{ name: "from", value: "today" }, { name: "from", value: "today" }]],
  ["a format without a day", [{ name: "from", value: "today", format: "MM/yyyy" }]],
])("%s is refused with 400", async (_what, inputs) => {
  const payload = { jobId: "bad", url: `${site.url}/search`, portalId: "searched", configuration: { inputs } };
  const reply = await api.inject({ method: "POST", url: "/scrape", headers: as("operator"), payload });

  expect(reply.statusCode).toBe(400);
}); // prettier-ignore
