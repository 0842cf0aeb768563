import { afterAll, expect, test } from "vitest";
import { startSite } from "../sites/local-site.ts";
import { numberedTable } from "../sites/paged-lists.ts";
import { killAndResume, randomFrom } from "./kill-and-resume.ts";

const PAGES = 24;
const list = numberedTable({ count: PAGES * 5, size: 5 });
const site = await startSite((request) => {
  const answer = list(request);
  return answer && { ...answer, delayMs: 12 };
});
afterAll(() => site.close());

test("a harvest that is killed three times gives what an undisturbed one gives", { timeout: 180_000 }, async () => {
  const request = { url: `${site.url}/tenders` };
  // The page under way, the one whose commit was under way, and the first one again if learning was cut off.
  await killAndResume({ site, request, pages: PAGES, kills: 3, underWay: 2, random: randomFrom(11) });

  expect(site.requests.at(-1)).toBe(`GET /tenders?page=${PAGES}`);
});
