// `npm run coverage [-- FILTER …]`: which lines of src/ the tests run, those that run in programs they start included.
// With a filter only these test files run; `--add` joins their lines to those of earlier runs, so that the whole can be
// measured part by part. Functions that run inside a browser's page are seen by nobody and count as not run.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { linesOfChildren } from "./covered-lines/lines-of-children.mjs";
import { linesOfTests } from "./covered-lines/lines-of-tests.mjs";
import { joinLines, readLines, writeLines } from "./covered-lines/covered-lines.mjs";
import { printCoverage } from "./covered-lines/print-coverage.mjs";
import { nodePath, withNode24 } from "./set-up/dependencies.mjs";
import { ROOT } from "./set-up/set-up.mjs";

const folder = join(ROOT, "coverage");
const children = join(folder, "children");
const total = join(folder, "lines.json");
const filters = process.argv.slice(2).filter((argument) => argument !== "--add");
const isAdding = filters.length < process.argv.length - 2;

rmSync(children, { recursive: true, force: true });
if (!isAdding) rmSync(total, { force: true });
mkdirSync(children, { recursive: true });
const vitest = [
  "run",
  "--coverage",
  // A test that fails says nothing about the lines of the others.
  "--coverage.reportOnFailure",
  "--coverage.reporter=json",
  `--coverage.reportsDirectory=${join(folder, "tests")}`,
];
const { status } = spawnSync(nodePath(ROOT), [join(ROOT, "node_modules/vitest/vitest.mjs"), ...vitest, ...filters], {
  cwd: ROOT,
  env: { ...withNode24(ROOT), CHILD_COVERAGE: children },
  stdio: "inherit",
});
const ofTests = linesOfTests(join(folder, "tests", "coverage-final.json"));
const lines = joinLines(readLines(total), joinLines(ofTests, linesOfChildren(children, ofTests)));
writeLines(total, lines);
rmSync(children, { recursive: true, force: true });
printCoverage(lines);
process.exitCode = status ?? 1;
