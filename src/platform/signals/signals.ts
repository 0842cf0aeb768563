import type { JsonValue } from "#kernel";

/** May be slow; what it throws is logged and forgotten. */
export type OnSignal = (payload: JsonValue) => void;

/**
 * News between processes: cancel, progress, frames. At most once and unordered across topics: whoever missed a signal, by a
 * lost connection for instance, repairs itself from the database.
 */
export interface Signals {
  publish(topic: string, payload: JsonValue): Promise<void>;
  /** Calls back for every signal from now on, also for those of this process, until the returned function is called. */
  subscribe(topic: string, onSignal: OnSignal): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
