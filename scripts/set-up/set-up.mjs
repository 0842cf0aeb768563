// Everything that must be there before Gleaner runs from a clone. Plain Node 20, no dependencies; a second call finds nothing to do.
import { chmodSync, existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBrowser } from "./browser.mjs";
import { ensureDashboard } from "./dashboard-build.mjs";
import { installDependencies, nodePath } from "./dependencies.mjs";
import { ensureLibrary } from "./library-build.mjs";
import { run } from "./run.mjs";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[/\\]$/, "");

/**
 * Installs dependencies and Node 24, links `npx gleaner`, looks for a browser, builds the library and the dashboard, sets git hooks.
 * A missing browser is no failure: it is returned as `browserNotice`.
 */
export async function setUp({ library = false } = {}) {
  const say = (text) => console.error(`gleaner set-up: ${text}`);
  const installed = await installDependencies(ROOT, say);
  if (installed || !existsSync(binLink())) await linkCommand();
  const browserNotice = await ensureBrowser(ROOT, say);
  if (browserNotice) say(browserNotice);
  if (library || !existsSync(join(ROOT, "dist", ".built"))) await ensureLibrary(ROOT, say);
  await ensureDashboard(ROOT, say);
  if (installed) await installHooks();
  return { browserNotice };
}

/** npm links a package's commands only where it is installed as a dependency; `npx gleaner` shall work here too. */
async function linkCommand() {
  chmodSync(join(ROOT, "bin", "gleaner.mjs"), 0o755);
  rmSync(binLink(), { force: true });
  symlinkSync(join("..", "..", "bin", "gleaner.mjs"), binLink());
}

function binLink() {
  return join(ROOT, "node_modules", ".bin", "gleaner");
}

async function installHooks() {
  if (process.env.CI || !existsSync(join(ROOT, ".git"))) return;
  const script = join(ROOT, "node_modules", "simple-git-hooks", "cli.js");
  await run(nodePath(ROOT), [script], { cwd: ROOT, env: process.env, timeoutMs: 20_000 });
}
