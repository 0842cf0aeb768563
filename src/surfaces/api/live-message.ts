import { z } from "zod";

/** A place in the picture: shares of its width and height. */
const place = { x: z.number().min(0).max(1), y: z.number().min(0).max(1) };
const distance = z.number().min(-5_000).max(5_000);

const KEYS = [
  "Enter",
  "Tab",
  "Backspace",
  "Delete",
  "Escape",
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "Space",
  ..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
] as const;

/** What a viewer may send. Input reaches the page only of the one who has taken over. */
export const LiveMessageSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("take-over") }),
  z.strictObject({ type: z.literal("give-back") }),
  z.strictObject({
    type: z.literal("pointer"),
    action: z.enum(["move", "down", "up"]),
    ...place,
    button: z.enum(["left", "middle", "right"]).default("left"),
    clicks: z.int().min(1).max(3).default(1),
  }),
  z.strictObject({ type: z.literal("scroll"), ...place, dx: distance, dy: distance }),
  z.strictObject({
    type: z.literal("key"),
    key: z.string().refine((key) => KEYS.includes(key), "A named key, a letter or a digit"),
    modifiers: z
      .array(z.enum(["Shift", "Control", "Alt", "Meta"]))
      .max(4)
      .default([]),
  }),
  z.strictObject({ type: z.literal("text"), text: z.string().min(1).max(2_000) }),
]);
export type LiveMessage = z.output<typeof LiveMessageSchema>;

/** Null for what is none of these. What was sent is never told again: a person may have typed a password. */
export function readLiveMessage(data: string): LiveMessage | null {
  try {
    return LiveMessageSchema.safeParse(JSON.parse(data)).data ?? null;
  } catch {
    return null;
  }
}
