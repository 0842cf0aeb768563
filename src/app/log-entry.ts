import type { LogFields } from "#kernel";

/** What the procurement document calls every program that logs (10.2); dashboards and filters go by it. */
export const LOG_SERVICE = "browser-agent";

/**
 * Fields in the shape that the procurement document gives log entries (10.2): `jobId`, `portalId`, `action` and `duration` in
 * milliseconds stand at the top, a failure is `error`, and all else is `metadata`.
 */
export function logEntry({
  jobId,
  portalId,
  action,
  durationMs,
  err,
  ...metadata
}: LogFields): Record<string, unknown> {
  return {
    ...(jobId === undefined ? {} : { jobId }),
    ...(portalId === undefined ? {} : { portalId }),
    ...(action === undefined ? {} : { action }),
    ...(durationMs === undefined ? {} : { duration: durationMs }),
    ...(err === undefined ? {} : { error: err }),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  };
}
