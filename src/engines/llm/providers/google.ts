import { createGoogle } from "@ai-sdk/google";
import { AiSdkModel } from "./ai-sdk-model.ts";
import { defineProvider } from "./define-provider.ts";

/** Google's Gemini API. */
export const google = defineProvider({
  name: "google",
  aliases: ["gemini"],
  defaultModel: "gemini-flash-latest",
  needs: { apiKey: true },
  open: ({ model, apiKey, baseUrl, fetch }) =>
    new AiSdkModel(
      createGoogle({
        apiKey: apiKey ?? "",
        fetch,
        baseURL: baseUrl ?? "https://generativelanguage.googleapis.com/v1beta",
      })(model),
    ),
});
