import { generateText, jsonSchema, NoObjectGeneratedError, Output, type LanguageModel, type ModelMessage } from "ai";
import { failureOf } from "./provider-failure.ts";
import type { ModelPort, ModelReply, ModelRequest, Turn } from "./model-port.ts";

type CallOptions = NonNullable<Parameters<typeof generateText>[0]["providerOptions"]>;

/** A model of the Vercel AI SDK. Retries, limits and the check of the answer are ours, so they are switched off there. */
export class AiSdkModel implements ModelPort {
  readonly #model: LanguageModel;
  readonly #options: CallOptions;

  constructor(model: LanguageModel, options: CallOptions = {}) {
    this.#model = model;
    this.#options = options;
    // Else the SDK writes to the console what it thinks of the settings.
    globalThis.AI_SDK_LOG_WARNINGS = false;
  }

  async reply(request: ModelRequest, signal: AbortSignal): Promise<ModelReply> {
    try {
      const { text, finishReason, usage } = await generateText({
        model: this.#model,
        instructions: request.instructions,
        messages: request.turns.map(toMessage),
        output: Output.object({ name: request.schemaName, schema: jsonSchema<unknown>(request.schema) }),
        maxOutputTokens: request.maxOutputTokens,
        temperature: request.temperature,
        maxRetries: 0,
        abortSignal: signal,
        providerOptions: this.#options,
      });
      return toReply(text, finishReason, usage);
    } catch (error) {
      signal.throwIfAborted();
      if (NoObjectGeneratedError.isInstance(error)) return toReply(error.text ?? "", error.finishReason, error.usage);
      throw failureOf(error);
    }
  }
}

function toMessage({ role, text, pictures = [] }: Turn): ModelMessage {
  if (role === "assistant") return { role, content: text };
  const files = pictures.map(({ bytes, mediaType }) => ({ type: "file" as const, data: bytes, mediaType }));
  return { role, content: [{ type: "text", text }, ...files] };
}

interface Counted {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
}

function toReply(text: string, finish: string | undefined, usage: Counted | undefined): ModelReply {
  const declined = finish === "content-filter" || (text.trim() === "" && finish !== "length");
  const ending = declined ? "refused" : finish === "length" ? "cut" : "whole";
  return { text, ending, inputTokens: usage?.inputTokens ?? null, outputTokens: usage?.outputTokens ?? null };
}
