import { afterAll, test } from "vitest";
import { startSite } from "../sites/local-site.ts";
import { numberedTable } from "../sites/paged-lists.ts";
import { killAndResume, randomFrom } from "./kill-and-resume.ts";

const PAGES = 120;
const list = numberedTable({ count: PAGES * 5, size: 5 });
const site = await startSite((request) => {
  const answer = list(request);
  return answer && { ...answer, delayMs: 10 };
});
afterAll(() => site.close());

test("a harvest that is killed twenty times gives what an undisturbed one gives", { timeout: 900_000 }, async () => {
  const request = { url: `${site.url}/tenders` };
  await killAndResume({ site, request, pages: PAGES, kills: 20, underWay: 2, random: randomFrom(2_026) });
});

test("known pages that are harvested side by side survive kills as well", { timeout: 600_000 }, async () => {
  const addresses = Array.from({ length: PAGES }, (_, at) => `${site.url}/tenders?page=${at + 1}`);
  const concurrency = 4;
  // Asked for, waiting for their turn, or waiting for their commit.
  const underWay = concurrency * 12 + 1;
  await killAndResume({
    site,
    request: { addresses, concurrency },
    pages: PAGES,
    kills: 6,
    underWay,
    random: randomFrom(7),
  });
});
