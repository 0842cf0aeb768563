import { AppError, DatabaseLost } from "./errors.ts";

/** Codes of the network, and of a PostgreSQL that is gone, goes, starts, or is full of connections. */
const CODES = /^(?:08\w{3}|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
/** The driver has no code for these. */
const WORDS =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;
const DEEPEST = 5;

/**
 * Whether an error of a query says that the database could not be reached: what failed may be tried again as it is. What we
 * say ourselves of a portal that refuses connections is about the portal, whatever the network said behind it.
 */
export function isDatabaseLost(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < DEEPEST && current instanceof Error; depth += 1) {
    if (current instanceof AppError) return current.code === "database_lost";
    if ("code" in current && typeof current.code === "string" && CODES.test(current.code)) return true;
    if (WORDS.test(current.message)) return true;
    current = current.cause;
  }
  return false;
}

/** The failure of a query because the database is gone; null where it is something else. */
export function databaseLostBehind(error: unknown): DatabaseLost | null {
  if (!isDatabaseLost(error)) return null;
  return error instanceof DatabaseLost ? error : new DatabaseLost(error);
}
