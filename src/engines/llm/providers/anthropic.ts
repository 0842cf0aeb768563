import { createAnthropic } from "@ai-sdk/anthropic";
import { AiSdkModel } from "./ai-sdk-model.ts";
import { defineProvider } from "./define-provider.ts";

/** Anthropic's Messages API. */
export const anthropic = defineProvider({
  name: "anthropic",
  defaultModel: "claude-haiku-4-5",
  needs: { apiKey: true },
  open: ({ model, apiKey, baseUrl, fetch }) =>
    new AiSdkModel(
      createAnthropic({ apiKey: apiKey ?? "", fetch, baseURL: baseUrl ?? "https://api.anthropic.com/v1" })(model),
    ),
});
