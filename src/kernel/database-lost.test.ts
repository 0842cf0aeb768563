import { expect, test } from "vitest";
import { databaseLostBehind } from "./database-lost.ts";

test.each(["ECONNREFUSED", "57P01", "57P03", "08006", "53300"])("%s is a database that is gone", (code) => {
  expect(databaseLostBehind(Object.assign(new Error("x"), { code }))).toMatchObject({
    code: "database_lost",
    retryable: true,
  });
});

test.each(["Connection terminated unexpectedly", "timeout exceeded when trying to connect"])("so is: %s", (message) => {
  expect(databaseLostBehind(new Error(message))).toMatchObject({ kind: "unavailable" });
});

test("other failures are none", () => {
  const broken = Object.assign(new Error("duplicate key"), { code: "23505" });

  expect([broken, new Error("terminated"), "ECONNREFUSED"].map(databaseLostBehind)).toEqual([null, null, null]);
});
