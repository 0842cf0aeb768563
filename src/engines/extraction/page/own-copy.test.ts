import fc from "fast-check";
import { expect, test } from "vitest";
import { ownCopy } from "./own-copy.ts";

test("a copy says the same", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(ownCopy(text)).toBe(text);
    }),
  );
});
