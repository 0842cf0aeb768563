import type { LogEvent } from "./log-events.ts";

export type LogLevel = "debug" | "info" | "warn" | "error";

/** Structured facts beside the event. Never page content, prompts, credentials or cookies. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Logs by event name. `err` in the fields is serialised with its stack and cause. */
export interface Logger {
  debug(event: LogEvent, fields?: LogFields): void;
  info(event: LogEvent, fields?: LogFields): void;
  warn(event: LogEvent, fields?: LogFields): void;
  error(event: LogEvent, fields?: LogFields): void;
  child(fields: LogFields): Logger;
}

/** Says nothing. For libraries used alone and for tests that do not look at logs. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
};
