import type { Clock, Counter, Histogram, JsonObject, Logger, Telemetry } from "#kernel";
import { AppError, newId } from "#kernel";
import { converse, estimateRequest, firstRequest, type Meter } from "./asking/converse.ts";
import { jsonSchemaOf, questionHash, type AskRequest } from "./asking/question.ts";
import { BudgetSpent, NoModelAnswered, NotRecorded } from "./errors.ts";
import { NO_USAGE, statedConfidence, type Judgement } from "./judgement.ts";
import type { AnswerStore } from "./ledger/answer-store.ts";
import type { LedgerStore } from "./ledger/ledger-store.ts";
import type { CallEnd, ModelCall } from "./ledger/model-call.ts";
import type { BreakerState } from "./limits/breaker.ts";
import { demandBudget, type Accounts, type Budgets } from "./limits/budget.ts";
import { costOf, mostSpending } from "./limits/price.ts";
import { delayBefore, type RetryPolicy } from "./limits/retry.ts";
import type { ModelReply, ModelRequest } from "./providers/model-port.ts";
import type { Seat } from "./providers/open-seats.ts";

export interface LlmParts {
  /** In the order in which they are asked. */
  readonly seats: readonly Seat[];
  readonly ledger: LedgerStore;
  readonly answers: AnswerStore;
  readonly budgets: Budgets;
  readonly retry: RetryPolicy;
  readonly maxOutputTokens: number;
  readonly temperature: number;
  readonly maxRepairs: number;
  /** How long an answer may be given again; 0 keeps none. */
  readonly cacheMs: number;
  readonly clock: Clock;
  readonly wait: (delayMs: number, signal?: AbortSignal) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
  /** Code of a fence: not to be guessed. */
  readonly newCode: () => string;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
}

/** How the models do, for the health report: `circuitBreaker` is the first model's. */
export interface LlmStatus {
  readonly circuitBreaker: BreakerState;
  readonly lastCallAt: Date | null;
  readonly models: readonly { readonly name: string; readonly circuitBreaker: BreakerState }[];
}

interface Asked<T> {
  readonly request: AskRequest<T>;
  readonly json: JsonObject;
  readonly hash: string;
  readonly signal: AbortSignal;
}

/** Asks models within limits: what is known already from the cache, else one model after the other until one answers. */
export class Llm {
  /** What was asked and what it took, by job, portal and record. */
  readonly ledger: LedgerStore;
  readonly #parts: LlmParts;
  readonly #tokens: Counter;
  readonly #latency: Histogram;
  #lastCallAt: Date | null = null;

  constructor(parts: LlmParts) {
    const { telemetry, ledger } = parts;
    this.#parts = parts;
    this.ledger = ledger;
    this.#tokens = telemetry.counter("llm_tokens_used", {
      help: "Tokens that models were sent and gave back",
      labels: ["provider", "direction"],
    });
    this.#latency = telemetry.histogram("llm_latency_seconds", {
      help: "Time until a model answered, retries and repairs included",
      labels: ["provider"],
      buckets: [0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120],
    });
  }

  get status(): LlmStatus {
    const models = this.#parts.seats.map(({ name, breaker }) => ({ name, circuitBreaker: breaker.state }));
    return { circuitBreaker: models[0]?.circuitBreaker ?? "closed", lastCallAt: this.#lastCallAt, models };
  }

  /**
   * Throws `llm_budget_spent` before a question that does not fit; with one model its own failure (`llm_provider_failed`,
   * `llm_circuit_open`, `llm_key_refused`, `llm_request_refused`, `llm_answer_refused`, `llm_answer_malformed`), with several
   * `llm_no_answer`; and the reason of the request's signal.
   */
  async ask<T>(request: AskRequest<T>): Promise<Judgement<T>> {
    const json = jsonSchemaOf(request.schema);
    const hash = questionHash(request.question, json);
    const asked = { request, json, hash, signal: request.signal ?? new AbortController().signal };
    const known = await this.#known(asked);
    if (known) return known;
    const failures: { model: string; error: AppError }[] = [];
    for (const seat of this.#parts.seats) {
      asked.signal.throwIfAborted();
      try {
        return await this.#askSeat(asked, seat);
      } catch (error) {
        asked.signal.throwIfAborted();
        if (!mayFallBack(error)) throw error;
        this.#parts.logger.warn("llm.failed", { model: seat.name, code: error.code, ...request.scope });
        failures.push({ model: seat.name, error });
      }
    }
    const [only, ...others] = failures;
    if (only && others.length === 0) throw only.error;
    throw new NoModelAnswered(
      failures.map(({ model, error }) => ({ model, code: error.code, reason: error.details["reason"] })),
    );
  }

  /** Forgets answers that are too old to be given again. */
  removeExpired(): Promise<number> {
    return this.#parts.answers.removeExpired(this.#parts.clock());
  }

  async #known<T>({ request, hash }: Asked<T>): Promise<Judgement<T> | null> {
    const { seats, answers, ledger, cacheMs, clock } = this.#parts;
    if (cacheMs === 0 || request.useCache === false) return null;
    for (const seat of seats) {
      const parsed = request.schema.safeParse(await answers.find(hash, seat.name, clock()));
      if (!parsed.success) continue;
      await ledger.add(callOf(request, hash, seat, clock()), { ...NOTHING_TAKEN, outcome: "cached" });
      const answer = parsed.data;
      return { decidedBy: "cache", answer, model: seat.name, usage: NO_USAGE, confidence: statedConfidence(answer) };
    }
    return null;
  }

  async #askSeat<T>({ request, json, hash, signal }: Asked<T>, seat: Seat): Promise<Judgement<T>> {
    const { ledger, maxOutputTokens, temperature, maxRepairs, newCode, clock } = this.#parts;
    const first = { ...firstRequest(request, json, newCode()), questionHash: hash, maxOutputTokens, temperature };
    const call = callOf(request, hash, seat, clock());
    const wanted = (inputTokens: number) => mostSpending(inputTokens, maxOutputTokens, seat.price);
    const demand = (spending: ReturnType<typeof wanted>) => (accounts: Accounts) =>
      demandBudget(this.#parts.budgets, accounts, spending);
    const reserved = wanted(estimateRequest(first));
    await ledger.reserve(call, reserved, demand(reserved));
    const meter: Meter = { requests: 0, repairs: 0, inputTokens: 0, outputTokens: 0 };
    const startedAt = performance.now();
    const end = { outcome: "answered", error: null } as Pick<CallEnd, "outcome" | "error">;
    try {
      const answer = await converse(request.schema, {
        first,
        maxRepairs,
        meter,
        beforeRepair: (inputTokens) => ledger.reserveMore(call, wanted(inputTokens), demand(wanted(inputTokens))),
        send: (turn) => this.#send(seat, turn, meter, signal),
      });
      await this.#remember(hash, seat, answer);
      return {
        decidedBy: "model",
        answer,
        model: seat.name,
        usage: usageOf(meter, seat),
        confidence: statedConfidence(answer),
      };
    } catch (error) {
      Object.assign(end, { outcome: "failed", error: error instanceof AppError ? error.code : "stopped" });
      throw error;
    } finally {
      await this.#settle(call, seat, { ...end, meter, durationMs: performance.now() - startedAt });
    }
  }

  /** One request with its retries, each of them past the breaker. */
  async #send(seat: Seat, request: ModelRequest, meter: Meter, signal: AbortSignal): Promise<ModelReply> {
    const { retry, wait, random, clock } = this.#parts;
    for (let failed = 0; ;) {
      try {
        return await seat.breaker.run(() => {
          meter.requests += 1;
          this.#lastCallAt = clock();
          return seat.port.reply(request, signal);
        }, signal);
      } catch (error) {
        signal.throwIfAborted();
        failed += 1;
        const delayMs = delayBefore(failed, error, retry, random());
        if (delayMs === null) throw error;
        await wait(delayMs, signal);
      }
    }
  }

  async #remember(hash: string, { name }: Seat, answer: unknown): Promise<void> {
    const { answers, cacheMs, clock } = this.#parts;
    const now = clock();
    if (cacheMs > 0) await answers.put(hash, name, answer, { now, expiresAt: new Date(now.getTime() + cacheMs) });
  }

  async #settle(
    { id }: ModelCall,
    seat: Seat,
    { meter, durationMs, ...end }: Pick<CallEnd, "outcome" | "error" | "durationMs"> & { meter: Meter },
  ): Promise<void> {
    const { provider } = seat;
    const { inputTokens, outputTokens } = meter;
    this.#tokens.add(inputTokens, { provider, direction: "input" });
    this.#tokens.add(outputTokens, { provider, direction: "output" });
    if (meter.requests > 0) this.#latency.observe(durationMs / 1000, { provider });
    const microUsd = costOf(seat.price, inputTokens, outputTokens);
    await this.#parts.ledger.settle(id, { ...end, ...meter, microUsd, durationMs });
  }
}

const NOTHING_TAKEN: Omit<CallEnd, "outcome"> = {
  error: null,
  requests: 0,
  repairs: 0,
  inputTokens: 0,
  outputTokens: 0,
  microUsd: 0,
  durationMs: 0,
};

/** Another model may do better, unless there is no money or the dialogue lacks the answer. */
function mayFallBack(error: unknown): error is AppError {
  if (!(error instanceof AppError) || !error.code.startsWith("llm_")) return false;
  return !(error instanceof BudgetSpent || error instanceof NotRecorded);
}

function callOf<T>({ scope = {}, purpose, question }: AskRequest<T>, hash: string, seat: Seat, at: Date): ModelCall {
  const { provider, model } = seat;
  const pictures = question.pictures?.length ?? 0;
  return { id: newId(), at, scope, purpose, provider, model, questionHash: hash, pictures };
}

function usageOf({ requests, inputTokens, outputTokens }: Meter, { price }: Seat) {
  return { calls: requests, inputTokens, outputTokens, microUsd: costOf(price, inputTokens, outputTokens) };
}
