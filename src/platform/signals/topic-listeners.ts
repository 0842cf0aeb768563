import type { JsonValue, Logger } from "#kernel";
import type { OnSignal } from "./signals.ts";

/** Who listens to which topic in this process. */
export class TopicListeners {
  readonly #logger: Logger;
  readonly #topics = new Map<string, Set<{ onSignal: OnSignal }>>();

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** Returns how to stop; stopping twice is harmless. */
  add(topic: string, onSignal: OnSignal): () => void {
    const listeners = this.#topics.get(topic) ?? new Set();
    const listener = { onSignal };
    this.#topics.set(topic, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#topics.get(topic) === listeners) this.#topics.delete(topic);
    };
  }

  has(topic: string): boolean {
    return this.#topics.has(topic);
  }

  /** One listener that throws keeps the others from nothing. */
  tell(topic: string, payload: JsonValue): void {
    for (const { onSignal } of this.#topics.get(topic) ?? []) {
      try {
        onSignal(payload);
      } catch (err) {
        this.#logger.error("signal.failed", { topic, err });
      }
    }
  }

  clear(): void {
    this.#topics.clear();
  }
}
