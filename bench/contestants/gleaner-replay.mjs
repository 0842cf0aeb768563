// Gleaner replays a recipe over addresses that are known beforehand.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noTelemetry, silentLogger } from "../../src/kernel/index.ts";
import { loadConfig } from "../../src/platform/config/index.ts";
import { openWorkbench } from "../../src/app/workbench.ts";
import { asked, cpuMs } from "../measure.mjs";

const { addresses, host, evidence, transport, concurrency, browserPath } = await asked();
const folder = await mkdtemp(join(tmpdir(), "gleaner-bench-"));
const overrides = {
  GLEANER_DATA_DIR: folder,
  EGRESS_ALLOW_HOSTS: host,
  EGRESS_CONCURRENCY_PER_HOST: String(concurrency),
  DELAY_BETWEEN_ACTIONS: "0",
  ...(browserPath ? { BROWSER_EXECUTABLE_PATH: browserPath } : {}),
};
const config = loadConfig({ folder, environment: {}, overrides });
const workbench = await openWorkbench({
  config,
  logger: silentLogger,
  telemetry: noTelemetry,
  // As `gleaner harvest --addresses` does. A thread that reads loads its code here, as every contestant does with its imports.
  listed: transport === "http" ? { addresses } : {},
});
const { harvester } = workbench;
const reach = { allowHosts: [host], transport, robots: "ignore" };
const { recipe } = await harvester.learn({ ...reach, url: addresses[0] });

const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
const { run, pages } = await harvester.harvest({
  ...reach,
  recipe,
  addresses,
  concurrency,
  evidence,
  maxPages: addresses.length,
});
const [ms, cpu] = [performance.now() - began, cpuMs(cpuBefore)];

let records = 0;
for await (const record of harvester.records(run)) records += Object.keys(record.fields).length >= 5 ? 1 : 0;
await workbench.close();
await rm(folder, { recursive: true, force: true });
console.log(JSON.stringify({ pages, records, ms, cpu }));
