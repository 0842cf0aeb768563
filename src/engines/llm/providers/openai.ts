import { createOpenAI } from "@ai-sdk/openai";
import { AiSdkModel } from "./ai-sdk-model.ts";
import { defineProvider } from "./define-provider.ts";

/** OpenAI's Responses API. */
export const openai = defineProvider({
  name: "openai",
  defaultModel: "gpt-4o-mini",
  needs: { apiKey: true },
  // The requirement document's figures, section 14.1.
  prices: { "gpt-4o-mini": [0.15, 0.6] },
  open: ({ model, apiKey, baseUrl, fetch }) =>
    new AiSdkModel(
      createOpenAI({ apiKey: apiKey ?? "", fetch, baseURL: baseUrl ?? "https://api.openai.com/v1" })(model),
      // Nothing is to be kept at the provider beyond the answer.
      { openai: { store: false } },
    ),
});
