import { z } from "zod";
import type { JsonValue } from "#kernel";

/** What a process of viewers says to the one that has the job. */
const OrderSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("watch") }),
  z.object({ kind: z.literal("take-over"), question: z.int(), name: z.string() }),
  z.object({ kind: z.literal("give-back") }),
  z.object({
    kind: z.literal("input"),
    input: z.discriminatedUnion("type", [
      z.object({
        type: z.literal("pointer"),
        action: z.enum(["move", "down", "up"]),
        x: z.number(),
        y: z.number(),
        button: z.enum(["left", "middle", "right"]).optional(),
        clicks: z.int().optional(),
      }),
      z.object({ type: z.literal("scroll"), x: z.number(), y: z.number(), dx: z.number(), dy: z.number() }),
      z.object({
        type: z.literal("key"),
        key: z.string(),
        modifiers: z
          .array(z.enum(["Shift", "Control", "Alt", "Meta"]))
          .readonly()
          .optional(),
      }),
      z.object({ type: z.literal("text"), text: z.string() }),
    ]),
  }),
]);
export type Order = z.output<typeof OrderSchema>;

/** What comes back. */
const NewsSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("state"), showing: z.boolean(), url: z.string().nullable(), isDriver: z.boolean() }),
  z.object({ kind: z.literal("frame"), jpeg: z.string() }),
  z.object({
    kind: z.literal("answer"),
    question: z.int(),
    refusal: z.enum(["nothing", "taken"]).nullable(),
    by: z.string(),
  }),
]);
export type News = z.output<typeof NewsSchema>;

/** `number` grows with each message of a sender about a job: what comes late or again is dropped. */
const EnvelopeSchema = z.object({
  jobId: z.string(),
  from: z.string(),
  to: z.string(),
  number: z.int(),
  sealed: z.string(),
});
export type Envelope = z.output<typeof EnvelopeSchema>;

export function readEnvelope(message: JsonValue): Envelope | null {
  return EnvelopeSchema.safeParse(message).data ?? null;
}

export function readOrder(text: string): Order | null {
  return OrderSchema.safeParse(JSON.parse(text)).data ?? null;
}

export function readNews(text: string): News | null {
  return NewsSchema.safeParse(JSON.parse(text)).data ?? null;
}
