import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const Names = z.record(z.string(), z.string()).default({});
const Manifest = z.object({ dependencies: Names, devDependencies: Names });
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      license: z.string().optional(),
      resolved: z.string().optional(),
      dev: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});

const MANIFESTS = ["package.json", "web/package.json", "integrations/convex/package.json"];
/** What may be given on under Apache-2.0 without a duty beyond naming its authors. */
const PERMISSIVE = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
  "MIT-0",
]);

/** Of "(MIT OR CC0-1.0)" one may choose. */
const isPermissive = (license: string): boolean =>
  license
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((each) => PERMISSIVE.has(each));

const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const { packages } = Lock.parse(read("package-lock.json"));

test("a dependency that makes no promise between its versions is pinned to one", () => {
  const loose = MANIFESTS.flatMap((path) => {
    const { dependencies, devDependencies } = Manifest.parse(read(path));
    return Object.entries({ ...dependencies, ...devDependencies })
      .filter(([, range]) => /^[\^~>]=?\s*0\./.test(range))
      .map(([name, range]) => `${path}: ${name} ${range}`);
  });

  expect(loose).toEqual([]);
});

test("the lockfile names no host to fetch from, so that each machine asks its own registry", () => {
  const hosts = Object.entries(packages).filter(([, { resolved }]) => resolved?.includes("://"));

  expect(Object.keys(packages).length).toBeGreaterThan(100);
  expect(hosts.map(([path]) => path)).toEqual([]);
});

test("all that is installed with the program has a permissive licence", () => {
  const shipped = Object.entries(packages).filter(
    ([path, { dev, link }]) => path.startsWith("node_modules/") && !dev && !link,
  );
  const others = shipped.filter(([, { license = "none" }]) => !isPermissive(license));

  expect(shipped.length).toBeGreaterThan(50);
  expect(others.map(([path, { license }]) => `${path}: ${license}`)).toEqual([]);
});
