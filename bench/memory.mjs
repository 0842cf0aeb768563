// `npm run bench:memory [-- PAGES]`: what a long replay keeps. Slopes are fitted over the second half, after warm-up: by least
// squares, which one step tilts, and as the median slope of all pairs of samples (Theil and Sen), which it does not. The
// young generation of V8 grows in steps up to a bound of its own, the sooner the busier the machine, and is told apart.
import { environment, median, run, serve } from "./measure.mjs";

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
  for (const { pages: seen, heap, rss, young } of samples)
    console.log(
      `  ${String(seen).padStart(6)} pages  heap ${heap.toFixed(1)} MB  rss ${rss.toFixed(0)} MB, ` +
        `${young.toFixed(0)} of it the young generation`,
    );
  const warm = samples.slice(Math.floor(samples.length / 2));
  tell("heap", ({ heap }) => heap);
  tell("rss", ({ rss }) => rss);
  tell("rss without the young generation", ({ rss, young }) => rss - young);

  function tell(name, read) {
    const points = warm.map((sample) => [sample.pages / 1000, read(sample)]);
    const [fitted, middle] = [leastSquares(points), medianSlope(points)].map((slope) => slope.toFixed(2));
    console.log(`${name}: ${fitted} MB per 1,000 pages by least squares (bar 1), ${middle} by the median slope`);
  }
} finally {
  site.close();
}

function leastSquares(points) {
  const [meanX, meanY] = [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  const above = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return above / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

function medianSlope(points) {
  const slopes = points.flatMap(([x, y], at) =>
    points.slice(at + 1).map(([laterX, laterY]) => (laterY - y) / (laterX - x)),
  );
  return median(slopes);
}
