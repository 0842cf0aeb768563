// Builds dist/web when what it was built from changed. Plain Node 20; the build runs under Node 24.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dashboardHash, DASHBOARD_STAMP } from "./dashboard-sources.mjs";
import { nodePath, withNode24 } from "./dependencies.mjs";
import { run, tail } from "./run.mjs";
import { SetUpFailure } from "./set-up-failure.mjs";

const BUILD_LIMIT_MS = 3 * 60_000;

/** Builds what the API serves at /. Returns whether it had to. */
export async function ensureDashboard(root, say) {
  const stamp = join(root, DASHBOARD_STAMP);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === dashboardHash(root)) return false;
  say("Building the dashboard (dist/web/) …");
  const script = join(root, "scripts", "build-dashboard.mjs");
  const { ok, output } = await run(nodePath(root), [script], {
    cwd: root,
    env: withNode24(root),
    timeoutMs: BUILD_LIMIT_MS,
  });
  if (!ok) throw new SetUpFailure(`The dashboard could not be built:\n\n${tail(output)}`);
  return true;
}
