import { type z } from "zod";
import { InvalidRequest } from "./errors.ts";
import { pathOfBadText } from "./unstorable-text.ts";

/** A place in a list, as the opaque text that clients give back for the next page. */
export function writePlace(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** @throws InvalidRequest when the text was not made by `writePlace` for this list. */
export function readPlace<Key>(cursor: string, schema: z.ZodType<Key>): Key {
  const value = json(Buffer.from(cursor, "base64url").toString("utf8"));
  const parsed = schema.safeParse(value);
  // What is packed up in a cursor has passed the check of the request's texts unseen.
  if (parsed.success && pathOfBadText(value, "cursor") === null) return parsed.data;
  throw new InvalidRequest([
    { where: "querystring/cursor", what: "Not a cursor of this list. Leave it out to start again." },
  ]);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
