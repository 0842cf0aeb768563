import { expect, test } from "vitest";
import { scaleTo } from "./scale.ts";

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [7, [0, 2, 4, 6, 8]],
  [41, [0, 20, 40, 60]],
  [500, [0, 200, 400, 600]],
])("counts up to %d are measured by %j", (top, scale) => {
  expect(scaleTo(top, { isCount: true })).toEqual(scale);
});

test("amounts below one have steps of their own", () => {
  expect(scaleTo(0.03, { isCount: false })).toEqual([0, 0.01, 0.02, 0.03]);
});
