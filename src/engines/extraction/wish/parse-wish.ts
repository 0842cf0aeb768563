import type { JsonObject } from "#kernel";
import type { Wish } from "./wish.ts";

/** Reads a wish: "title,closing_date", a JSON Schema (text or object), a list of names, or plain words. */
export function parseWish(_wish: string | JsonObject | readonly string[]): Wish {
  return { fields: [] };
}
