import type { AskScope, Llm } from "#engines/llm";
import { DecisionSchema } from "./decision.ts";
import type { Ask } from "./question.ts";

/** Asks a model for decisions, within its limits and on the account of a job and its portal. */
export function askModel(llm: Pick<Llm, "ask">): (scope: AskScope) => Ask {
  return (scope) =>
    async ({ instructions, task, page, picture }, signal) => {
      const pictures = picture ? [{ bytes: picture, mediaType: "image/jpeg" as const }] : [];
      const question = { instructions, task, page, pictures };
      const { answer, decidedBy, model, usage } = await llm.ask({
        purpose: "decide-next-action",
        question,
        schema: DecisionSchema,
        scope,
        signal,
      });
      const by = decidedBy === "cache" ? "cache" : (model ?? "model");
      return { decision: answer, by, tokens: usage.inputTokens + usage.outputTokens };
    };
}
