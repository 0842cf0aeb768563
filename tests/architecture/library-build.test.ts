import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";

const Manifest = z.object({
  exports: z.object({ ".": z.object({ types: z.string(), default: z.string() }) }),
  files: z.array(z.string()),
  bin: z.object({ gleaner: z.string() }),
});
const manifest = Manifest.parse(JSON.parse(readFileSync("package.json", "utf8")));

/** `npm test` builds first, because other packages import what is built. */
const built = (path: string) => readFileSync(path, "utf8");

test("the package exports what the build makes, with types", () => {
  const { types, default: code } = manifest.exports["."];

  for (const name of ["learn", "harvest", "extract"]) {
    expect(built(code)).toMatch(new RegExp(`export (async )?function ${name}\\b`));
    expect(built(types)).toMatch(new RegExp(`export declare function ${name}\\b`));
  }
});

test("nothing that is built asks for a name that only this package knows", () => {
  const { types, default: code } = manifest.exports["."];

  for (const path of [types, code]) expect(built(path)).not.toMatch(/from "#|import\("#|\.ts"/);
});

test("the package carries its code, its command and its licence", () => {
  expect(manifest.files).toEqual(expect.arrayContaining(["bin", "dist", "LICENSE"]));
  expect(manifest.bin.gleaner).toBe("bin/gleaner.mjs");
});
