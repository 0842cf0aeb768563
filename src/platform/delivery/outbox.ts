import { isUuid, newId, type Clock, type JsonValue, type Logger, type Telemetry, type Counter } from "#kernel";
import type { Jobs } from "#platform/jobs";
import type { Database, SecretSeal } from "#platform/storage";
import { DEFAULT_BACKOFF, afterAttempt, revive, type Attempt, type BackoffOptions, type Delivery } from "./delivery.ts";
import { DeliveryStore } from "./delivery-store.ts";
import { DestinationPauses } from "./destination-pauses.ts";
import { BadDeliveryUrl, DeliveryNotDead, DeliveryNotFound } from "./errors.ts";
import { bodyOfEmail, sendEmail, type Email, type Mailer } from "./email.ts";
import { sealSecrets, sendWebhook, type Sender, type WebhookSecrets } from "./webhook.ts";

/** The queue of single attempts, and the one that looks for messages whose attempt got lost. */
export const DELIVERY_QUEUE = "delivery";
export const DELIVERY_UPKEEP_QUEUE = "delivery-upkeep";

const OVERDUE_MS = 10 * 60_000;
const PAGE = 200;

export interface OutboxDeps {
  db: Database;
  jobs: Pick<Jobs, "declare" | "define" | "send" | "schedule">;
  sender: Sender;
  /** Null where no mail server is configured: e-mail waits as a dead letter. */
  mailer?: Mailer | null;
  seal: SecretSeal;
  clock: Clock;
  logger: Logger;
  telemetry: Telemetry;
  backoff?: Partial<BackoffOptions>;
  /** 0 to 1. */
  random?: () => number;
  /** Attempts at the same time in one process. */
  concurrency?: number;
}

export interface WebhookMessage {
  kind: "webhook";
  url: string;
  body: JsonValue;
  bearer?: string;
  hmacSecret?: string;
  /** A message with the same key is the same message and is sent once. */
  idempotencyKey: string;
}

export interface EmailMessage extends Email {
  kind: "email";
  idempotencyKey: string;
}

export type Message = WebhookMessage | EmailMessage;

/** What people see of a message that could not be delivered. */
export type DeadLetter = Pick<
  Delivery,
  "id" | "url" | "idempotencyKey" | "attempts" | "lastError" | "lastStatus" | "createdAt" | "diedAt"
>;

/**
 * Messages that must leave: written with what they tell of, in one transaction, and sent by jobs until they arrive or die.
 * At least once: a receiver that answers too late gets the same delivery id again.
 */
export class Outbox {
  readonly #deps: OutboxDeps;
  readonly #store: DeliveryStore;
  readonly #backoff: BackoffOptions;
  readonly #random: () => number;
  readonly #pauses = new DestinationPauses();
  readonly #attempts: Counter;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
    this.#store = new DeliveryStore(deps.db);
    this.#backoff = { ...DEFAULT_BACKOFF, ...deps.backoff };
    this.#random = deps.random ?? Math.random;
    this.#attempts = deps.telemetry.counter("gleaner_callback_attempts_total", {
      help: "Attempts to deliver callbacks by outcome.",
      labels: ["outcome"],
    });
    deps.jobs.declare(DELIVERY_QUEUE);
    deps.jobs.declare(DELIVERY_UPKEEP_QUEUE);
  }

  /** Takes part in sending: called by processes with the worker role, before the jobs are started. */
  work(): void {
    const { jobs, concurrency = 4 } = this.#deps;
    jobs.define<{ id: string }>(DELIVERY_QUEUE, ({ id }, { signal }) => this.attempt(id, signal), { concurrency });
    jobs.define(DELIVERY_UPKEEP_QUEUE, () => this.upkeep(), { retryLimit: 0, isRoutine: true });
  }

  /** Looks after the outbox every five minutes. After the jobs were started. */
  async scheduleUpkeep(): Promise<void> {
    await this.#deps.jobs.schedule(DELIVERY_UPKEEP_QUEUE, "*/5 * * * *", {});
  }

  /** Returns the id that the receiver sees as `X-Gleaner-Delivery`. With `trx` the message leaves exactly if that commits. */
  async enqueue(message: Message, trx?: Database): Promise<string> {
    const delivery = this.#newDelivery(message);
    if (trx) return this.#insert(delivery, trx);
    return this.#deps.db.transaction().execute((own) => this.#insert(delivery, own));
  }

  /** One attempt at one message. What the other side does is recorded, not thrown. */
  async attempt(id: string, signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#deps;
    const delivery = await this.#store.find(id);
    if (delivery?.state !== "pending") return;
    const { destination } = delivery;
    const isPaused = this.#pauses.until(destination, clock()) !== null;
    const attempt = isPaused ? DESTINATION_DOWN : await this.#send(delivery, signal);
    const now = clock();
    const random = this.#random();
    if (!isPaused) {
      if (isServersFault(attempt)) this.#pauses.failed(destination, now, random);
      else this.#pauses.answered(destination);
    }
    const settings = { now, backoff: this.#backoff, random, pausedUntil: this.#pauses.until(destination, now) };
    const next = await this.#store.change(
      id,
      (current) => (current.state === "pending" ? afterAttempt(current, attempt, settings) : current),
      (after, trx) => this.#queueIfPending(after, trx),
    );
    if (isPaused && next.state === "pending") return;
    const facts = { id, destination, attempts: next.attempts, status: attempt.status };
    this.#attempts.add(1, { outcome: attempt.ok ? "delivered" : next.state === "dead" ? "died" : "failed" });
    if (attempt.ok) logger.info("callback.delivered", facts);
    else logger.warn("callback.failed", { ...facts, error: attempt.error, state: next.state });
  }

  #send(delivery: Delivery, signal: AbortSignal): Promise<Attempt> {
    return delivery.kind === "email"
      ? sendEmail(delivery, this.#deps.mailer ?? null, signal)
      : sendWebhook(delivery, this.#deps, signal);
  }

  /** When a message last arrived or was given up; null before the first. */
  lastEnd(): Promise<Date | null> {
    return this.#store.lastEnd();
  }

  async deadLetters({ limit = PAGE }: { limit?: number } = {}): Promise<DeadLetter[]> {
    return (await this.#store.dead(limit)).map(deadLetterOf);
  }

  /** Sends a dead letter again. Throws `DeliveryNotFound` and `DeliveryNotDead`. */
  async redeliver(id: string): Promise<void> {
    if (!isUuid(id)) throw new DeliveryNotFound(id);
    const now = this.#deps.clock();
    await this.#store.change(
      id,
      (current) => {
        if (current.state !== "dead") throw new DeliveryNotDead(id, current.state);
        this.#pauses.answered(current.destination);
        return revive(current, now);
      },
      (next, trx) => this.#queueIfPending(next, trx),
    );
  }

  /** Forgets a dead letter for good. Throws `DeliveryNotFound` and `DeliveryNotDead`. */
  async discard(id: string): Promise<void> {
    if (!isUuid(id)) throw new DeliveryNotFound(id);
    if (await this.#store.removeDead(id)) return;
    const delivery = await this.#store.find(id);
    throw delivery ? new DeliveryNotDead(id, delivery.state) : new DeliveryNotFound(id);
  }

  /** Queues messages whose attempt got lost. */
  async upkeep(): Promise<void> {
    const now = this.#deps.clock().getTime();
    const overdue = await this.#store.overdue(new Date(now - OVERDUE_MS), PAGE);
    for (const delivery of overdue) await this.#queueIfPending(delivery);
  }

  #newDelivery(message: Message): Delivery {
    const id = newId();
    const now = this.#deps.clock();
    return {
      id,
      ...contentOf(message, (secrets) => sealSecrets(this.#deps.seal, id, secrets)),
      idempotencyKey: message.idempotencyKey,
      state: "pending",
      attempts: 0,
      nextAttemptAt: now,
      lastError: null,
      lastStatus: null,
      createdAt: now,
      deliveredAt: null,
      diedAt: null,
    };
  }

  async #insert(delivery: Delivery, trx: Database): Promise<string> {
    const { id, isNew } = await this.#store.insert(delivery, trx);
    if (isNew) await this.#queueIfPending(delivery, trx);
    return id;
  }

  /** The attempt is queued in the transaction that records when it is due: neither is there without the other. */
  async #queueIfPending({ id, state, nextAttemptAt }: Delivery, trx?: Database): Promise<void> {
    if (state !== "pending") return;
    // One attempt of a time: the job that is running now has the key of its own time.
    const key = `${id}@${nextAttemptAt.getTime()}`;
    await this.#deps.jobs.send(DELIVERY_QUEUE, { id }, { key, startAfter: nextAttemptAt, ...(trx ? { trx } : {}) });
  }
}

/**
 * Another message has just found the server down. That counts as an attempt of this one: else messages that wait for a server
 * that is gone would each have to knock sixteen times, one knock at a time, and never come to an end.
 */
const DESTINATION_DOWN: Attempt = { ok: false, status: null, error: "destination_down" };

/** Nothing came back, or the server says that it cannot: then every message to it would fail. */
function isServersFault(attempt: { ok: boolean; status: number | null }): boolean {
  return !attempt.ok && (attempt.status === null || attempt.status >= 500 || attempt.status === 429);
}

/** All e-mail leaves through one server, and backs off together. */
const MAIL_SERVER = "smtp";

function contentOf(message: Message, seal: (secrets: WebhookSecrets) => string | null) {
  if (message.kind === "email") {
    const url = `mailto:${message.to}`;
    return { kind: message.kind, url, destination: MAIL_SERVER, body: bodyOfEmail(message), secrets: null };
  }
  const { kind, url, body, bearer, hmacSecret } = message;
  const secrets = seal({ bearer, hmacSecret });
  return { kind, url, destination: destinationOf(url), body: JSON.stringify(body), secrets };
}

function destinationOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.username || parsed.password) throw new BadDeliveryUrl();
  return parsed.origin;
}

function deadLetterOf(delivery: Delivery): DeadLetter {
  const { id, url, idempotencyKey, attempts, lastError, lastStatus, createdAt, diedAt } = delivery;
  return { id, url, idempotencyKey, attempts, lastError, lastStatus, createdAt, diedAt };
}
