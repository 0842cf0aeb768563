import { expect, test } from "vitest";
import { identitiesOf } from "./distinct-records.ts";
import { KeySet } from "./key-set.ts";

test("a key is new once", () => {
  const keys = new KeySet();

  expect([keys.add("a"), keys.add("b"), keys.add("a")]).toEqual([true, true, false]);
  expect(keys.size).toBe(2);
});

test("a hundred thousand keys are kept apart while the set grows", () => {
  const keys = new KeySet();
  for (let nth = 0; nth < 100_000; nth += 1) keys.add(`key ${nth}`);

  expect(keys.size).toBe(100_000);
  expect(keys.add("key 77777")).toBe(false);
});

test("content keys that differ in one digit are kept apart", () => {
  const keys = new KeySet();
  const given = ["0000000000000000", "0000000000000001", "00000000000000ff", "ff00000000000000"];

  expect(given.map((key) => keys.add(key))).toEqual([true, true, true, true]);
  expect(given.map((key) => keys.add(key))).toEqual([false, false, false, false]);
});

test("alike records of one page are told apart by their place among themselves", () => {
  expect(identitiesOf([{ key: "a" }, { key: "b" }, { key: "a" }])).toEqual(["a", "b", "a#2"]);
});
