import { UnknownProvider } from "../errors.ts";
import { anthropic } from "./anthropic.ts";
import type { ProviderDefinition } from "./define-provider.ts";
import { google } from "./google.ts";
import { openai } from "./openai.ts";
import { openaiCompatible } from "./openai-compatible.ts";

/** Every provider that LLM_PROVIDER can name. A new one is added here. */
export const PROVIDERS: readonly ProviderDefinition[] = [openai, google, anthropic, openaiCompatible];

/** By name or alias; `more` come first. Throws `llm_unknown_provider`. */
export function findProvider(name: string, more: readonly ProviderDefinition[] = []): ProviderDefinition {
  const all = [...more, ...PROVIDERS];
  const found = all.find((provider) => provider.name === name || provider.aliases?.includes(name));
  if (!found) {
    throw new UnknownProvider(
      name,
      all.map((provider) => provider.name),
    );
  }
  return found;
}
