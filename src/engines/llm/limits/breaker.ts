import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleType,
  type CircuitBreakerPolicy,
} from "cockatiel";
import { CircuitOpen, ProviderFailed } from "../errors.ts";

export type BreakerState = "closed" | "open" | "half_open";

/** Section 9.3 of the procurement document, which gives no figures; these are ours. */
export interface BreakerOptions {
  /** Failures in a row that open it. Default 5. */
  readonly failureThreshold?: number;
  /** Answers in a row, when half open, that close it. Default 2. */
  readonly successThreshold?: number;
  /** How long it stays open before a request is let through. Default 60,000. */
  readonly timeoutMs?: number;
}

/** Leaves a provider alone that failed several times in a row. Only failures of the provider count, not its refusals. */
export class Breaker {
  readonly #name: string;
  readonly #policy: CircuitBreakerPolicy;

  constructor(name: string, { failureThreshold = 5, successThreshold = 2, timeoutMs = 60_000 }: BreakerOptions = {}) {
    this.#name = name;
    this.#policy = circuitBreaker(handleType(ProviderFailed), {
      halfOpenAfter: timeoutMs,
      breaker: new ConsecutiveBreaker(failureThreshold),
      halfOpenSampling: { calls: successThreshold, threshold: 0 },
    });
  }

  get state(): BreakerState {
    if (this.#policy.state === CircuitState.Closed) return "closed";
    return this.#policy.state === CircuitState.HalfOpen ? "half_open" : "open";
  }

  /** Throws `llm_circuit_open` without a call while it is open. */
  async run<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await this.#policy.execute(call, signal);
    } catch (error) {
      throw error instanceof BrokenCircuitError ? new CircuitOpen(this.#name) : error;
    }
  }
}
