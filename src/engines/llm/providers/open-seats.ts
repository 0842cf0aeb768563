import type { TrustedClient } from "#platform/egress";
import { ProviderIncomplete } from "../errors.ts";
import { Breaker, type BreakerOptions } from "../limits/breaker.ts";
import type { Price } from "../limits/price.ts";
import type { ProviderDefinition } from "./define-provider.ts";
import { egressFetch } from "./egress-fetch.ts";
import type { ModelPort } from "./model-port.ts";
import { findProvider } from "./known-providers.ts";

/** A model as an operator names it. */
export interface ConfiguredModel {
  readonly provider: string;
  /** Null: the provider's default. */
  readonly model: string | null;
  readonly apiKey: string | null;
  /** Null: the provider's own address. */
  readonly baseUrl: string | null;
  /** US dollars per million tokens. Null: what the provider's definition knows. */
  readonly price?: Price | null;
}

/** A model that is ready to be asked. */
export interface Seat {
  /** `provider:model`. */
  readonly name: string;
  readonly provider: string;
  readonly model: string;
  readonly price: Price | null;
  readonly port: ModelPort;
  readonly breaker: Breaker;
}

export interface SeatOptions {
  readonly client: Pick<TrustedClient, "send">;
  /** For one request. */
  readonly timeoutMs: number;
  readonly breaker: BreakerOptions;
  /** Beside those that are known. */
  readonly providers: readonly ProviderDefinition[];
}

/** Throws `llm_unknown_provider`, `llm_not_configured`. */
export function openSeat(configured: ConfiguredModel, options: SeatOptions): Seat {
  const { apiKey, baseUrl } = configured;
  const provider = findProvider(configured.provider, options.providers);
  const model = configured.model ?? provider.defaultModel;
  if (model === null) throw new ProviderIncomplete(provider.name, "the name of a model (LLM_MODEL)");
  if (provider.needs?.apiKey && !apiKey) throw new ProviderIncomplete(provider.name, "a key (LLM_API_KEY)");
  if (provider.needs?.baseUrl && !baseUrl) throw new ProviderIncomplete(provider.name, "an address (LLM_BASE_URL)");
  const name = `${provider.name}:${model}`;
  const known = provider.prices?.[model];
  const price = configured.price ?? (known ? { input: known[0], output: known[1] } : null);
  const port = provider.open({ model, apiKey, baseUrl, fetch: egressFetch(options.client, options.timeoutMs) });
  return { name, provider: provider.name, model, price, port, breaker: new Breaker(name, options.breaker) };
}
