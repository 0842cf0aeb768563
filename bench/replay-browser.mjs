// `npm run bench:browser [-- PAGES [ROUNDS]]`: replay in a browser against @crawlee/playwright and against one page of bare Playwright.
import { resolveChromium } from "../src/engines/browser/index.ts";
import { compete, environment, run, serve } from "./measure.mjs";

const [pages, rounds, concurrency] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 3), 2];
const { executablePath } = await resolveChromium();
const site = await serve("list-site.mjs", String(pages));
try {
  const addresses = Array.from({ length: pages }, (_, index) => `${site.url}/list?page=${index + 1}`);
  const shared = { addresses, host: new URL(site.url).host, concurrency, browserPath: executablePath };
  console.log(`Replay in a browser: ${pages} list pages of 20 records, concurrency ${concurrency}; ${environment()}`);
  const speed = await compete(
    {
      "gleaner, rendered HTML stored": () =>
        run("contestants/gleaner-replay.mjs", { ...shared, transport: "browser", evidence: true }),
      "@crawlee/playwright": () => run("contestants/crawlee-playwright.mjs", shared),
      "bare Playwright, one page": () => run("contestants/bare-playwright.mjs", shared),
    },
    rounds,
  );
  const gleaner = speed["gleaner, rendered HTML stored"];
  console.log(`ratio to @crawlee/playwright: ${(gleaner / speed["@crawlee/playwright"]).toFixed(2)} (bar 2)`);
  console.log(`ratio to bare Playwright:     ${(gleaner / speed["bare Playwright, one page"]).toFixed(2)} (bar 0.8)`);
} finally {
  site.close();
}
