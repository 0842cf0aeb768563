import { describe, expect, test } from "vitest";
import { databaseLostBehind, isDatabaseLost } from "./database-lost.ts";
import { AppError } from "./errors.ts";

const failure = (message: string, code?: string, cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), code === undefined ? {} : { code });

describe("a database that could not be reached", () => {
  test.each([
    failure("Connection terminated unexpectedly"),
    failure("timeout exceeded when trying to connect"),
    failure("terminating connection due to administrator command", "57P01"),
    failure("the database system is starting up", "57P03"),
    failure("sorry, too many clients already", "53300"),
    failure("connection failure", "08006"),
    failure("read", "ECONNRESET"),
    failure("query failed", undefined, failure("connect", "ECONNREFUSED")),
  ])("is told by: $message", (error) => {
    expect(isDatabaseLost(error)).toBe(true);
    expect(databaseLostBehind(error)).toMatchObject({ code: "database_lost", kind: "unavailable", retryable: true });
  });

  test("stays the error it was where it is told already", () => {
    const told = databaseLostBehind(failure("read", "ECONNRESET"));

    expect(databaseLostBehind(told)).toBe(told);
  });

  test.each([failure("duplicate key", "23505"), failure("out of memory", "53200"), failure("terminated"), "ECONNRESET", null])(
    "is not told by: %s",
    (error) => {
      expect(isDatabaseLost(error)).toBe(false);
      expect(databaseLostBehind(error)).toBeNull();
    },
  ); // prettier-ignore

  test("is not a portal that refuses connections", () => {
    const cause = failure("connect", "ECONNREFUSED");
    const portal = new AppError({ kind: "unavailable", code: "unreachable", message: "The server is away.", cause });

    expect(isDatabaseLost(portal)).toBe(false);
  });
});
