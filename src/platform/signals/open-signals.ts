import { systemClock, type Clock, type Logger } from "#kernel";
import type { OpenDatabase } from "#platform/storage";
import { MemorySignals } from "./memory-signals.ts";
import { PostgresSignals } from "./postgres-signals.ts";
import { RedisSignals } from "./redis-signals.ts";
import type { Signals } from "./signals.ts";

export interface SignalsOptions {
  database: OpenDatabase;
  redisUrl?: string;
  clock?: Clock;
  logger?: Logger;
}

/** Redis where there is one, else PostgreSQL; the embedded database belongs to one process, which needs neither. */
export function openSignals({ database, redisUrl, clock = systemClock, logger }: SignalsOptions): Signals {
  const log = logger ? { logger } : {};
  if (redisUrl) return new RedisSignals({ url: redisUrl, ...log });
  return database.kind === "postgres" ? new PostgresSignals({ database, clock, ...log }) : new MemorySignals(logger);
}
