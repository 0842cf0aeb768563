import type { Job } from "../api/resources.ts";

export const JOB_STATES = [
  "queued",
  "running",
  "paused",
  "needs_person",
  "completed",
  "incomplete",
  "failed",
  "cancelled",
] as const satisfies readonly Job["state"][];

/** Reads an address that anybody may have written. */
export function readJobSearch(raw: Record<string, unknown>): { state?: Job["state"] } {
  const state = JOB_STATES.find((known) => known === raw["state"]);
  return state === undefined ? {} : { state };
}
