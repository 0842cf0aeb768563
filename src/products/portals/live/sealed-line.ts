import { AppError, type JsonValue, type Logger } from "#kernel";
import type { Signals } from "#platform/signals";
import type { SecretSeal } from "#platform/storage";
import { readEnvelope, type Envelope, type News, type Order } from "./relay-message.ts";

export interface LineDeps {
  readonly signals: Pick<Signals, "publish" | "subscribe">;
  /** All processes have its key: what a person types travels through the database or Redis. */
  readonly seal: Pick<SecretSeal, "seal" | "open">;
  readonly logger: Logger;
}

/** Sends and opens messages between processes: sealed for their job, sender and receiver, in order, each once. */
export class SealedLine {
  readonly #deps: LineDeps;
  readonly #topic: string;
  readonly #self: string;
  readonly #heard = new Map<string, number>();
  #number = 0;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(deps: LineDeps, topic: string, self: string) {
    this.#deps = deps;
    this.#topic = topic;
    this.#self = self;
  }

  /** Resolves when it is on its way. A message that is lost is one picture less, or one to be asked again. */
  send(topic: string, to: string, jobId: string, message: Order | News): Promise<unknown> {
    const place = { jobId, from: this.#self, to, number: ++this.#number };
    const sealed = this.#deps.seal.seal(JSON.stringify(message), placeOf(place));
    this.#sending = this.#sending
      .then(() => this.#deps.signals.publish(topic, { ...place, sealed }))
      .catch((err: unknown) => this.#deps.logger.warn("signal.lost", { jobId, err }));
    return this.#sending;
  }

  /** Calls back with what is meant for this process, or for whoever has the job. */
  listen(onMessage: (envelope: Envelope, text: string) => void): Promise<() => Promise<void>> {
    return this.#deps.signals.subscribe(this.#topic, (message) => {
      const envelope = this.#fresh(message);
      const text = envelope && this.#open(envelope);
      if (envelope && text !== null) onMessage(envelope, text);
    });
  }

  #fresh(message: JsonValue): Envelope | null {
    const envelope = readEnvelope(message);
    if (!envelope || envelope.from === this.#self) return null;
    if (envelope.to !== this.#self && envelope.to !== ANYBODY) return null;
    return envelope.number > (this.#heard.get(envelope.from) ?? 0) ? envelope : null;
  }

  /** Null for what none of ours wrote. Only what was opened counts as heard. */
  #open(envelope: Envelope): string | null {
    try {
      const text = this.#deps.seal.open(envelope.sealed, placeOf(envelope));
      this.#heard.set(envelope.from, envelope.number);
      return text;
    } catch (err) {
      if (!(err instanceof AppError)) throw err;
      this.#deps.logger.warn("signal.lost", { jobId: envelope.jobId, code: err.code });
      return null;
    }
  }
}

/** To the process that has the job, whichever it is. */
export const ANYBODY = "*";

function placeOf({ jobId, from, to, number }: Omit<Envelope, "sealed">): string {
  return `live:${jobId}:${from}:${to}:${number}`;
}
