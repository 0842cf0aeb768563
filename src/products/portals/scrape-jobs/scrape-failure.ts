import { AppError, diskFullBehind } from "#kernel";
import type { HarvestResult } from "#engines/harvest";
import type { WithoutModel } from "./portal-harvest.ts";
import type { FailureType, ScrapeFailure, Wall } from "./stored-job.ts";

const TYPE_OF_CODE: Readonly<Record<string, FailureType>> = {
  timeout: "navigation_timeout",
  time_limit: "navigation_timeout",
  unreachable: "network_error",
  too_many_redirects: "network_error",
  too_large: "content_not_loaded",
  no_records: "content_not_loaded",
  no_list: "content_not_loaded",
  needs_browser: "content_not_loaded",
  drift: "element_not_found",
  search_not_found: "element_not_found",
  search_refused: "content_not_loaded",
  browser_crashed: "page_crash",
  login_failed: "auth_required",
  login_unsafe: "auth_required",
  login_unclear: "network_error",
};

/** What an operator's doing alone can change: trying again does not help. */
const UNRECOVERABLE: ReadonlySet<string> = new Set(["captcha_detected", "auth_required"]);

export function failureOf(thrown: unknown): ScrapeFailure {
  const error = diskFullBehind(thrown) ?? thrown;
  if (!(error instanceof AppError)) {
    const message = "The job failed in a way nobody foresaw. The worker's log has the details under this job's id.";
    return { type: "unexpected_state", code: "internal", message, recoverable: false };
  }
  const recoverable = error.retryable || error.kind === "exhausted";
  const fallback: FailureType =
    error.kind === "exhausted" ? "rate_limited" : error.retryable ? "network_error" : "unexpected_state";
  return { type: TYPE_OF_CODE[error.code] ?? fallback, code: error.code, message: error.message, recoverable };
}

/** A harvest that brought nothing home at all failed, whatever it says about completeness; null when it did not. */
export function failureOfHarvest({
  reason,
  pages,
  recordCount,
  completeness,
  notes,
}: HarvestResult): ScrapeFailure | null {
  if (reason === "login_failed")
    return { type: "auth_required", code: reason, message: notes.at(-1) ?? completeness.reason, recoverable: false };
  if (reason === "search_refused")
    return {
      type: "content_not_loaded",
      code: reason,
      message: notes.at(-1) ?? completeness.reason,
      recoverable: false,
    };
  if (recordCount > 0 || (pages > 0 && completeness.state === "complete")) return null;
  if (reason === "page_limit" || reason === "last_page" || reason === "repeated_page") return null;
  const type = TYPE_OF_CODE[reason] ?? "unexpected_state";
  const message = `Nothing was found: ${completeness.reason}`;
  return { type, code: reason, message, recoverable: type === "network_error" || type === "navigation_timeout" };
}

/** Where nobody could be asked that is the reason, whatever the analyser found alone; it may pass. */
export function failureWithoutModel({ message }: ScrapeFailure, { code, message: why }: WithoutModel): ScrapeFailure {
  return { type: "llm_error", code, message: `${message} No model could be asked: ${why}`, recoverable: true };
}

export function failureOfWall(wall: Wall): ScrapeFailure {
  const type = WALL_TYPE[wall.kind] ?? "unexpected_state";
  return { type, code: "wall", message: wall.message, recoverable: !UNRECOVERABLE.has(type) };
}

export function workerLost(times: number): ScrapeFailure {
  const message = `The worker was lost ${times} times while it ran this job. Look at the worker's log for the cause.`;
  return { type: "page_crash", code: "worker_lost", message, recoverable: true };
}

const WALL_TYPE: Readonly<Record<string, FailureType>> = {
  captcha: "captcha_detected",
  challenge: "captcha_detected",
  login: "auth_required",
  limit: "rate_limited",
};
