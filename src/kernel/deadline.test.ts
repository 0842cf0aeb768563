import { expect, test } from "vitest";
import { within } from "./deadline.ts";

test("work is heard for so long, and no longer", async () => {
  expect(await within(60_000, Promise.resolve("done"))).toBe("done");
  await expect(within(60_000, Promise.reject(new Error("broke")))).rejects.toThrow("broke");
  expect(await within(5, new Promise(() => undefined))).toBeNull();
});
