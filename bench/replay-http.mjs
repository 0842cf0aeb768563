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
      "gleaner, evidence off": () => run("contestants/gleaner-replay.mjs", { ...shared, evidence: false }),
    },
    rounds,
  );
  const peer = speed["@crawlee/cheerio"];
  console.log(`ratio with evidence stored: ${(speed["gleaner, evidence stored"] / peer).toFixed(2)} (bar 3)`);
  console.log(`ratio with evidence off:    ${(speed["gleaner, evidence off"] / peer).toFixed(2)} (bar 5)`);
} finally {
  site.close();
}
