import { sha256Hex } from "#kernel";
import type { Role } from "./role.ts";

/** What is known of a key after its birth. The key itself is shown once and never stored. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  /** The first characters, for people to tell keys apart. */
  readonly prefix: string;
  readonly role: Role;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

export const KEY_BYTES = 32;
const MARK = "glk_";
const PREFIX_LENGTH = MARK.length + 8;
const KEY = /^glk_[A-Za-z0-9_-]{43}$/;

/** Writes 256 random bits as a key that a person, and a scanner for leaked keys, recognises as ours. */
export function formatKey(random: Uint8Array): string {
  return MARK + Buffer.from(random).toString("base64url");
}

export function isKey(text: string): boolean {
  return KEY.test(text);
}

export function prefixOf(key: string): string {
  return key.slice(0, PREFIX_LENGTH);
}

/** A fast hash is enough: 256 random bits cannot be guessed, unlike a password. */
export function hashKey(key: string): string {
  return sha256Hex(key);
}

export type KeyState = "active" | "expired" | "revoked";

export function stateOf({ revokedAt, expiresAt }: ApiKey, now: Date): KeyState {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "active";
}
