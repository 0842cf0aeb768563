import { silentLogger, type JsonValue, type Logger } from "#kernel";
import type { OnSignal, Signals } from "./signals.ts";
import { TopicListeners } from "./topic-listeners.ts";

/** Signals within one process. A payload is copied, as it would be on its way to another one. */
export class MemorySignals implements Signals {
  readonly #listeners: TopicListeners;

  constructor(logger: Logger = silentLogger) {
    this.#listeners = new TopicListeners(logger);
  }

  async publish(topic: string, payload: JsonValue): Promise<void> {
    const copy = structuredClone(payload);
    queueMicrotask(() => this.#listeners.tell(topic, copy));
  }

  async subscribe(topic: string, onSignal: OnSignal): Promise<() => Promise<void>> {
    const stop = this.#listeners.add(topic, onSignal);
    return async () => stop();
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}
