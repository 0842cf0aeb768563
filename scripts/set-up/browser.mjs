// Makes sure that some browser starts. Plain Node 20; the browser itself is found and started by engines/browser under Node 24.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodePath, withNode24 } from "./dependencies.mjs";
import { run, tail } from "./run.mjs";

const LAUNCH_LIMIT_MS = 60_000;
const APT_LIMIT_MS = 5 * 60_000;

/** Returns null when a browser starts, else what to do. Asks once per installation; `say` gets progress. */
export async function ensureBrowser(root, say) {
  const stamp = join(root, "node_modules", ".gleaner-browser");
  if (existsSync(stamp) && existsSync(readFileSync(stamp, "utf8").trim())) return null;
  let attempt = await tryBrowser(root);
  if (!attempt.ok && canUseApt()) {
    say("No browser starts here. Installing Debian's Chromium (apt-get) …");
    await installWithApt(root);
    attempt = await tryBrowser(root);
  }
  if (attempt.ok) {
    writeFileSync(stamp, `${attempt.output.trim().split("\n").at(-1)}\n`);
    return null;
  }
  return (
    `No browser starts on this machine, so pages that need one cannot be read:\n${tail(attempt.output, 6)}\n` +
    "Install one (Debian and Ubuntu: apt-get install chromium; elsewhere: npx playwright-core install chromium), " +
    "or name one in BROWSER_EXECUTABLE_PATH."
  );
}

function tryBrowser(root) {
  const script = join(root, "scripts", "set-up", "try-browser.mjs");
  return run(nodePath(root), [script], { cwd: root, env: withNode24(root), timeoutMs: LAUNCH_LIMIT_MS });
}

function canUseApt() {
  return process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}

async function installWithApt(root) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const options = { cwd: root, env, timeoutMs: APT_LIMIT_MS };
  await run("apt-get", ["update", "-q"], options);
  await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], options);
}
