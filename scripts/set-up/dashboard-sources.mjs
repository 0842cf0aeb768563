// What the dashboard is made of, as one hash: equal sources need no second build. Plain Node 20, no dependencies.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Holds the hash of the sources that dist/web was built from. */
export const DASHBOARD_STAMP = "dist/web/.built";

/** Names and bytes of all that the bundle depends on; times of files do not count, since a clone has none that mean anything. */
export function dashboardHash(root) {
  const hash = createHash("sha256");
  const files = [
    ...filesBelow(join(root, "web")),
    join(root, "package-lock.json"),
    join(root, "scripts", "build-dashboard.mjs"),
  ];
  for (const file of files)
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  return hash.digest("hex");
}

function filesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== "node_modules");
  return entries
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .filter((file) => !file.endsWith("api-schema.d.ts"));
}
