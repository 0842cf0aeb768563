// Run before packing, and by the set-up: compiles src/ to dist/, which is what other packages import (part of `npm run build`).
// Types are checked by `npm run types`, not here. Node strips no types under node_modules, and the "#" names of package.json point at sources: both are resolved here.
import { spawnSync } from "node:child_process";
import { existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const DIST = join(ROOT, "dist");
const DOOR = /(["'])#([a-z][\w/-]*)\1/g;

// What scripts/build-dashboard.mjs made stays.
const old = existsSync(DIST) ? readdirSync(DIST).filter((name) => name !== "web") : [];
for (const name of old) rmSync(join(DIST, name), { recursive: true, force: true });
const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: ROOT, stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);

for (const file of globSync("**/*.{js,d.ts}", { cwd: DIST, exclude: ["web/**"] })) {
  const path = resolve(DIST, file);
  const text = readFileSync(path, "utf8");
  const relinked = text
    .replaceAll(DOOR, (_, quote, name) => quote + relativeDoor(path, name) + quote)
    .replaceAll(/((?:from|import\()\s*"\.[^"]*)\.ts"/g, '$1.js"');
  if (relinked !== text) writeFileSync(path, relinked);
}
writeFileSync(join(DIST, ".built"), "");

/** `#platform/storage` becomes the path to dist/platform/storage/index.js. */
function relativeDoor(from, name) {
  const target = /\/(?:testing|replay)$/.test(name) ? `${name}.js` : `${name}/index.js`;
  const path = relative(dirname(from), join(DIST, target)).replaceAll("\\", "/");
  return path.startsWith(".") ? path : `./${path}`;
}
