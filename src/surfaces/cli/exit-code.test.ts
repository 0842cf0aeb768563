import { expect, test } from "vitest";
import { AppError } from "#kernel";
import { EXIT, exitCodeOf, exitCodeOfHarvest } from "./exit-code.ts";

test("every code means one thing", () => {
  const codes = Object.values(EXIT);

  expect(new Set(codes).size).toBe(codes.length);
});

test.each([
  ["last_page", "complete", EXIT.ok],
  ["last_page", "unknown", EXIT.unknown],
  ["page_limit", "incomplete", EXIT.incomplete],
  ["wall", "incomplete", EXIT.wall],
  ["unreachable", "incomplete", EXIT.unreachable],
  ["cancelled", "incomplete", EXIT.interrupted],
] as const)("a harvest that stopped for %s and is %s ends with %i", (reason, completeness, code) => {
  expect(exitCodeOfHarvest(reason, completeness)).toBe(code);
});

test("what trying later may mend is told apart from bad input", () => {
  const failure = (kind: "invalid" | "unavailable") => new AppError({ kind, code: "x", message: "x" });

  expect(exitCodeOf(failure("unavailable"))).toBe(EXIT.unreachable);
  expect(exitCodeOf(failure("invalid"))).toBe(EXIT.badInput);
});
