import { z } from "zod";
import type { JsonValue } from "#kernel";

const json: z.ZodType<JsonValue> = z.json();
const message = z.object({ topic: z.string(), payload: json.optional(), row: z.number().int().optional() });

/** What travels: the payload itself, or the number of the row that holds it. */
export type SignalMessage = z.infer<typeof message>;

/** Null for what is not ours: anybody who may use the channel may write to it. */
export function readMessage(text: string): SignalMessage | null {
  const parsed = message.safeParse(parse(text));
  return parsed.success ? parsed.data : null;
}

export function readPayload(text: string): JsonValue | undefined {
  return json.safeParse(parse(text)).data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
