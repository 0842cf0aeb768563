// `npm run bench:http [-- PAGES [ROUNDS]]`: replay over HTTP against @crawlee/cheerio, same pages, same concurrency, pace off.
import { compete, environment, run, serve } from "./measure.mjs";

const [pages, rounds, concurrency] = [Number(process.argv[2] ?? 2000), Number(process.argv[3] ?? 3), 10];
const site = await serve("list-site.mjs", String(pages));
try {
  const addresses = Array.from({ length: pages }, (_, index) => `${site.url}/list?page=${index + 1}`);
  const shared = { addresses, host: new URL(site.url).host, transport: "http", concurrency };
  console.log(`Replay over HTTP: ${pages} list pages of 20 records, concurrency ${concurrency}; ${environment()}`);
  const speed = await compete(
    {
      "gleaner, evidence stored": () => run("contestants/gleaner-replay.mjs", { ...shared, evidence: true }),
      "@crawlee/cheerio": () => run("contestants/crawlee-cheerio.mjs", shared),
      "@crawlee/cheerio, lightened": () => run("contestants/crawlee-cheerio.mjs", { ...shared, lightened: true }),
      "gleaner, evidence off": () => run("contestants/gleaner-replay.mjs", { ...shared, evidence: false }),
    },
    rounds,
  );
  const ratios = (name) =>
    ["@crawlee/cheerio", "@crawlee/cheerio, lightened"]
      .map((peer) => (speed[name] / speed[peer]).toFixed(2))
      .join(", ");
  console.log(`ratio with evidence stored: ${ratios("gleaner, evidence stored")} against the lightened one (bar 3)`);
  console.log(`ratio with evidence off:    ${ratios("gleaner, evidence off")} against the lightened one (bar 5)`);
} finally {
  site.close();
}
