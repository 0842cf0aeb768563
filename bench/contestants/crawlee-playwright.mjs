// Crawlee's browser crawler, in memory, with the same fields read in the page by hand-written selectors. No evidence.
import { Configuration, log, PlaywrightCrawler } from "@crawlee/playwright";
import { asked } from "../measure.mjs";
import { readRows } from "./read-rows.mjs";

const { addresses, concurrency, browserPath } = await asked();
log.setLevel(log.LEVELS.ERROR);
let records = 0;
const crawler = new PlaywrightCrawler(
  {
    headless: true,
    minConcurrency: concurrency,
    maxConcurrency: concurrency,
    launchContext: { launchOptions: { executablePath: browserPath, args: ["--no-sandbox"] } },
    browserPoolOptions: { useFingerprints: false },
    requestHandler: async ({ page }) => {
      const rows = await page.evaluate(readRows);
      records += rows.length;
    },
  },
  new Configuration({ persistStorage: false }),
);
const began = performance.now();
const { requestsFinished } = await crawler.run(addresses);
console.log(JSON.stringify({ pages: requestsFinished, records, ms: performance.now() - began }));
process.exit(0);
