import { InvalidConfig } from "./errors.ts";

export const ROLES = ["api", "scheduler", "worker"] as const;
export type Role = (typeof ROLES)[number];

/** Checks role names from the environment or the command line. `source` is named in the refusal. */
export function parseRoles(names: readonly string[], source: string): Role[] {
  if (names.includes("bot")) {
    throw new InvalidConfig([`${source} names the role bot, which is not part of this version: leave it out`]);
  }
  const roles = ROLES.filter((role) => names.includes(role));
  const strange = names.find((name) => !ROLES.some((role) => role === name));
  if (strange === undefined && roles.length > 0) return roles;
  throw new InvalidConfig([
    `${source} must name some of ${ROLES.join(", ")}${strange === undefined ? "" : `, not ${JSON.stringify(strange)}`}`,
  ]);
}
