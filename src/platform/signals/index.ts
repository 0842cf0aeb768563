export type { OnSignal, Signals } from "./signals.ts";
export { MemorySignals } from "./memory-signals.ts";
export { PostgresSignals, type PostgresSignalsDeps } from "./postgres-signals.ts";
export { RedisSignals, type RedisSignalsDeps } from "./redis-signals.ts";
export { openSignals, type SignalsOptions } from "./open-signals.ts";
