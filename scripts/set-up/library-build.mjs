// Builds dist/ when a source is newer. Plain Node 20; the build runs under Node 24.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { nodePath, withNode24 } from "./dependencies.mjs";
import { run, tail } from "./run.mjs";
import { SetUpFailure } from "./set-up-failure.mjs";

const BUILD_LIMIT_MS = 3 * 60_000;

/** Builds what other packages import. Returns whether it had to. */
export async function ensureLibrary(root, say) {
  if (isFresh(root)) return false;
  say("Building the library (dist/) …");
  const script = join(root, "scripts", "build.mjs");
  const { ok, output } = await run(nodePath(root), [script], {
    cwd: root,
    env: withNode24(root),
    timeoutMs: BUILD_LIMIT_MS,
  });
  if (!ok) throw new SetUpFailure(`The library could not be built:\n\n${tail(output)}`);
  return true;
}

function isFresh(root) {
  const built = join(root, "dist", ".built");
  if (!existsSync(built)) return false;
  const builtAt = statSync(built).mtimeMs;
  return [...sourceFiles(join(root, "src")), join(root, "package.json"), join(root, "scripts", "build.mjs")].every(
    (file) => statSync(file).mtimeMs <= builtAt,
  );
}

function* sourceFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(path);
    else if (entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts")) yield path;
  }
}
