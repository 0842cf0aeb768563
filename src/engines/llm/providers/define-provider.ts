import type { ModelPort } from "./model-port.ts";

/** Where and as whom a provider is asked. */
export interface ProviderAccess {
  readonly model: string;
  readonly apiKey: string | null;
  /** Null: the provider's own address. */
  readonly baseUrl: string | null;
  /** Leaves through the operator's trusted client; the global one is not to be used. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
}

export interface ProviderDefinition {
  /** As in LLM_PROVIDER. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** Null: LLM_MODEL must name one. */
  readonly defaultModel: string | null;
  readonly needs?: { readonly apiKey?: boolean; readonly baseUrl?: boolean };
  /** US dollars per million tokens of models whose price is known, input and output. */
  readonly prices?: Readonly<Record<string, readonly [input: number, output: number]>>;
  open(access: ProviderAccess): ModelPort;
}

/** A provider is data and one function; a new one is a file with this call and a line in the registry. */
export function defineProvider(definition: ProviderDefinition): ProviderDefinition {
  return definition;
}
