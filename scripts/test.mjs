// `npm test`: sets up what is missing, then format, lint, types, fences and every fast test. Arguments go to the test runner.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { nodePath, withNode24 } from "./set-up/dependencies.mjs";
import { run } from "./set-up/run.mjs";
import { runScript } from "./set-up/set-up-failure.mjs";
import { ROOT, setUp } from "./set-up/set-up.mjs";

const CHECK_LIMIT_MS = 5 * 60_000;
const TEST_LIMIT_MS = 20 * 60_000;

const CHECKS = [
  { name: "format", args: ["node_modules/prettier/bin/prettier.cjs", "--check", "--log-level", "warn", "."] },
  { name: "lint", args: ["node_modules/eslint/bin/eslint.js", ".", "--max-warnings", "0"] },
  { name: "types", args: ["node_modules/typescript/bin/tsc", "--noEmit"] },
  { name: "types of the Convex part", args: ["node_modules/typescript/bin/tsc", "-p", "integrations/convex/convex"] },
  { name: "types of the dashboard", args: ["web/check-types.mjs"] },
];

await runScript(async () => {
  await setUp({ library: true });
  const only = process.argv.slice(2);
  const checks = only.length > 0 ? [] : await Promise.all(CHECKS.map(check));
  const tests = await runTests(only);
  const failed = checks.filter((ok) => !ok).length + tests.failed;
  const passed = checks.filter((ok) => ok).length + tests.passed;
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && tests.ok ? 0 : 1;
});

async function check({ name, args: [program, ...args] }) {
  const started = Date.now();
  const { ok, output } = await run(nodePath(ROOT), [join(ROOT, program), ...args], {
    cwd: ROOT,
    env: withNode24(ROOT),
    timeoutMs: CHECK_LIMIT_MS,
  });
  console.log(`${ok ? "✓" : "✗"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!ok) console.log(output.trimEnd());
  return ok;
}

/** Vitest writes its own summary for people and a report for the last line. */
async function runTests(only) {
  const report = join(ROOT, "node_modules", ".cache", "test-report.json");
  mkdirSync(join(report, ".."), { recursive: true });
  rmSync(report, { force: true });
  const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const reporter = process.stdout.isTTY ? "default" : "dot";
  const code = await follow([
    vitest,
    "run",
    `--reporter=${reporter}`,
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...only,
  ]);
  if (!existsSync(report)) return { ok: false, passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
  // A file that does not even load has no failed test of its own.
  const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  return { ok: code === 0, passed: numPassedTests, failed: Math.max(numFailedTests + broken, code === 0 ? 0 : 1) };
}

function follow(args) {
  return new Promise((resolve) => {
    const child = spawn(nodePath(ROOT), args, {
      cwd: ROOT,
      // In a file, colours are noise around every dot.
      env: { ...withNode24(ROOT), ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }) },
      stdio: ["ignore", "inherit", "inherit"],
    });
    const timer = setTimeout(() => {
      console.error(`The tests were stopped after ${TEST_LIMIT_MS / 60_000} minutes.`);
      child.kill("SIGKILL");
    }, TEST_LIMIT_MS);
    const finish = (code) => {
      clearTimeout(timer);
      resolve(code);
    };
    child.on("error", () => finish(1));
    child.on("close", (code) => finish(code ?? 1));
  });
}
