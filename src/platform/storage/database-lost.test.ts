import { expect, test } from "vitest";
import { AppError } from "#kernel";
import { isDatabaseLost } from "./database-lost.ts";

const failure = (message: string, code?: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), code === undefined ? {} : { code });

test.each([
  failure("Connection terminated unexpectedly"),
  failure("terminating connection due to administrator command", "57P01"),
  failure("the database system is starting up", "57P03"),
  failure("read", "ECONNRESET"),
  failure("query failed", undefined, failure("connect", "ECONNREFUSED")),
])("$message is a database that could not be reached", (error) => {
  expect(isDatabaseLost(error)).toBe(true);
});

test.each([failure("duplicate key", "23505"), failure("out of memory", "53200"), "ECONNRESET", null])(
  "%s is none",
  (error) => {
    expect(isDatabaseLost(error)).toBe(false);
  },
);

test("a portal that refuses connections is no lost database", () => {
  const cause = failure("connect", "ECONNREFUSED");
  const portal = new AppError({ kind: "unavailable", code: "unreachable", message: "The server is away.", cause });

  expect(isDatabaseLost(portal)).toBe(false);
});
