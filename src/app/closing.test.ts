import { expect, test } from "vitest";
import { Closing } from "./closing.ts";

test("what was opened last is closed first", async () => {
  const closed: string[] = [];
  const closing = new Closing();
  for (const name of ["database", "jobs", "api"]) closing.add({ close: async () => closed.push(name) });
  await closing.close();

  expect(closed).toEqual(["api", "jobs", "database"]);
});

test("one that fails to close does not keep the rest open", async () => {
  const closed: string[] = [];
  const closing = new Closing();
  closing.add({ close: async () => closed.push("database") });
  closing.add({ close: () => Promise.reject(new Error("stuck")) });

  await expect(closing.close()).rejects.toThrow("stuck");
  expect(closed).toEqual(["database"]);
});

test("closing again does nothing", async () => {
  let times = 0;
  const closing = new Closing();
  closing.add({ close: async () => (times += 1) });
  await closing.close();
  await closing.close();

  expect(times).toBe(1);
});
