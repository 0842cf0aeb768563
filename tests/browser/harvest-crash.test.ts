import { execFileSync } from "node:child_process";
import { afterAll, expect, test } from "vitest";
import { AddressGuard } from "#platform/egress";
import { BrowserPool } from "#engines/browser";
import { useHarvester } from "../flows/open-harvester.ts";
import { numberedTable } from "../sites/paged-lists.ts";

const pool = new BrowserPool({ guard: new AddressGuard(), maxBrowsers: 1 });
afterAll(() => pool.close());
const { harvester, serve } = await useHarvester(() => Promise.resolve(pool));

function killBrowsers(): void {
  const children = execFileSync("ps", ["-o", "pid=,comm=", "--ppid", String(process.pid)], { encoding: "utf8" });
  for (const [, pid] of children.matchAll(/(\d+) +\S*chrom/gi)) process.kill(Number(pid), "SIGKILL");
}

test("a list goes on in a new browser when its own was killed", { timeout: 60_000 }, async () => {
  const list = numberedTable({ count: 40, size: 10 });
  let kills = 0;
  const site = await serve((request) => {
    if (request.query.get("page") === "3" && (kills += 1) === 1) killBrowsers();
    return list(request);
  });

  const result = await harvester.harvest({ url: `${site.url}/tenders`, transport: "browser", allowHosts: [site.host] });

  expect(kills).toBe(2);
  expect(result).toMatchObject({ recordCount: 40, completeness: { state: "complete", gaps: [] } });
});
