import { silentLogger, type Clock, type JsonValue, type Logger } from "#kernel";
import type { OpenDatabase } from "#platform/storage";
import { readMessage, readPayload, type SignalMessage } from "./signal-message.ts";
import { SignalPayloadStore } from "./signal-payload-store.ts";
import type { OnSignal, Signals } from "./signals.ts";
import { TopicListeners } from "./topic-listeners.ts";

/** One channel for all topics: PostgreSQL wakes every listener of a channel anyway, and there is one place to reconnect. */
const CHANNEL = "gleaner_signals";
/** NOTIFY takes less than 8,000 bytes. */
const MOST_BYTES = 7_500;
/** Listeners fetch a long payload at once; what is older has been fetched by all who were there. */
const KEPT_MS = 10 * 60_000;

export interface PostgresSignalsDeps {
  database: OpenDatabase;
  clock: Clock;
  logger?: Logger;
}

/** Signals through LISTEN and NOTIFY. A long payload is stored and the notification names its row. */
export class PostgresSignals implements Signals {
  readonly #database: OpenDatabase;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #listeners: TopicListeners;
  readonly #payloads: SignalPayloadStore;
  #listening: Promise<() => Promise<void>> | null = null;
  #sweptAt = 0;

  constructor({ database, clock, logger = silentLogger }: PostgresSignalsDeps) {
    this.#database = database;
    this.#clock = clock;
    this.#logger = logger;
    this.#listeners = new TopicListeners(logger);
    this.#payloads = new SignalPayloadStore(database.db);
  }

  async publish(topic: string, payload: JsonValue): Promise<void> {
    const text = JSON.stringify({ topic, payload } satisfies SignalMessage);
    if (Buffer.byteLength(text) <= MOST_BYTES) return this.#database.notify(CHANNEL, text);
    const row = await this.#payloads.put(JSON.stringify(payload), this.#clock());
    await this.#database.notify(CHANNEL, JSON.stringify({ topic, row } satisfies SignalMessage));
    await this.#sweepNowAndThen();
  }

  async subscribe(topic: string, onSignal: OnSignal): Promise<() => Promise<void>> {
    const stop = this.#listeners.add(topic, onSignal);
    this.#listening ??= this.#database.listen(CHANNEL, (text) => void this.#receive(text));
    try {
      await this.#listening;
    } catch (error) {
      this.#listening = null;
      stop();
      throw error;
    }
    return async () => stop();
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    const stop = await this.#listening;
    this.#listening = null;
    await stop?.();
  }

  async #receive(text: string): Promise<void> {
    const message = readMessage(text);
    if (!message || !this.#listeners.has(message.topic)) return;
    try {
      const payload = message.row === undefined ? message.payload : await this.#fetch(message.row);
      if (payload !== undefined) this.#listeners.tell(message.topic, payload);
    } catch (err) {
      this.#logger.warn("signal.lost", { topic: message.topic, err });
    }
  }

  async #fetch(row: number): Promise<JsonValue | undefined> {
    const text = await this.#payloads.get(row);
    return text === null ? undefined : readPayload(text);
  }

  async #sweepNowAndThen(): Promise<void> {
    const now = this.#clock().getTime();
    if (now - this.#sweptAt < KEPT_MS) return;
    this.#sweptAt = now;
    await this.#payloads.sweep(new Date(now - KEPT_MS));
  }
}
