import { expect, test } from "vitest";
import { CommitGroup } from "./commit-group.ts";
import type { Commit } from "./commit-store.ts";

const nothing: Commit = {};

test("what finishes while a transaction is on its way goes into the next one together", async () => {
  const sizes: number[] = [];
  const first = Promise.withResolvers<void>();
  const group = new CommitGroup(async (commits) => {
    sizes.push(commits.length);
    if (sizes.length === 1) await first.promise;
  });

  const one = group.add(nothing);
  await Promise.resolve().then(() => undefined);
  const others = [group.add(nothing), group.add(nothing), group.add(nothing)];
  first.resolve();
  await Promise.all([one, ...others]);

  expect(sizes).toEqual([1, 3]);
});

test("a failed transaction is told to all who were in it, and the next one goes on", async () => {
  let fails = true;
  const group = new CommitGroup(() => (fails ? Promise.reject(new Error("disk full")) : Promise.resolve()));

  const results = await Promise.allSettled([group.add(nothing), group.add(nothing)]);
  fails = false;

  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await expect(group.add(nothing)).resolves.toBeUndefined();
});

test("what is added right after a group has ended is written too", async () => {
  const sizes: number[] = [];
  const group = new CommitGroup(async (commits) => void sizes.push(commits.length));

  for (let nth = 0; nth < 20; nth += 1) await group.add(nothing);
  await group.settled();

  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(20);
});

test("a group that waits for company is written at once when somebody waits for it", async () => {
  const sizes: number[] = [];
  const group = new CommitGroup(async (commits) => void sizes.push(commits.length), { lingerMs: 3_600_000 });

  const added = [group.add(nothing), group.add(nothing)];
  group.hurry();
  await Promise.all(added);
  const later = group.add(nothing);
  await Promise.resolve().then(() => undefined);
  group.hurry();
  await later;

  expect(sizes).toEqual([2, 1]);
});

test("a full group does not wait for company", async () => {
  const sizes: number[] = [];
  const group = new CommitGroup(async (commits) => void sizes.push(commits.length), { lingerMs: 3_600_000 });

  await Promise.all(Array.from({ length: 128 }, () => group.add(nothing)));

  expect(sizes).toEqual([128]);
});
