import { isUuid, newId, type Clock } from "#kernel";
import type { Database } from "#platform/storage";
import type { AuditLog } from "../audit-log.ts";
import { LastAdmin, SetUpRefused, UserNotFound } from "../errors.ts";
import { checkStrength, hashPassword } from "./password.ts";
import { SessionStore } from "./session-store.ts";
import { actorOf, newName, spellName, type User, type UserRole } from "./user.ts";
import { UserStore } from "./user-store.ts";

export interface UsersDeps {
  db: Database;
  audit: Pick<AuditLog, "record">;
  clock: Clock;
}

export interface NewUser {
  name: string;
  role: UserRole;
  password: string;
}

export interface UserChange {
  role?: UserRole;
  disabled?: boolean;
}

/** Accounts of people: made, listed, changed. They are disabled, never removed. */
export class Users {
  readonly #users: UserStore;
  readonly #sessions: SessionStore;
  readonly #audit: Pick<AuditLog, "record">;
  readonly #clock: Clock;

  constructor({ db, audit, clock }: UsersDeps) {
    this.#users = new UserStore(db);
    this.#sessions = new SessionStore(db);
    this.#audit = audit;
    this.#clock = clock;
  }

  /** @throws BadUserName, PasswordTooWeak, UserExists */
  async add(wanted: NewUser, by: string): Promise<User> {
    const { user, passwordHash } = await this.#prepare(wanted, by);
    await this.#users.oneByOne((trx) => this.#insert(user, passwordHash, trx));
    return user;
  }

  /** The first account, an admin's, made by whoever proved to sit at the server. @throws SetUpRefused when there is one already */
  async addFirst(wanted: Omit<NewUser, "role">): Promise<User> {
    const { user, passwordHash } = await this.#prepare({ ...wanted, role: "admin" }, "set-up");
    await this.#users.oneByOne(async (trx) => {
      if ((await this.#users.count(trx)) > 0) throw new SetUpRefused();
      await this.#insert(user, passwordHash, trx);
    });
    return user;
  }

  list(): Promise<User[]> {
    return this.#users.list();
  }

  count(): Promise<number> {
    return this.#users.count();
  }

  async findByName(name: string): Promise<User | null> {
    return (await this.#users.findByName(spellName(name)))?.user ?? null;
  }

  /** A disabled account's sessions end at once. @throws UserNotFound, LastAdmin */
  async change(id: string, { role, disabled }: UserChange, by: string): Promise<User> {
    this.#checkId(id);
    const now = this.#clock();
    return this.#users.oneByOne(async (trx) => {
      const user = await this.#users.get(id, trx);
      const disabledAt = disabled === undefined ? user.disabledAt : disabled ? (user.disabledAt ?? now) : null;
      const next: User = { ...user, role: role ?? user.role, disabledAt };
      if (isActiveAdmin(user) && !isActiveAdmin(next) && (await this.#users.otherAdmins(id, trx)) === 0)
        throw new LastAdmin(user.name);
      await this.#users.save(next, trx);
      if (disabledAt !== null) await this.#sessions.endAll(id, now, trx);
      for (const { action, details } of changesBetween(user, next))
        await this.#audit.record({ actor: by, action, subject: actorOf(user), details }, trx);
      return next;
    });
  }

  /** For whoever forgot theirs. Every session of the account ends. @throws UserNotFound, PasswordTooWeak */
  async resetPassword(id: string, password: string, by: string): Promise<User> {
    this.#checkId(id);
    const known = await this.#users.find(id);
    if (!known) throw new UserNotFound(id);
    checkStrength(password, known.name);
    const passwordHash = await hashPassword(password);
    const now = this.#clock();
    return this.#users.oneByOne(async (trx) => {
      const user = await this.#users.get(id, trx);
      await this.#users.savePassword(id, passwordHash, now, trx);
      await this.#sessions.endAll(id, now, trx);
      await this.#audit.record({ actor: by, action: "user.password-reset", subject: actorOf(user) }, trx);
      return { ...user, passwordChangedAt: now };
    });
  }

  async #prepare({ name: given, role, password }: NewUser, by: string): Promise<{ user: User; passwordHash: string }> {
    const name = newName(given);
    checkStrength(password, name);
    const passwordHash = await hashPassword(password);
    const now = this.#clock();
    const times = { createdAt: now, passwordChangedAt: now, disabledAt: null, lastSignedInAt: null };
    return { user: { id: newId(), name, role, createdBy: by, ...times }, passwordHash };
  }

  async #insert(user: User, passwordHash: string, trx: Database): Promise<void> {
    await this.#users.insert(user, passwordHash, trx);
    const { createdBy: actor, role } = user;
    await this.#audit.record({ actor, action: "user.added", subject: actorOf(user), details: { role } }, trx);
  }

  #checkId(id: string): void {
    if (!isUuid(id)) throw new UserNotFound(id);
  }
}

function isActiveAdmin({ role, disabledAt }: User): boolean {
  return role === "admin" && disabledAt === null;
}

function changesBetween(old: User, next: User) {
  return [
    ...(old.role === next.role ? [] : [{ action: "user.role-changed", details: { from: old.role, to: next.role } }]),
    ...((old.disabledAt === null) === (next.disabledAt === null)
      ? []
      : [{ action: next.disabledAt === null ? "user.enabled" : "user.disabled", details: {} }]),
  ];
}
