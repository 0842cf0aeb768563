import { DatabaseLost } from "./errors.ts";

/** PostgreSQL shutting down, starting or full of connections, and what the network says of a server that is gone. */
const CODES = /^(?:08\w{3}|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE)$/;
/** The driver's own words, which have no code. */
const WORDS =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** The failure of a query because the database is gone; null where it is something else. */
export function databaseLostBehind(error: unknown): DatabaseLost | null {
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? String(error.code) : "";
  return CODES.test(code) || WORDS.test(error.message) ? new DatabaseLost(error) : null;
}
