import type { z } from "zod";
import type { JsonObject } from "#kernel";
import { AnswerMalformed, AnswerRefused } from "../errors.ts";
import { estimateTokens } from "../limits/price.ts";
import type { ModelReply, ModelRequest, Turn } from "../providers/model-port.ts";
import { FENCE_RULE, fencePage } from "./fence-page.ts";
import { parseAnswer } from "./parse-answer.ts";
import type { AskRequest } from "./question.ts";

/** How many tokens a request may take on its way in, for budgets and for servers that do not count. */
export function estimateRequest(request: Pick<ModelRequest, "instructions" | "turns" | "schema">): number {
  const { instructions, turns, schema } = request;
  const texts = [instructions, JSON.stringify(schema), ...turns.map(({ text }) => text)].join("\n");
  const pictures = turns.reduce((count, turn) => count + (turn.pictures?.length ?? 0), 0);
  return estimateTokens(texts, pictures);
}

/** The first request of a conversation. `code` marks the fence around the page's words. */
export function firstRequest(
  { purpose, question }: Pick<AskRequest<unknown>, "purpose" | "question">,
  schema: JsonObject,
  code: string,
): Pick<ModelRequest, "instructions" | "turns" | "schema" | "schemaName"> {
  const { instructions, task, page, pictures = [] } = question;
  const text = page === undefined ? task : `${task}\n\n${fencePage(page, code)}`;
  return {
    instructions: `${instructions}\n\n${FENCE_RULE}`,
    turns: [{ role: "user", text, ...(pictures.length === 0 ? {} : { pictures }) }],
    schema,
    schemaName: purpose.replaceAll("-", "_"),
  };
}

/** What a conversation took so far; filled while it runs, so that a failure is billed too. */
export interface Meter {
  requests: number;
  repairs: number;
  inputTokens: number;
  outputTokens: number;
}

export interface ConversationOptions {
  readonly first: ModelRequest;
  readonly maxRepairs: number;
  readonly meter: Meter;
  /** Before each repair: throws when it does not fit the budget any more. */
  readonly beforeRepair: (inputTokens: number) => Promise<void>;
  /** Sends one request, retries included. */
  readonly send: (request: ModelRequest) => Promise<ModelReply>;
}

/**
 * Asks until the answer has its form: a malformed one goes back with what is wrong with it, `maxRepairs` times at most.
 * Throws `llm_answer_refused`, `llm_answer_malformed`, and what `send` throws.
 */
export async function converse<T>(schema: z.ZodType<T>, options: ConversationOptions): Promise<T> {
  const { meter, maxRepairs, first } = options;
  const turns: Turn[] = [...first.turns];
  for (;;) {
    const asked = { ...first, turns: [...turns] };
    const reply = await options.send(asked);
    meter.inputTokens += reply.inputTokens ?? estimateRequest(asked);
    meter.outputTokens += reply.outputTokens ?? estimateTokens(reply.text);
    if (reply.ending === "refused") throw new AnswerRefused();
    const problems = problemsOf(reply, schema);
    if (problems.parsed) return problems.parsed.answer;
    // Asking again would be cut at the same place.
    if (reply.ending === "cut" || meter.repairs >= maxRepairs) throw new AnswerMalformed(problems.found);
    turns.push({ role: "assistant", text: reply.text }, repairTurn(problems.found));
    await options.beforeRepair(estimateRequest({ ...asked, turns }));
    meter.repairs += 1;
  }
}

function problemsOf<T>(
  reply: ModelReply,
  schema: z.ZodType<T>,
): { parsed: { answer: T } | null; found: readonly string[] } {
  if (reply.ending === "cut") return { parsed: null, found: ["it is longer than allowed"] };
  const parsed = parseAnswer(reply.text, schema);
  return parsed.ok ? { parsed, found: [] } : { parsed: null, found: parsed.problems };
}

function repairTurn(problems: readonly string[]): Turn {
  const told = problems.map((problem) => `- ${problem}`).join("\n");
  return {
    role: "user",
    text: `That answer cannot be used:\n${told}\nAnswer the same question again, with one JSON value of the given schema and nothing else.`,
  };
}
