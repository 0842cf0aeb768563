import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { AiSdkModel } from "./ai-sdk-model.ts";
import { defineProvider } from "./define-provider.ts";

/** Any server that speaks OpenAI's chat completions: vLLM, Ollama, llama.cpp, gateways. */
export const openaiCompatible = defineProvider({
  name: "openai-compatible",
  defaultModel: null,
  needs: { baseUrl: true },
  open: ({ model, apiKey, baseUrl, fetch }) =>
    new AiSdkModel(
      createOpenAICompatible({
        name: "openai-compatible",
        baseURL: baseUrl ?? "",
        fetch,
        supportsStructuredOutputs: true,
        ...(apiKey === null ? {} : { apiKey }),
      })(model),
    ),
});
