import { createHash } from "node:crypto";
import { BadSecretKey } from "../errors.ts";

export interface SecretKey {
  /** Eight hex digits that tell keys apart and tell nothing of the key. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** Keys that can open secrets. The first one seals. */
export type KeyRing = readonly [SecretKey, ...SecretKey[]];

/** Reads 64 hex digits. `source` is named when they are wrong: the text itself never is. */
export function parseKey(text: string, source: string): SecretKey {
  const trimmed = text.trim();
  if (!/^[0-9a-f]{64}$/i.test(trimmed)) throw new BadSecretKey(source);
  const bytes = Buffer.from(trimmed, "hex");
  const id = createHash("sha256").update("gleaner key id").update(bytes).digest("hex").slice(0, 8);
  return { id, bytes };
}

/** Several keys separated by commas or line ends, newest first; null when there is none. */
export function parseKeys(text: string, source: string): KeyRing | null {
  const [first, ...others] = text
    .split(/[\s,]+/)
    .filter((part) => part !== "")
    .map((part) => parseKey(part, source));
  return first ? [first, ...others] : null;
}
