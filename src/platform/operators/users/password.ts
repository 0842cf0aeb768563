import { randomBytes } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import PQueue from "p-queue";
import { PasswordTooWeak, SignInBusy } from "../errors.ts";

/** What OWASP recommends for Argon2id. Each stored hash carries its own, so that these can be raised at any time. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const SHORTEST = 12;
const LONGEST = 200;
const LEAST_DIFFERENT = 5;
const GENERATED_BYTES = 15;

/** Hashing is slow on purpose: more at once, or a longer queue, and signing in would bring the server down. */
const AT_ONCE = 2;
const MOST_WAITING = 100;
const queue = new PQueue({ concurrency: AT_ONCE });

/** Of a password that nobody has: an unknown name takes as long to refuse as a wrong password. */
let decoy: Promise<string> | null = null;

/** Length is what counts (NIST SP 800-63B); what is left out is what guessers try first. @throws PasswordTooWeak */
export function checkStrength(password: string, name: string): void {
  const text = spell(password);
  const characters = new Set(text.toLowerCase());
  const isGuessable = characters.size < LEAST_DIFFERENT || text.toLowerCase().includes(name.toLowerCase());
  if (text.length < SHORTEST || text.length > LONGEST || isGuessable) throw new PasswordTooWeak(SHORTEST);
}

export function hashPassword(password: string): Promise<string> {
  return slowly(() => hash(spell(password), COST));
}

/** Whether the password is the one behind the hash; without a hash it is not, in the same time. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  if (password.length > LONGEST * 2) return false;
  decoy ??= hash(randomBytes(32), COST);
  const expected = passwordHash ?? (await decoy);
  const isRight = await slowly(() => verify(expected, spell(password)));
  return passwordHash !== null && isRight;
}

/** A password for a person to begin with: 120 random bits. */
export function generatePassword(random: (bytes: number) => Uint8Array = randomBytes): string {
  return Buffer.from(random(GENERATED_BYTES)).toString("base64url");
}

/** Keyboards write the same character in several ways. */
function spell(password: string): string {
  return password.normalize("NFKC");
}

async function slowly<T>(work: () => Promise<T>): Promise<T> {
  if (queue.size >= MOST_WAITING) throw new SignInBusy();
  return queue.add(work);
}
