import { randomBytes } from "node:crypto";
import { noTelemetry, silentLogger, systemClock, waitFor, type Clock, type Logger, type Telemetry } from "#kernel";
import type { TrustedClient } from "#platform/egress";
import type { Database } from "#platform/storage";
import { PriceUnknown } from "./errors.ts";
import { AnswerStore } from "./ledger/answer-store.ts";
import { LedgerStore } from "./ledger/ledger-store.ts";
import type { BreakerOptions } from "./limits/breaker.ts";
import { limitsMoney, UNLIMITED, type Budgets } from "./limits/budget.ts";
import { DEFAULT_RETRY, type RetryPolicy } from "./limits/retry.ts";
import { Llm } from "./llm.ts";
import type { ProviderDefinition } from "./providers/define-provider.ts";
import { openSeat, type ConfiguredModel } from "./providers/open-seats.ts";

export interface LlmOptions {
  /** In the order in which they are asked: the first, then its fallbacks. At least one. */
  readonly models: readonly ConfiguredModel[];
  readonly db: Database;
  /** Who creates it closes it. */
  readonly client: Pick<TrustedClient, "send">;
  /** Beside those that are known. */
  readonly providers?: readonly ProviderDefinition[];
  readonly budgets?: Budgets;
  /** For one request. Default 60,000. */
  readonly timeoutMs?: number;
  /** Longest answer, in tokens. Default 4096. */
  readonly maxOutputTokens?: number;
  /** Default 0.1. */
  readonly temperature?: number;
  /** How often a malformed answer is sent back. Default 2. */
  readonly maxRepairs?: number;
  /** How long an answer may be given again. Default a day; 0 keeps none. */
  readonly cacheMs?: number;
  readonly retry?: RetryPolicy;
  readonly breaker?: BreakerOptions;
  readonly clock?: Clock;
  readonly wait?: (delayMs: number, signal?: AbortSignal) => Promise<void>;
  readonly random?: () => number;
  readonly newCode?: () => string;
  readonly logger?: Logger;
  readonly telemetry?: Telemetry;
}

const DAY_MS = 24 * 60 * 60_000;

/** Throws `llm_unknown_provider`, `llm_not_configured`, `llm_price_unknown`. */
export function openLlm(options: LlmOptions): Llm {
  const { db, client, providers = [], breaker = {}, timeoutMs = 60_000, budgets = UNLIMITED } = options;
  const seats = options.models.map((model) => openSeat(model, { client, timeoutMs, breaker, providers }));
  const unpriced = seats.find(({ price }) => price === null);
  if (unpriced && limitsMoney(budgets)) throw new PriceUnknown(unpriced.name);
  return new Llm({
    seats,
    ledger: new LedgerStore(db),
    answers: new AnswerStore(db),
    budgets,
    retry: options.retry ?? DEFAULT_RETRY,
    maxOutputTokens: options.maxOutputTokens ?? 4096,
    temperature: options.temperature ?? 0.1,
    maxRepairs: options.maxRepairs ?? 2,
    cacheMs: options.cacheMs ?? DAY_MS,
    clock: options.clock ?? systemClock,
    wait: options.wait ?? waitFor,
    random: options.random ?? Math.random,
    newCode: options.newCode ?? (() => randomBytes(12).toString("hex")),
    logger: options.logger ?? silentLogger,
    telemetry: options.telemetry ?? noTelemetry,
  });
}
