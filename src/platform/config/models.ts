import { InvalidConfig } from "./errors.ts";
import type { SettingValues } from "./settings.ts";

export interface ModelSettings {
  provider: string;
  /** Null: the provider's default. */
  model: string | null;
  apiKey: string | null;
  baseUrl: string | null;
  /** US dollars per million tokens; null where nothing was said. */
  price: { input: number; output: number } | null;
}

interface BudgetSettings {
  /** Null: no limit. */
  tokens: number | null;
  /** Millionths of a US dollar. */
  microUsd: number | null;
}

/** What may be asked of models; null where none is configured. */
export interface LlmSettings {
  /** In the order in which they are asked. */
  models: ModelSettings[];
  maxOutputTokens: number;
  temperature: number;
  timeoutMs: number;
  cacheMs: number;
  budgets: { job: BudgetSettings; portal: BudgetSettings; day: BudgetSettings };
}

export function llmSettings(values: SettingValues): LlmSettings | null {
  if (values.LLM_PROVIDER === "none") return null;
  return {
    models: [firstModel(values), ...values.LLM_FALLBACKS.map((named) => fallback(named, values))],
    maxOutputTokens: values.LLM_MAX_TOKENS,
    temperature: values.LLM_TEMPERATURE,
    timeoutMs: values.LLM_TIMEOUT_MS,
    cacheMs: values.CACHE_TTL_SECONDS * 1000,
    budgets: {
      job: budget(values.LLM_BUDGET_JOB_TOKENS, values.LLM_BUDGET_JOB_USD),
      portal: budget(values.LLM_BUDGET_PORTAL_TOKENS, values.LLM_BUDGET_PORTAL_USD),
      day: budget(values.LLM_BUDGET_DAY_TOKENS, values.LLM_BUDGET_DAY_USD),
    },
  };
}

/** A setting that nothing heeds is easily taken for a model that works. */
export function modelNotices(values: SettingValues): string[] {
  if (values.LLM_PROVIDER !== "none") return [];
  const keys = ["LLM_API_KEY", "OPENAI_API_KEY", "GOOGLE_API_KEY", "ANTHROPIC_API_KEY"] as const;
  const set = keys.filter((name) => values[name] !== undefined);
  return set.map((name) => `${name} is set, but no model is asked while LLM_PROVIDER is none`);
}

function firstModel(values: SettingValues): ModelSettings {
  const { LLM_PROVIDER: provider, LLM_PRICE_INPUT: input, LLM_PRICE_OUTPUT: output } = values;
  if ((input === undefined) !== (output === undefined)) {
    throw new InvalidConfig(["LLM_PRICE_INPUT and LLM_PRICE_OUTPUT must be set together"]);
  }
  return {
    provider,
    model: values.LLM_MODEL ?? null,
    apiKey: values.LLM_API_KEY ?? keyOf(provider, values),
    baseUrl: values.LLM_BASE_URL ?? null,
    price: input === undefined || output === undefined ? null : { input, output },
  };
}

/** `provider` or `provider:model`. */
function fallback(named: string, values: SettingValues): ModelSettings {
  const [provider = "", ...model] = named.split(":");
  const own = provider === values.LLM_PROVIDER;
  return {
    provider,
    model: model.join(":") || null,
    apiKey: (own ? values.LLM_API_KEY : undefined) ?? keyOf(provider, values),
    baseUrl: own ? (values.LLM_BASE_URL ?? null) : null,
    price: null,
  };
}

function keyOf(provider: string, values: SettingValues): string | null {
  if (provider === "openai") return values.OPENAI_API_KEY ?? null;
  if (provider === "google" || provider === "gemini") return values.GOOGLE_API_KEY ?? null;
  return provider === "anthropic" ? (values.ANTHROPIC_API_KEY ?? null) : null;
}

function budget(tokens: number, usd: number): BudgetSettings {
  return { tokens: tokens === 0 ? null : tokens, microUsd: usd === 0 ? null : Math.round(usd * 1_000_000) };
}
