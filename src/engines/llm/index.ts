export {
  byAnalyser,
  NO_USAGE,
  statedConfidence,
  type DecidedBy,
  type Decider,
  type Judgement,
  type Usage,
} from "./judgement.ts";
export { Llm, type LlmStatus } from "./llm.ts";
export { openLlm, type LlmOptions } from "./open-llm.ts";
export type { AskRequest, AskScope, ModelQuestion, Picture } from "./asking/question.ts";
export { fencePage, FENCE_RULE } from "./asking/fence-page.ts";
export { UNLIMITED, type Budgets, type Limit } from "./limits/budget.ts";
export type { BreakerOptions, BreakerState } from "./limits/breaker.ts";
export type { Price } from "./limits/price.ts";
export { DEFAULT_RETRY, type RetryPolicy } from "./limits/retry.ts";
export { forgetModelCalls, type ForgetCallsOptions } from "./ledger/old-call-store.ts";
export type { CallOutcome, LedgerLine, LedgerTotal } from "./ledger/model-call.ts";
export { defineProvider, type ProviderAccess, type ProviderDefinition } from "./providers/define-provider.ts";
export { AiSdkModel } from "./providers/ai-sdk-model.ts";
export type { ModelPort, ModelReply, ModelRequest, Turn } from "./providers/model-port.ts";
export type { ConfiguredModel } from "./providers/open-seats.ts";
export { DialogueSchema, readDialogue, recorded, recording, type Dialogue } from "./providers/recorded.ts";
export { PROVIDERS } from "./providers/known-providers.ts";
export {
  AnswerMalformed,
  AnswerRefused,
  BadDialogue,
  BudgetSpent,
  CircuitOpen,
  NoModelAnswered,
  NotRecorded,
  PriceUnknown,
  ProviderFailed,
  ProviderIncomplete,
  ProviderRefusedKey,
  ProviderRefusedRequest,
  UnknownProvider,
} from "./errors.ts";
