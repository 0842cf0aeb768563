// Gleaner replays many pages; heap (after a collection), RSS and the room of the young generation are read every 500 pages.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getHeapSpaceStatistics } from "node:v8";
import { noTelemetry, silentLogger } from "../../src/kernel/index.ts";
import { loadConfig } from "../../src/platform/config/index.ts";
import { openWorkbench } from "../../src/app/workbench.ts";
import { asked } from "../measure.mjs";

const { addresses, host, concurrency } = await asked();
const folder = await mkdtemp(join(tmpdir(), "gleaner-bench-"));
const overrides = {
  GLEANER_DATA_DIR: folder,
  EGRESS_ALLOW_HOSTS: host,
  EGRESS_CONCURRENCY_PER_HOST: String(concurrency),
  DELAY_BETWEEN_ACTIONS: "0",
};
const config = loadConfig({ folder, environment: {}, overrides });
const workbench = await openWorkbench({ config, logger: silentLogger, telemetry: noTelemetry });
const { harvester } = workbench;
const reach = { allowHosts: [host], transport: "http", robots: "ignore" };
const { recipe } = await harvester.learn({ ...reach, url: addresses[0] });

const samples = [];
let seen = 0;
const onProgress = ({ kind }) => {
  if (kind !== "page" || (seen += 1) % 500) return;
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  const young = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space").physical_space_size;
  samples.push({ pages: seen, heap: heapUsed / 2 ** 20, rss: rss / 2 ** 20, young: young / 2 ** 20 });
};
await harvester.harvest({ ...reach, recipe, addresses, concurrency, maxPages: addresses.length, onProgress });
await workbench.close();
await rm(folder, { recursive: true, force: true });
console.log(JSON.stringify({ samples }));
