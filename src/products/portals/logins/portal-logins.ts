import { z } from "zod";
import { waitFor, type Clock, type Logger } from "#kernel";
import {
  LogInFailed,
  SessionStateSchema,
  tidied,
  type Credentials,
  type LogIn,
  type LogInRefusal,
  type SessionState,
} from "#engines/harvest";
import { SecretAltered, SecretKeyLost, type Database, type SecretSeal } from "#platform/storage";
import { LogInNotSet } from "../errors.ts";
import { oneTimeCode, readOneTimeSecret } from "./one-time-codes.ts";
import {
  allowedAgain,
  hintOf,
  isFor,
  mayTry,
  originsFor,
  type PortalLogIn,
  type PortalSecrets,
} from "./portal-login.ts";
import { placeOf, type PortalLoginStore, type StoredLogIn } from "./portal-login-store.ts";
import { keysOf, redactorOf } from "./redactor.ts";

export interface PortalLoginsDeps {
  readonly logins: PortalLoginStore;
  readonly seal: Pick<SecretSeal, "seal" | "open">;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a session is kept at most. */
  readonly sessionMs: number;
  /** Most log-ins of one job: the first, and again where the portal ended the session meanwhile. Default 2. */
  readonly mostPerJob?: number;
}

/** What a person or a client gives for signing in at a portal. */
export interface LogInWish {
  readonly username: string;
  readonly password: string;
  /** Base32 text or an `otpauth://totp` address. */
  readonly totp?: string | undefined;
  /** The page with the form; absent: where the portal sends who is not signed in. */
  readonly loginUrl?: string | undefined;
}

/** What makes us known to a portal, and where it may be shown. Secret. */
export interface KeptSession {
  readonly origins: readonly string[];
  readonly session: SessionState;
}

const Secrets = z.object({ username: z.string(), password: z.string(), otp: z.string().nullable() });
const WAIT_MS = 1_000;

/** Keeps how to sign in at portals: write-only for people, sealed at rest, opened for one try at a time. */
export class PortalLogins {
  readonly #deps: PortalLoginsDeps;

  constructor(deps: PortalLoginsDeps) {
    this.#deps = deps;
  }

  /** Whether a log-in was given that may be used at this address. */
  async isKnownFor(portalId: string, url: string, trx?: Database): Promise<boolean> {
    const login = await this.#deps.logins.find(portalId, trx);
    return login !== null && isFor(login, url);
  }

  /** Null when none was given. Shows nothing secret. */
  async find(portalId: string): Promise<PortalLogIn | null> {
    return await this.#deps.logins.find(portalId);
  }

  /**
   * Takes a log-in for the origin of this address. The same one again changes nothing: what was refused stays refused.
   * @throws BadOneTimeSecret, LogInUnsafeAddress
   */
  async set(
    portal: { id: string; url: string },
    wish: LogInWish,
    { by, trx }: { by: string; trx?: Database },
  ): Promise<PortalLogIn> {
    const { logins, seal, clock } = this.#deps;
    const url = wish.loginUrl ?? null;
    const origins = originsFor(portal.url, url);
    const known = await logins.find(portal.id, trx);
    const given = { username: wish.username, password: wish.password };
    const before = known && this.#openIfPossible(known);
    // A client that sends user name and password with each job says nothing about codes and pages.
    const otp = wish.totp === undefined ? otpOf(before, given) : readOneTimeSecret(wish.totp);
    const isSame = known && before && isEqual(before, { ...given, otp }) && url === known.url;
    if (known && isSame && origins.every((origin) => known.origins.includes(origin))) return known;
    const secrets: PortalSecrets = { ...given, otp };
    const login: StoredLogIn = {
      portalId: portal.id,
      secrets: seal.seal(JSON.stringify(secrets), placeOf(portal.id, "secrets")),
      usernameHint: hintOf(wish.username),
      hasCodes: otp !== null,
      url,
      origins,
      state: { status: "untried" },
      openTries: 0,
      triedAt: null,
      acceptedAt: null,
      session: null,
      hasSession: false,
      sessionUntil: null,
      updatedAt: clock(),
      updatedBy: by,
    };
    await logins.put(login, trx);
    return login;
  }

  /** Signs out and forgets. */
  async remove(portalId: string): Promise<void> {
    if (!(await this.#deps.logins.remove(portalId))) throw new LogInNotSet(portalId);
  }

  /** A person has looked: what was refused may be tried once more. */
  async allowAgain(portalId: string): Promise<void> {
    await this.#deps.logins.change(portalId, (login) => ({ ...login, ...allowedAgain(login) }));
  }

  /** How a job signs in at an address; null where nothing was given for it. A fresh one knows of no earlier session. */
  async accessFor(portalId: string, url: string, { fresh = false } = {}): Promise<LogIn | null> {
    const login = await this.#deps.logins.find(portalId);
    if (!login || !isFor(login, url)) return null;
    return new JobLogIn(login, this.#open(login), fresh ? null : this.#sessionOf(login), this.#deps);
  }

  /** As whom the portal knows us at this address, until the session ends; null while nobody is signed in. */
  async keptSession(portalId: string, url: string): Promise<KeptSession | null> {
    const login = await this.#deps.logins.find(portalId);
    const session = login && isFor(login, url) ? this.#sessionOf(login) : null;
    return login && session && { origins: login.origins, session };
  }

  #sessionOf({ session, sessionUntil, portalId }: StoredLogIn): SessionState | null {
    const { seal, clock } = this.#deps;
    if (session === null || sessionUntil === null || sessionUntil <= clock()) return null;
    try {
      return SessionStateSchema.parse(JSON.parse(seal.open(session, placeOf(portalId, "session"))));
    } catch (error) {
      // Without its session a portal is signed in at anew.
      if (error instanceof SecretKeyLost || error instanceof SecretAltered) return null;
      throw error;
    }
  }

  /** Null where the key is gone: then the log-in has to be given anew, and this is it. */
  #openIfPossible(login: StoredLogIn): PortalSecrets | null {
    try {
      return this.#open(login);
    } catch (error) {
      if (error instanceof SecretKeyLost || error instanceof SecretAltered) return null;
      throw error;
    }
  }

  #open({ secrets, portalId }: StoredLogIn): PortalSecrets {
    return Secrets.parse(JSON.parse(this.#deps.seal.open(secrets, placeOf(portalId, "secrets"))));
  }
}

/** The log-in of one job: counts its tries, and takes turns with other jobs of the portal. */
class JobLogIn implements LogIn {
  readonly origins: readonly string[];
  readonly url: string | null;
  readonly #portalId: string;
  readonly #secrets: PortalSecrets;
  readonly #deps: PortalLoginsDeps;
  #session: SessionState | null;
  #redact: (bytes: Uint8Array) => Uint8Array;
  #begun = 0;

  constructor(login: PortalLogIn, secrets: PortalSecrets, session: SessionState | null, deps: PortalLoginsDeps) {
    this.origins = login.origins;
    this.url = login.url;
    this.#portalId = login.portalId;
    this.#secrets = secrets;
    this.#session = session;
    this.#deps = deps;
    this.#redact = this.#redactor();
  }

  get session(): SessionState | null {
    return this.#session;
  }

  async begin(signal: AbortSignal): Promise<Credentials> {
    const { mostPerJob = 2, clock } = this.#deps;
    if (this.#begun >= mostPerJob) throw new LogInFailed("not_kept");
    while (!(await this.#mayBegin())) await waitFor(WAIT_MS, signal);
    this.#begun += 1;
    const { username, password, otp } = this.#secrets;
    if (otp === null) return { username, password, code: null };
    const claim = (step: number) => this.#deps.logins.claimStep(this.#portalId, step);
    return {
      username,
      password,
      code: (servedAt, until) => oneTimeCode({ secret: otp, clock, servedAt, claim, signal: until }),
    };
  }

  async keep(session: SessionState): Promise<void> {
    const { seal, clock, logins, sessionMs } = this.#deps;
    const now = clock();
    const kept = tidied(session, now, [this.#secrets.password]);
    this.#session = kept;
    this.#redact = this.#redactor();
    const sealed = seal.seal(JSON.stringify(kept), placeOf(this.#portalId, "session"));
    await logins.change(this.#portalId, (login) => ({
      ...login,
      state: { status: "accepted" },
      openTries: 0,
      acceptedAt: now,
      session: sealed,
      sessionUntil: new Date(now.getTime() + sessionMs),
    }));
  }

  async refused(why: LogInRefusal): Promise<void> {
    this.#session = null;
    const { logins, logger } = this.#deps;
    await logins.change(this.#portalId, (login) => ({
      ...login,
      state: { status: "refused", why },
      openTries: 0,
      session: null,
      sessionUntil: null,
    }));
    logger.warn("login.failed", { portalId: this.#portalId, why });
  }

  redacted(bytes: Uint8Array): Uint8Array {
    return this.#redact(bytes);
  }

  /** Of what lets others in: the password and the keys of the session. */
  #redactor(): (bytes: Uint8Array) => Uint8Array {
    return redactorOf([this.#secrets.password, ...(this.#session ? keysOf(this.#session) : [])]);
  }

  /** Writes the try down before it is made: a worker that dies in it leaves it counted. */
  async #mayBegin(): Promise<boolean> {
    const { logins, clock } = this.#deps;
    const now = clock();
    let verdict: "go" | "wait" = "go";
    const login = await logins.change(this.#portalId, (current) => {
      verdict = mayTry(current, now);
      return verdict === "wait" ? current : { ...current, openTries: current.openTries + 1, triedAt: now };
    });
    if (!login) throw new LogInNotSet(this.#portalId);
    return verdict === "go";
  }
}

function isEqual(a: PortalSecrets, b: PortalSecrets): boolean {
  return a.username === b.username && a.password === b.password && a.otp === b.otp;
}

function otpOf(before: PortalSecrets | null, { username }: { username: string }): string | null {
  return before?.username === username ? before.otp : null;
}
