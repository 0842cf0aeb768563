import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../set-up/set-up.mjs";

/**
 * From what V8 wrote in programs that ended by themselves (NODE_V8_COVERAGE). Node blanks types out, so that places in the code
 * are places in the file. `known` says which lines hold statements; of other files nothing is said.
 */
export function linesOfChildren(folder, known) {
  const lines = {};
  for (const name of readdirSync(folder)) {
    for (const { url, functions } of resultsIn(join(folder, name))) {
      const file = url.startsWith("file:") ? relative(ROOT, fileURLToPath(url)) : "";
      if (known[file] === undefined) continue;
      const isRunAt = countsOf(functions);
      lines[file] ??= {};
      for (const [line, at] of startsOf(file, known[file]))
        lines[file][line] = isRunAt(at) || lines[file][line] === true;
    }
  }
  return lines;
}

/** A program that was killed while it wrote leaves half a file. */
function resultsIn(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).result;
  } catch {
    return [];
  }
}

/** Inner ranges come after the outer ones and count instead of them. */
function countsOf(functions) {
  const ranges = functions.flatMap((each) => each.ranges);
  return (at) => {
    let innermost = null;
    for (const range of ranges) {
      if (at < range.startOffset || at >= range.endOffset) continue;
      if (innermost === null || range.endOffset - range.startOffset <= innermost.endOffset - innermost.startOffset) {
        innermost = range;
      }
    }
    return (innermost?.count ?? 0) > 0;
  };
}

/** Where the first word of each line with a statement stands. */
function startsOf(file, lines) {
  const starts = [];
  let at = 0;
  let line = 0;
  for (const text of readFileSync(join(ROOT, file), "utf8").split("\n")) {
    line += 1;
    if (line in lines) starts.push([line, at + text.search(/\S|$/)]);
    at += text.length + 1;
  }
  return starts;
}
