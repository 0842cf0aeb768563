import type { Job } from "../api/resources.ts";
import { isJobState } from "./job-state-mark.tsx";

/** Reads an address that anybody may have written. */
export function readJobSearch({ state }: Record<string, unknown>): { state?: Job["state"] } {
  return isJobState(state) ? { state } : {};
}
