import { createHash } from "node:crypto";
import { v7 } from "uuid";

/** A new UUID v7: unique, and sorted by the time it was made, which keeps indexes local. */
export function newId(): string {
  return v7();
}

/** Whether a text from outside can be asked for as an id at all; a database refuses others with a failure of its own. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** SHA-256 of bytes or UTF-8 text as 64 lower-case hex digits: the name of an artifact. */
export function sha256Hex(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}
