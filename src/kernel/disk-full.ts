import { DiskFull } from "./errors.ts";

/** What the operating system and PostgreSQL call it: no space, no quota, `disk_full`. */
const CODES: ReadonlySet<unknown> = new Set(["ENOSPC", "EDQUOT", "53100"]);
const DEEPEST = 5;

/** Whether the code of a failure says that a disk is full. */
export const isDiskFull = (code: unknown): boolean => CODES.has(code);

/** The failure that a full disk is behind, however deep; null where it is something else. */
export function diskFullBehind(error: unknown): DiskFull | null {
  let current = error;
  for (let depth = 0; depth < DEEPEST && current instanceof Error; depth += 1) {
    if (current instanceof DiskFull) return current;
    if ("code" in current && isDiskFull(current.code)) return new DiskFull(error);
    current = current.cause;
  }
  return null;
}
