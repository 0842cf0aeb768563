import { randomBytes } from "node:crypto";
import { newId, type Clock } from "#kernel";
import type { Database } from "#platform/storage";
import type { AuditLog } from "../audit-log.ts";
import { PasswordWrong, SignInFailed, SignInTooOften } from "../errors.ts";
import { checkStrength, hashPassword, isPassword } from "./password.ts";
import {
  formatToken,
  hashToken,
  isAlive,
  isToken,
  SESSION_LIMITS,
  TOKEN_BYTES,
  type Session,
  type SessionLimits,
  type SignedIn,
} from "./session.ts";
import { SessionStore } from "./session-store.ts";
import { afterTry, brakesOf, LONGEST_MEMORY_MS, networkOf, type Brake } from "./sign-in-brake.ts";
import { SignInBrakeStore } from "./sign-in-brake-store.ts";
import { actorOf, spellName, type User } from "./user.ts";
import { UserStore } from "./user-store.ts";

/** How exactly the last use is known; each use would otherwise be a write. */
const USE_GRAIN_MS = 60_000;
/** An address from which a person signed in this lately is known. */
const KNOWN_FOR_MS = 30 * 86_400_000;

export interface SessionsDeps {
  db: Database;
  audit: Pick<AuditLog, "record">;
  clock: Clock;
  limits?: SessionLimits;
  /** For tests; the operating system's source by default. */
  random?: (bytes: number) => Uint8Array;
}

/** What a browser is given once, to be sent back with every request. */
export interface StartedSession extends SignedIn {
  readonly token: string;
}

/** People at browsers: they sign in, are recognised, and sign out. */
export class Sessions {
  readonly #users: UserStore;
  readonly #sessions: SessionStore;
  readonly #brakes: SignInBrakeStore;
  readonly #audit: Pick<AuditLog, "record">;
  readonly #clock: Clock;
  readonly #limits: SessionLimits;
  readonly #random: (bytes: number) => Uint8Array;

  constructor({ db, audit, clock, limits = SESSION_LIMITS, random = randomBytes }: SessionsDeps) {
    this.#users = new UserStore(db);
    this.#sessions = new SessionStore(db);
    this.#brakes = new SignInBrakeStore(db);
    this.#audit = audit;
    this.#clock = clock;
    this.#limits = limits;
    this.#random = random;
  }

  /** An unknown name, a wrong password and a disabled account are refused alike. @throws SignInFailed, SignInTooOften */
  async signIn(given: { name: string; password: string; address: string }): Promise<StartedSession> {
    const { address } = given;
    const name = spellName(given.name);
    const brakes = await this.#brake(name, address);
    const found = await this.#users.findByName(name);
    const isRight = await isPassword(given.password, found?.passwordHash ?? null);
    const started = found && isRight ? await this.#start(found.user, found.passwordHash, address) : null;
    if (!started) {
      const subject = found ? { subject: actorOf(found.user) } : {};
      await this.#audit.record({ actor: "anonymous", action: "session.refused", ...subject, details: { address } });
      throw new SignInFailed();
    }
    const now = this.#clock();
    await this.#brakes.release(brakes, now);
    await this.#brakes.forgetBefore(new Date(now.getTime() - LONGEST_MEMORY_MS));
    await this.#sessions.forgetBefore(new Date(now.getTime() - KNOWN_FOR_MS));
    await this.#audit.record({ actor: actorOf(started.user), action: "session.started", details: { address } });
    return started;
  }

  /** Whose token this is; null when it is unknown, or its session has ended or was left alone too long. */
  async authenticate(token: string): Promise<SignedIn | null> {
    if (!isToken(token)) return null;
    const found = await this.#sessions.find(hashToken(token));
    const now = this.#clock();
    if (!found || !isAlive(found.session, this.#limits, now)) return null;
    if (now.getTime() - found.session.seenAt.getTime() >= USE_GRAIN_MS)
      await this.#sessions.seen(found.session.id, now);
    return found;
  }

  async signOut({ session, user }: SignedIn): Promise<void> {
    await this.#sessions.end(session.id, this.#clock());
    await this.#audit.record({ actor: actorOf(user), action: "session.ended" });
  }

  /** Every browser where this person is signed in, the last used first. */
  async ownOf({ user }: SignedIn): Promise<Session[]> {
    const now = this.#clock();
    return (await this.#sessions.listOf(user.id)).filter((session) => isAlive(session, this.#limits, now));
  }

  /** Ends one session of this person, whichever it is, or all but the one that asks. Nobody else's is touched. */
  async endOwn({ session, user }: SignedIn, which: { id: string } | "others"): Promise<void> {
    const chosen = which === "others" ? { but: session.id } : which;
    const ended = await this.#sessions.endOf(user.id, chosen, this.#clock());
    if (ended > 0) await this.#audit.record({ actor: actorOf(user), action: "session.ended", details: { ended } });
  }

  /**
   * A person changes their own password: every session of theirs ends, and a new one begins here.
   * @throws PasswordWrong, PasswordTooWeak, SignInTooOften
   */
  async changePassword(
    { user }: SignedIn,
    { current, next, address }: { current: string; next: string; address: string },
  ): Promise<StartedSession> {
    const brakes = await this.#brake(user.name, address);
    const known = await this.#users.passwordHashOf(user.id);
    if (!(await isPassword(current, known))) throw new PasswordWrong();
    await this.#brakes.release(brakes, this.#clock());
    checkStrength(next, user.name);
    const passwordHash = await hashPassword(next);
    const now = this.#clock();
    const { token, session } = this.#newSession(user.id, address, now);
    await this.#users.oneByOne(async (trx) => {
      await this.#users.savePassword(user.id, passwordHash, now, trx);
      await this.#sessions.endAll(user.id, now, trx);
      await this.#sessions.insert(session, { sha256: hashToken(token) }, trx);
      await this.#audit.record({ actor: actorOf(user), action: "user.password-changed", subject: actorOf(user) }, trx);
    });
    return { token, session, user: { ...user, passwordChangedAt: now } };
  }

  /** Counts the try as failed before the password is looked at. */
  async #brake(name: string, address: string): Promise<Brake[]> {
    const now = this.#clock();
    const since = new Date(now.getTime() - KNOWN_FOR_MS);
    const isKnown = await this.#sessions.knows(name, networkOf(address), since);
    const brakes = brakesOf({ name, address, isKnown });
    const closedUntil = await this.#brakes.take(brakes, now, (rule, before) => afterTry(rule, before, now));
    if (closedUntil) throw new SignInTooOften(Math.ceil((closedUntil.getTime() - now.getTime()) / 1_000));
    return brakes;
  }

  async #start(user: User, passwordHash: string, address: string): Promise<StartedSession | null> {
    const { token, session } = this.#newSession(user.id, address, this.#clock());
    const isStarted = await this.#sessions.start(session, { sha256: hashToken(token) }, passwordHash);
    return isStarted ? { token, session, user: { ...user, lastSignedInAt: session.startedAt } } : null;
  }

  #newSession(userId: string, address: string, now: Date): { token: string; session: Session } {
    const expiresAt = new Date(now.getTime() + this.#limits.absoluteMs);
    const token = formatToken(this.#random(TOKEN_BYTES));
    const session = { id: newId(), userId, startedAt: now, seenAt: now, expiresAt, address: networkOf(address) };
    return { token, session };
  }
}
