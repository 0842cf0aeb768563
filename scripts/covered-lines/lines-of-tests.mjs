import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { ROOT } from "../set-up/set-up.mjs";

/** From Vitest's report in Istanbul's format. */
export function linesOfTests(report) {
  if (!existsSync(report)) throw new Error("Vitest wrote no coverage. Look above for what stopped it.");
  const files = Object.values(JSON.parse(readFileSync(report, "utf8")));
  return Object.fromEntries(files.map((file) => [relative(ROOT, file.path), linesOf(file)]));
}

function linesOf({ statementMap, s }) {
  const lines = {};
  for (const [id, { start }] of Object.entries(statementMap))
    lines[start.line] = s[id] > 0 || lines[start.line] === true;
  return lines;
}
