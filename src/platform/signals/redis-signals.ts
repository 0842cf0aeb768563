import { Redis } from "ioredis";
import { silentLogger, type JsonValue, type Logger } from "#kernel";
import { readMessage, type SignalMessage } from "./signal-message.ts";
import type { OnSignal, Signals } from "./signals.ts";
import { TopicListeners } from "./topic-listeners.ts";

const CHANNEL = "gleaner:signals";
const CONNECT_TIMEOUT_MS = 10_000;

export interface RedisSignalsDeps {
  url: string;
  logger?: Logger;
}

/** Signals through Redis publish and subscribe. Both connections come back by themselves. */
export class RedisSignals implements Signals {
  readonly #logger: Logger;
  readonly #listeners: TopicListeners;
  readonly #publisher: Redis;
  readonly #subscriber: Redis;
  #subscribing: Promise<unknown> | null = null;

  constructor({ url, logger = silentLogger }: RedisSignalsDeps) {
    this.#logger = logger;
    this.#listeners = new TopicListeners(logger);
    this.#publisher = this.#connect(url);
    this.#subscriber = this.#connect(url);
    this.#subscriber.on("message", (_channel, text) => {
      const message = readMessage(text);
      if (message?.payload !== undefined) this.#listeners.tell(message.topic, message.payload);
    });
  }

  async publish(topic: string, payload: JsonValue): Promise<void> {
    await this.#publisher.publish(CHANNEL, JSON.stringify({ topic, payload } satisfies SignalMessage));
  }

  async subscribe(topic: string, onSignal: OnSignal): Promise<() => Promise<void>> {
    const stop = this.#listeners.add(topic, onSignal);
    this.#subscribing ??= this.#subscriber.subscribe(CHANNEL);
    try {
      await this.#subscribing;
    } catch (error) {
      this.#subscribing = null;
      stop();
      throw error;
    }
    return async () => stop();
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    this.#publisher.disconnect();
    this.#subscriber.disconnect();
  }

  #connect(url: string): Redis {
    const redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      maxRetriesPerRequest: 3,
      retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
    });
    redis.on("error", (err) => this.#logger.warn("signal.lost", { err }));
    return redis;
  }
}
