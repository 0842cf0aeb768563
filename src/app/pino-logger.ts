import { pino, type DestinationStream, type Logger as PinoLogger } from "pino";
import pretty from "pino-pretty";
import type { LogEvent, LogFields, Logger, LogLevel } from "#kernel";
import { LOG_SERVICE, logEntry } from "./log-entry.ts";
import { loggedError } from "./logged-error.ts";

/** Names under which a credential might stand, among the fields or one object deeper. */
const SECRET_NAMES = [
  "password",
  "secret",
  "token",
  "apiKey",
  "authorization",
  "cookie",
  "set-cookie",
  "credentials",
  "storageState",
];

export interface LoggerOptions {
  level: LogLevel;
  format: "json" | "text";
  /** Default: standard error, so that standard output holds results only. */
  destination?: DestinationStream;
}

/** Writes one line an event, JSON in the documented shape; credentials are blotted out wherever a field bears their name. */
export function createLogger({
  level,
  format,
  destination = pino.destination({ dest: 2, sync: true }),
}: LoggerOptions): Logger {
  const stream = format === "text" ? pretty({ destination, sync: true, ignore: "pid,hostname,service" }) : destination;
  const root = pino(
    {
      level,
      base: { service: LOG_SERVICE },
      serializers: { [format === "json" ? "error" : "err"]: loggedError },
      messageKey: "message",
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: {
        paths: SECRET_NAMES.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `metadata.*["${name}"]`]),
        censor: "[redacted]",
      },
    },
    stream,
  );
  return wrap(root, {}, format === "json" ? logEntry : (fields) => ({ ...fields }));
}

/** `bound` goes with every entry; fields of the entry itself win. */
function wrap(target: PinoLogger, bound: LogFields, shape: (fields: LogFields) => object): Logger {
  const all = (fields: LogFields = {}): object => shape({ ...bound, ...fields });
  return {
    debug: (event: LogEvent, fields?: LogFields) => target.debug(all(fields), event),
    info: (event: LogEvent, fields?: LogFields) => target.info(all(fields), event),
    warn: (event: LogEvent, fields?: LogFields) => target.warn(all(fields), event),
    error: (event: LogEvent, fields?: LogFields) => target.error(all(fields), event),
    child: (fields) => wrap(target, { ...bound, ...fields }, shape),
  };
}
