import { AppError } from "#kernel";

export class UnknownProvider extends AppError {
  constructor(name: string, known: readonly string[]) {
    super({
      kind: "invalid",
      code: "llm_unknown_provider",
      message: `There is no model provider "${name}". Set LLM_PROVIDER to one of none, ${known.join(", ")}, or add a provider of that name.`,
      details: { known },
    });
  }
}

export class ProviderIncomplete extends AppError {
  constructor(provider: string, missing: string) {
    super({
      kind: "invalid",
      code: "llm_not_configured",
      message: `The model provider ${provider} cannot be asked without ${missing}. Set it in the environment or in .env, or set LLM_PROVIDER=none.`,
      details: { provider },
    });
  }
}

/** A limit in money cannot be kept for a model whose price nobody said. */
export class PriceUnknown extends AppError {
  constructor(model: string) {
    super({
      kind: "invalid",
      code: "llm_price_unknown",
      message: `A budget in dollars needs the price of ${model}. Set LLM_PRICE_INPUT and LLM_PRICE_OUTPUT, or limit tokens instead.`,
      details: { model },
    });
  }
}

interface FailureFacts {
  readonly status?: number;
  readonly retryAfterMs?: number | null;
}

/** The provider did not answer, or not now. Trying again may help. */
export class ProviderFailed extends AppError {
  readonly retryAfterMs: number | null;

  constructor(reason: string, { status, retryAfterMs = null }: FailureFacts = {}) {
    super({
      kind: "unavailable",
      code: "llm_provider_failed",
      message: `The model provider failed (${reason}). Try again later.`,
      details: { reason, ...(status === undefined ? {} : { status }) },
    });
    this.retryAfterMs = retryAfterMs;
  }
}

export class ProviderRefusedKey extends AppError {
  constructor(status: number) {
    super({
      kind: "forbidden",
      code: "llm_key_refused",
      message: `The model provider refused the key (status ${status}). Check the key and what it may be used for.`,
      details: { status },
    });
  }
}

export class ProviderRefusedRequest extends AppError {
  constructor(status: number) {
    super({
      kind: "invalid",
      code: "llm_request_refused",
      message: `The model provider does not take this request (status ${status}). Check LLM_MODEL, and that the model takes pictures and structured answers.`,
      details: { status },
    });
  }
}

/** The model or its content filter declined to answer. */
export class AnswerRefused extends AppError {
  constructor() {
    super({
      kind: "conflict",
      code: "llm_answer_refused",
      message: "The model declined to answer. Ask in another way, or let a person decide.",
    });
  }
}

/** No answer fitted the schema, repairs included. */
export class AnswerMalformed extends AppError {
  constructor(problems: readonly string[]) {
    super({
      kind: "unavailable",
      code: "llm_answer_malformed",
      message: `The model's answer did not have the form that was asked for (${problems.join("; ")}). Try again, raise LLM_MAX_TOKENS, or use another model.`,
      details: { problems },
    });
  }
}

/** The provider failed several times in a row and is left alone for a while. */
export class CircuitOpen extends AppError {
  constructor(model: string) {
    super({
      kind: "unavailable",
      code: "llm_circuit_open",
      message: `${model} failed several times in a row and is not asked for a while. Try again later, or add a fallback in LLM_FALLBACKS.`,
      details: { model },
    });
  }
}

export class NoModelAnswered extends AppError {
  constructor(failures: readonly { model: string; code: string; reason?: unknown }[]) {
    super({
      kind: "unavailable",
      code: "llm_no_answer",
      message: `No model answered (${failures.map(({ model, code }) => `${model}: ${code}`).join(", ")}). Try again later, or look at the provider's status.`,
      details: { failures },
    });
  }
}

export class BudgetSpent extends AppError {
  constructor(account: "job" | "portal" | "day", unit: "tokens" | "micro-dollars", limit: number, spent: number) {
    super({
      kind: "exhausted",
      code: "llm_budget_spent",
      message: `The model budget of this ${account} does not allow another question (${spent} of ${limit} ${unit} are spent or reserved). Raise LLM_BUDGET_${account.toUpperCase()}_${unit === "tokens" ? "TOKENS" : "USD"}, or wait for the next day.`,
      details: { account, unit, limit, spent },
    });
  }
}

/** A recorded dialogue has no answer to this question. */
export class NotRecorded extends AppError {
  constructor(questionHash: string, round: number) {
    super({
      kind: "not-found",
      code: "llm_not_recorded",
      message: `The recorded dialogue has no answer number ${round + 1} to question ${questionHash}. The prompt, the page or the schema changed: record it again.`,
      details: { questionHash, round },
    });
  }
}

export class BadDialogue extends AppError {
  constructor(file: string) {
    super({
      kind: "invalid",
      code: "llm_bad_dialogue",
      message: `${file} is not a recorded dialogue. It is JSON: {"format":1,"answers":{"<question hash>":[{"text":"…"}]}}.`,
      details: { file },
    });
  }
}
