import type { AppError, ErrorKind } from "#kernel";

/** What a script can tell from how the command ended. Documented in docs/guides/cli.md. */
export const EXIT = {
  /** Done; a harvest is complete, a verification found nothing wrong. */
  ok: 0,
  /** A failure that we did not foresee. */
  internal: 1,
  /** What was asked for is wrong or not allowed: arguments, configuration, a missing run, a refused address. */
  badInput: 2,
  /** Something is known to be missing. */
  incomplete: 3,
  /** A page needs a person. */
  wall: 4,
  /** The source, or the database, does not answer. */
  unreachable: 5,
  /** The list ended, but nothing on it proves that it was all. */
  unknown: 6,
  /** A stored value does not stand where its evidence says. */
  notVerified: 7,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_KIND: Record<ErrorKind, ExitCode> = {
  invalid: EXIT.badInput,
  unauthenticated: EXIT.badInput,
  forbidden: EXIT.badInput,
  "not-found": EXIT.badInput,
  conflict: EXIT.badInput,
  exhausted: EXIT.unreachable,
  unavailable: EXIT.unreachable,
  internal: EXIT.internal,
};

/** The one place where a failure becomes an exit code. */
export function exitCodeOf(error: AppError): ExitCode {
  return BY_KIND[error.kind];
}

/** How a harvest ended, as an exit code. What stopped it says more than what is missing. */
export function exitCodeOfHarvest(reason: string, completeness: "complete" | "incomplete" | "unknown"): ExitCode {
  if (reason === "wall") return EXIT.wall;
  if (reason === "cancelled") return EXIT.interrupted;
  if (reason === "unreachable") return EXIT.unreachable;
  return { complete: EXIT.ok, incomplete: EXIT.incomplete, unknown: EXIT.unknown }[completeness];
}
