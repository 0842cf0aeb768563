// Gleaner replays a recipe over addresses that are known beforehand.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noTelemetry, silentLogger } from "/work/wt/lead/src/kernel/index.ts";
import { loadConfig } from "/work/wt/lead/src/platform/config/index.ts";
import { openWorkbench } from "/work/wt/lead/src/app/workbench.ts";
import { asked, cpuMs } from "/work/wt/lead/bench/measure.mjs";

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
const workbench = await openWorkbench({ config, logger: silentLogger, telemetry: noTelemetry });
const { harvester } = workbench;
const reach = { allowHosts: [host], transport, robots: "ignore" };
const { recipe } = await harvester.learn({ ...reach, url: addresses[0] });

import * as fs2 from "node:fs";
function snap(){const per={}; for (const t of fs2.readdirSync("/proc/self/task")) { const st=fs2.readFileSync("/proc/self/task/"+t+"/schedstat","utf8").split(" "); const name=fs2.readFileSync("/proc/self/task/"+t+"/comm","utf8").trim(); per[name+":"+t]=Math.round(Number(st[0])/1e6); } return per}
const p0=snap();
const th0=process.threadCpuUsage();
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

const th=process.threadCpuUsage(th0); const p1=snap(); for(const k in p1){const d=p1[k]-(p0[k]??0); if(d>0) console.error(k,d,"ms", (d/pages).toFixed(3));}
console.error("main thread ms/page", ((th.user+th.system)/1000/pages).toFixed(3), "sys", (th.system/1000/pages).toFixed(3), "all", (cpu/pages).toFixed(3));
let records = 0;
for await (const record of harvester.records(run)) records += Object.keys(record.fields).length >= 5 ? 1 : 0;
await workbench.close();
await rm(folder, { recursive: true, force: true });
console.log(JSON.stringify({ pages, records, ms, cpu }));
