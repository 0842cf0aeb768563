import { BadUserName } from "../errors.ts";
import type { Role } from "../role.ts";

/** People have every role but that of bots. */
export const USER_ROLES = ["viewer", "operator", "admin"] as const satisfies readonly Role[];

export type UserRole = (typeof USER_ROLES)[number];

/** A person who may sign in. Accounts are disabled, never removed: the audit log names them for ever. */
export interface User {
  readonly id: string;
  /** A name or an e-mail address, in lower case; it never changes. */
  readonly name: string;
  readonly role: UserRole;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly passwordChangedAt: Date;
  readonly disabledAt: Date | null;
  readonly lastSignedInAt: Date | null;
}

const LONGEST_NAME = 200;

/** How a person is named in the audit log, and as the owner of a matter. */
export function actorOf(user: Pick<User, "name">): string {
  return `user:${user.name}`;
}

/** One spelling for what people type in many: "Ada@Example.org " is "ada@example.org". */
export function spellName(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

/** The name of a new account. @throws BadUserName */
export function newName(text: string): string {
  const name = spellName(text);
  if (name === "" || name.length > LONGEST_NAME || /[\s\p{C}]/u.test(name)) throw new BadUserName();
  return name;
}
