import { AppError } from "#kernel";

/** Codes of the network, and of a PostgreSQL that is gone, goes, or starts (its classes 08 and 57P0x). */
const LOST = /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|08\d\d\d|57P0[123])$/;
/** The driver has no code for these. */
const SAID =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;
const DEEPEST = 5;

/**
 * Whether an error of a query says that the database could not be reached: what failed may be tried again as it is. What we
 * say ourselves of a portal that refuses connections is about the portal, whatever the network said behind it.
 */
export function isDatabaseLost(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < DEEPEST && current instanceof Error; depth += 1) {
    if (current instanceof AppError) return current.code === "database_lost";
    if ("code" in current && typeof current.code === "string" && LOST.test(current.code)) return true;
    if (SAID.test(current.message)) return true;
    current = current.cause;
  }
  return false;
}
