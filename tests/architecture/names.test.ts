import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { basename, extname } from "node:path";
import { expect, test } from "vitest";

const SAYS_NOTHING = /^(utils?|helpers?|common|lib|misc|shared|base|manager|services?|types|constants)$/;
const LONGEST = 400;
const LONGEST_TEST = 600;

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => /^(src|tests|scripts|bin|bench|web)\//.test(file));
const code = files.filter((file) => /\.(ts|tsx|mjs|mts)$/.test(file));

test("the rules see the code", () => {
  expect(code.length).toBeGreaterThan(20);
});

test("no file or folder has a name that says nothing", () => {
  const nameless = files.filter((file) =>
    file.split("/").some((part) => SAYS_NOTHING.test(part.slice(0, part.length - extname(part).length))),
  );

  expect(nameless).toEqual([]);
});

test("files are named in kebab-case", () => {
  const odd = code.filter(
    (file) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(basename(file).replace(/(\.(test|slow|bench|config|d))*\.\w+$/, "")),
  );

  expect(odd).toEqual([]);
});

test("no file is longer than a reader bears", () => {
  const long = code.filter((file) => lines(file) > (/\.test\.tsx?$/.test(file) ? LONGEST_TEST : LONGEST));

  expect(long).toEqual([]);
});

test("at most one file in ten has more than 250 lines", () => {
  const own = code.filter((file) => file.startsWith("src/") && !file.endsWith(".test.ts"));
  const long = own.filter((file) => lines(file) > 250);

  expect(long.length).toBeLessThanOrEqual(Math.ceil(own.length / 10));
});

test("nothing is weakened or left undone", () => {
  const weak = /\b(test|it|describe)\.(only|skip|todo)\(|@ts-ignore|@ts-nocheck|eslint-disable|\b(TODO|FIXME|XXX)\b/;
  const found = code.filter((file) => !file.startsWith("tests/architecture/") && weak.test(readFileSync(file, "utf8")));

  expect(found).toEqual([]);
});

test("doors name what they let out and hold no logic", () => {
  const doors = code.filter((file) => /^src\/.+\/index\.ts$/.test(file));
  const leaky = doors.filter((file) => /export \*|\b(function|class|=>)\b/.test(readFileSync(file, "utf8")));

  expect(leaky).toEqual([]);
});

test("every module says on one screen what it is for", () => {
  const modules = code.filter((file) => /^src\/(platform|engines|products|surfaces)\/[^/]+\/index\.ts$/.test(file));
  const silent = modules.filter((file) => !files.includes(file.replace("index.ts", "README.md")));

  expect(silent).toEqual([]);
});

function lines(file: string): number {
  return readFileSync(file, "utf8").split("\n").length - 1;
}
