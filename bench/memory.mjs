// `npm run bench:memory [-- PAGES]`: what a long replay keeps. The slope is fitted over the second half, after warm-up.
import { environment, run, serve } from "./measure.mjs";

const pages = Number(process.argv[2] ?? 10_000);
const site = await serve("list-site.mjs", String(pages));
try {
  const addresses = Array.from({ length: pages }, (_, index) => `${site.url}/list?page=${index + 1}`);
  console.log(`Memory over ${pages} pages of 20 records; ${environment()}`);
  const { samples } = await run("contestants/gleaner-memory.mjs", {
    addresses,
    host: new URL(site.url).host,
    concurrency: 10,
  });
  for (const { pages: seen, heap, rss } of samples)
    console.log(`  ${String(seen).padStart(6)} pages  heap ${heap.toFixed(1)} MB  rss ${rss.toFixed(0)} MB`);
  const warm = samples.slice(Math.floor(samples.length / 2));
  console.log(`heap slope: ${slope(warm, "heap").toFixed(2)} MB per 1,000 pages (bar 1)`);
  console.log(`rss slope:  ${slope(warm, "rss").toFixed(2)} MB per 1,000 pages (bar 1)`);
} finally {
  site.close();
}

/** Least squares, in MB per 1,000 pages. */
function slope(samples, what) {
  const meanX = samples.reduce((sum, { pages: x }) => sum + x, 0) / samples.length;
  const meanY = samples.reduce((sum, sample) => sum + sample[what], 0) / samples.length;
  const above = samples.reduce((sum, sample) => sum + (sample.pages - meanX) * (sample[what] - meanY), 0);
  const below = samples.reduce((sum, { pages: x }) => sum + (x - meanX) ** 2, 0);
  return (above / below) * 1000;
}
