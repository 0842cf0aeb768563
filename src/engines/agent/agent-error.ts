import { AppError } from "#kernel";

/** What goes wrong on a portal, under the names of the requirement document. */
export const AGENT_ERRORS = [
  "navigation_timeout",
  "element_not_found",
  "page_crash",
  "captcha_detected",
  "auth_required",
  "rate_limited",
  "content_not_loaded",
  "unexpected_state",
  "llm_error",
  "network_error",
] as const;

export type AgentErrorType = (typeof AGENT_ERRORS)[number];

/** What is done about an error. `person`: it waits for somebody; `abort`: nothing can be done. */
export type Strategy =
  | "retry"
  | "retry_longer"
  | "refresh"
  | "look_again"
  | "back"
  | "new_browser"
  | "scroll_and_wait"
  | "wait"
  | "ask_differently"
  | "person"
  | "abort";

/** What is tried for each error, in order; after the last one the exploration ends. */
export const STRATEGIES: Readonly<Record<AgentErrorType, readonly Strategy[]>> = {
  navigation_timeout: ["retry_longer", "refresh", "back"],
  element_not_found: ["look_again", "back"],
  page_crash: ["new_browser"],
  captcha_detected: ["person"],
  auth_required: ["person"],
  rate_limited: ["wait", "wait", "wait"],
  content_not_loaded: ["scroll_and_wait", "refresh"],
  unexpected_state: ["look_again", "back"],
  llm_error: ["retry", "ask_differently"],
  network_error: ["retry", "retry", "refresh"],
};

export interface RetryPolicy {
  readonly maxRetries: number;
  readonly initialDelayMs: number;
  readonly maxDelayMs: number;
  readonly backoffMultiplier: number;
}

export const DEFAULT_RETRY: RetryPolicy = {
  maxRetries: 3,
  initialDelayMs: 1_000,
  maxDelayMs: 30_000,
  backoffMultiplier: 2,
};

/** Milliseconds to wait before the nth attempt to recover, from 1. */
export function delayBefore(attempt: number, policy: RetryPolicy = DEFAULT_RETRY): number {
  const { initialDelayMs, backoffMultiplier, maxDelayMs } = policy;
  return Math.min(maxDelayMs, initialDelayMs * backoffMultiplier ** (attempt - 1));
}

/** What to do about an error that came for the nth time, from 1. */
export function strategyFor(type: AgentErrorType, attempt: number, policy: RetryPolicy = DEFAULT_RETRY): Strategy {
  const tried = STRATEGIES[type];
  return attempt > policy.maxRetries ? "abort" : (tried[attempt - 1] ?? "abort");
}

const TYPE_OF_CODE: Readonly<Record<string, AgentErrorType>> = {
  timeout: "navigation_timeout",
  unreachable: "network_error",
  element_not_actionable: "element_not_found",
  browser_crashed: "page_crash",
  browser_session_closed: "page_crash",
  not_a_page: "unexpected_state",
};

/** Which of them an error is. Refusals of the model's module begin with `llm_`. */
export function errorTypeOf(error: unknown): AgentErrorType {
  if (!(error instanceof AppError)) return "unexpected_state";
  return TYPE_OF_CODE[error.code] ?? (error.code.startsWith("llm_") ? "llm_error" : "unexpected_state");
}

/** Asking again changes nothing: the budget is spent, the key is refused, nobody is configured. */
const FINAL: ReadonlySet<string> = new Set([
  "no_model",
  "llm_budget_spent",
  "llm_key_refused",
  "llm_request_refused",
  "llm_not_configured",
  "llm_not_recorded",
]);

export function isFinal({ code }: AppError): boolean {
  return FINAL.has(code);
}
