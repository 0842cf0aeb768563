import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const CODE = /\bcode: "([^"]+)"/g;
const sources = globSync("src/**/*.ts").filter((file) => /(^|\/)[a-z-]*errors\.ts$/.test(file));
const raised = sources.flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(CODE)].map((match) => ({ code: match[1] ?? "", file })),
);

test("errors are declared where the rule looks for them", () => {
  expect(raised.length).toBeGreaterThan(10);
});

test("every error code is snake_case", () => {
  expect(raised.filter(({ code }) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(code))).toEqual([]);
});

test("no two errors share a code", () => {
  const codes = raised.map(({ code }) => code);

  expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
});

test("every error code is explained to API users", () => {
  const guide = readFileSync("docs/guides/errors.md", "utf8");

  expect(raised.filter(({ code }) => !guide.includes(`\`${code}\``)).map(({ code }) => code)).toEqual([]);
});
