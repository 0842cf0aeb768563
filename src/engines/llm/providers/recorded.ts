import { readFileSync } from "node:fs";
import { z } from "zod";
import { BadDialogue, NotRecorded } from "../errors.ts";
import { defineProvider, type ProviderDefinition } from "./define-provider.ts";
import type { ModelPort, ModelReply, ModelRequest } from "./model-port.ts";

const Answer = z.object({
  text: z.string(),
  ending: z.enum(["whole", "cut", "refused"]).default("whole"),
  inputTokens: z.number().int().nonnegative().nullable().default(0),
  outputTokens: z.number().int().nonnegative().nullable().default(0),
});

/** Answers by question hash; several where the first had to be repaired. */
export const DialogueSchema = z.object({
  format: z.literal(1),
  answers: z.record(z.string().regex(/^[0-9a-f]{64}$/), z.array(Answer).min(1)),
});

export type Dialogue = z.output<typeof DialogueSchema>;

/** Reads a dialogue file. Throws `llm_bad_dialogue`. */
export function readDialogue(file: string): Dialogue {
  try {
    return DialogueSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new BadDialogue(file);
  }
}

/**
 * A provider whose answers were written down. The same question gets the same answer every time; one that is not in the
 * dialogue fails with `llm_not_recorded`.
 */
export function recorded(dialogue: Dialogue, name = "recorded"): ProviderDefinition {
  return defineProvider({ name, defaultModel: "dialogue", open: () => new RecordedModel(dialogue) });
}

class RecordedModel implements ModelPort {
  readonly #dialogue: Dialogue;

  constructor(dialogue: Dialogue) {
    this.#dialogue = dialogue;
  }

  reply({ questionHash, turns }: ModelRequest): Promise<ModelReply> {
    const round = turns.filter(({ role }) => role === "assistant").length;
    const answer = this.#dialogue.answers[questionHash]?.[round];
    return answer ? Promise.resolve(answer) : Promise.reject(new NotRecorded(questionHash, round));
  }
}

/** Writes down what another model answers, to be replayed with `recorded`. */
export function recording(port: ModelPort, dialogue: Dialogue): ModelPort {
  return {
    async reply(request, signal) {
      const reply = await port.reply(request, signal);
      const round = request.turns.filter(({ role }) => role === "assistant").length;
      const earlier = dialogue.answers[request.questionHash] ?? [];
      dialogue.answers[request.questionHash] = [...earlier.slice(0, round), { ...reply }];
      return reply;
    },
  };
}
