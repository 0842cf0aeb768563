import type { JsonObject } from "#kernel";
import type { Picture } from "../asking/question.ts";

/** One turn of the conversation about a question: the question, or an answer of the model that was not good enough. */
export interface Turn {
  readonly role: "user" | "assistant";
  readonly text: string;
  readonly pictures?: readonly Picture[];
}

export interface ModelRequest {
  readonly instructions: string;
  readonly turns: readonly Turn[];
  /** JSON schema of the answer and its name. */
  readonly schema: JsonObject;
  readonly schemaName: string;
  /** Identical for identical questions, whatever the fence. */
  readonly questionHash: string;
  readonly maxOutputTokens: number;
  readonly temperature: number;
}

export interface ModelReply {
  /** As the model wrote it: JSON, if all went well. */
  readonly text: string;
  /** `cut`: the longest answer was reached. `refused`: the model or its filter declined. */
  readonly ending: "whole" | "cut" | "refused";
  /** Null where the server does not say. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}

/** One model of one provider. Throws errors of this module, which hold neither prompt nor key. */
export interface ModelPort {
  reply(request: ModelRequest, signal: AbortSignal): Promise<ModelReply>;
}
