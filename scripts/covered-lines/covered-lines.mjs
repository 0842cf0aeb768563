// Lines as { [file]: { [line]: was it run? } }; a file is named from the root, a line counts from 1 and holds the start of a statement.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

export function readLines(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
}

export function writeLines(path, lines) {
  writeFileSync(path, JSON.stringify(lines));
}

/** A line was run if it was in one of both. */
export function joinLines(one, other) {
  const joined = Object.fromEntries(Object.entries(one).map(([file, lines]) => [file, { ...lines }]));
  for (const [file, lines] of Object.entries(other)) {
    joined[file] ??= {};
    for (const [line, isRun] of Object.entries(lines)) joined[file][line] = isRun || joined[file][line] === true;
  }
  return joined;
}
