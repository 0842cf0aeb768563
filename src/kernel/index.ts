export { AppError, DiskFull, type AppErrorOptions, type ErrorKind } from "./errors.ts";
export { diskFullBehind } from "./disk-full.ts";
export { deadlineSignal, throwIfAborted, waitFor } from "./deadline.ts";
export { systemClock, type Clock } from "./clock.ts";
export { isUuid, newId, sha256Hex } from "./ids.ts";
export type { JsonObject, JsonValue } from "./json.ts";
export { silentLogger, type LogFields, type Logger, type LogLevel } from "./logger.ts";
export { LOG_EVENTS, type LogEvent } from "./log-events.ts";
export { noTelemetry, type Counter, type Gauge, type Histogram, type Telemetry } from "./telemetry.ts";
