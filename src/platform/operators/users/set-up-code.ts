import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const BYTES = 16;

/**
 * A code for the terminal of whoever started the server: it makes the first account, an admin's, and nothing else. It lives as
 * long as the process, in its memory only, and is useless as soon as there is an account.
 */
export class SetUpCode {
  readonly code: string;

  constructor(random: (bytes: number) => Uint8Array = randomBytes) {
    this.code = Buffer.from(random(BYTES))
      .toString("hex")
      .replace(/(.{8})(?=.)/g, "$1-");
  }

  /** Compares in the same time whatever differs, also the length. */
  matches(given: string): boolean {
    return timingSafeEqual(digest(given.trim().toLowerCase()), digest(this.code));
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
