import { pino, type DestinationStream, type Logger as PinoLogger } from "pino";
import pretty from "pino-pretty";
import type { LogEvent, LogFields, Logger, LogLevel } from "#kernel";

/** Names under which a credential might stand, at the top of the fields or one object deeper. */
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

/** Writes one line an event; credentials are blotted out wherever a field bears their name. */
export function createLogger({
  level,
  format,
  destination = pino.destination({ dest: 2, sync: true }),
}: LoggerOptions): Logger {
  const stream = format === "text" ? pretty({ destination, sync: true, ignore: "pid,hostname,service" }) : destination;
  const root = pino(
    {
      level,
      base: { service: "gleaner" },
      messageKey: "message",
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_NAMES.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: "[redacted]" },
    },
    stream,
  );
  return wrap(root);
}

function wrap(target: PinoLogger): Logger {
  return {
    debug: (event: LogEvent, fields: LogFields = {}) => target.debug(fields, event),
    info: (event: LogEvent, fields: LogFields = {}) => target.info(fields, event),
    warn: (event: LogEvent, fields: LogFields = {}) => target.warn(fields, event),
    error: (event: LogEvent, fields: LogFields = {}) => target.error(fields, event),
    child: (fields) => wrap(target.child(fields)),
  };
}
