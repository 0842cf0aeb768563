import { globSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";

const IMPORT = /^import \{([^}]+)\} from "(\.\.?\/[^"]+)";/gm;
const files = globSync(["bench/*.mjs", "bench/contestants/*.mjs"]);

/** Names that a script imports from the program, and where from. */
function importsOf(file: string): { name: string; from: string }[] {
  return [...readFileSync(file, "utf8").matchAll(IMPORT)]
    .map(([, names = "", path = ""]) => ({ names, from: resolve(dirname(file), path) }))
    .filter(({ from }) => /\/(?:src|bin)\//.test(from))
    .flatMap(({ names, from }) =>
      names
        .split(",")
        .map((name) => name.trim().replace(/ as .*/, ""))
        .filter((name) => name !== "")
        .map((name) => ({ name, from })),
    );
}

test("the benches are looked through", () => {
  expect(files.flatMap(importsOf).length).toBeGreaterThan(20);
});

// They run by hand only: what they lack would not be missed.
test.each(files.filter((file) => importsOf(file).length > 0))("what %s imports is there", async (file) => {
  for (const { name, from } of importsOf(file))
    expect(await import(pathToFileURL(from).href), `${name} of ${from}`).toHaveProperty(name);
});
