import { sha256Hex } from "#kernel";
import type { User } from "./user.ts";

/** How long a session lasts: without being used, and at all. */
export interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

export const SESSION_LIMITS: SessionLimits = { idleMs: 12 * 3_600_000, absoluteMs: 7 * 24 * 3_600_000 };

/** What is known of a session after its birth. Its token is shown to one browser and never stored. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly startedAt: Date;
  /** To the minute. */
  readonly seenAt: Date;
  readonly expiresAt: Date;
  /** Where the person signed in from. */
  readonly address: string;
}

/** A person at a browser. */
export interface SignedIn {
  readonly session: Session;
  readonly user: User;
}

export const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits as text that stands in a cookie. */
export function formatToken(random: Uint8Array): string {
  return Buffer.from(random).toString("base64url");
}

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** A fast hash is enough: 256 random bits cannot be guessed, unlike a password. */
export function hashToken(token: string): string {
  return sha256Hex(token);
}

export function isAlive({ seenAt, expiresAt }: Session, { idleMs }: SessionLimits, now: Date): boolean {
  return now < expiresAt && now.getTime() - seenAt.getTime() < idleMs;
}
