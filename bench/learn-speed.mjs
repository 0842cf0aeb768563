// `npm run bench:learn -- FOLDER`: learns every stored page of a folder (.html, .html.gz) in one process; time of parsing and learning.
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { learnPage, parsePage } from "../src/engines/extraction/index.ts";
import { environment } from "./measure.mjs";

const folder = process.argv[2];
if (!folder) throw new Error("Usage: npm run bench:learn -- FOLDER");
const files = globSync("**/*.{html,html.gz,htm}", { cwd: folder }).sort();
const times = [];
let failed = 0;
for (const file of files) {
  const stored = readFileSync(resolve(folder, file));
  const bytes = file.endsWith(".gz") ? gunzipSync(stored) : stored;
  const started = performance.now();
  try {
    learnPage(parsePage({ bytes, url: "https://page.example/" }));
  } catch (error) {
    failed += 1;
    console.error(`${file}: ${error.message}`);
  }
  times.push({ file, ms: performance.now() - started });
}
times.sort((a, b) => a.ms - b.ms);
const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))]?.ms ?? 0;
console.log(`Learning one page: ${times.length} pages, ${failed} refused; ${environment()}`);
console.log(
  `median ${at(0.5).toFixed(1)} ms (bar 60), 90 % ${at(0.9).toFixed(1)} ms, 99 % ${at(0.99).toFixed(1)} ms (bar 800)`,
);
console.log(
  `slowest: ${times
    .slice(-3)
    .map(({ file, ms }) => `${file} ${ms.toFixed(0)} ms`)
    .join(", ")}`,
);
