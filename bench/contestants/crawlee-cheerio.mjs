// Crawlee's fastest crawler, in memory, with the same fields picked by hand-written selectors. No evidence. As it comes, or
// `lightened`: without sessions and made-up browser headers, which these pages do not need and which take a tenth of its time.
import { CheerioCrawler, Configuration, log } from "@crawlee/cheerio";
import { asked, cpuMs } from "../measure.mjs";

const { addresses, concurrency, lightened } = await asked();
log.setLevel(log.LEVELS.ERROR);
const found = [];
const light = {
  useSessionPool: false,
  persistCookiesPerSession: false,
  preNavigationHooks: [(_, options) => void (options.useHeaderGenerator = false)],
};
const crawler = new CheerioCrawler(
  {
    minConcurrency: concurrency,
    maxConcurrency: concurrency,
    ...(lightened ? light : {}),
    requestHandler: ({ $ }) => {
      for (const row of $("#tenders > tbody > tr")) {
        const cell = (name) => $(row).find(`td.${name}`).text().trim();
        const url = $(row).find("td.title > a").attr("href");
        found.push({
          reference: cell("reference"),
          title: cell("title"),
          url,
          buyer: cell("buyer"),
          closing: cell("closing"),
          value: cell("value"),
        });
      }
    },
  },
  new Configuration({ persistStorage: false }),
);
const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
const { requestsFinished } = await crawler.run(addresses);
const [ms, cpu] = [performance.now() - began, cpuMs(cpuBefore)];
console.log(JSON.stringify({ pages: requestsFinished, records: found.length, ms, cpu }));
