import { AppError } from "#kernel";
import type { Harvester } from "#engines/harvest";
import type { Portal } from "../portals/portal.ts";
import { LogInElsewhere, LogInNotSet } from "../errors.ts";
import type { PortalLogIn } from "./portal-login.ts";
import type { LogInWish, PortalLogins } from "./portal-logins.ts";

export interface LogInDeskDeps {
  readonly portals: { get(id: string): Promise<Portal> };
  readonly logins: PortalLogins;
  readonly harvester: Pick<Harvester, "tryLogIn">;
}

/** How a log-in went that a person tried out. */
export interface LogInReport {
  readonly outcome: "signed_in" | "not_asked" | "needs_person" | "failed";
  /** For the person. */
  readonly message: string;
  /** Of the error behind `failed`. */
  readonly code: string | null;
  /** Of the list behind the log-in; 0 where none was found. */
  readonly records: number;
}

/** Where people give, look at, try out and take back log-ins of portals. */
export class LogInDesk {
  readonly #deps: LogInDeskDeps;

  constructor(deps: LogInDeskDeps) {
    this.#deps = deps;
  }

  /** @throws PortalNotFound, LogInNotSet */
  async get(portalId: string): Promise<PortalLogIn> {
    const { portals, logins } = this.#deps;
    await portals.get(portalId);
    const login = await logins.find(portalId);
    if (!login) throw new LogInNotSet(portalId);
    return login;
  }

  /** @throws PortalNotFound, BadOneTimeSecret, LogInUnsafeAddress */
  async set(portalId: string, wish: LogInWish, by: string): Promise<PortalLogIn> {
    const { portals, logins } = this.#deps;
    return await logins.set(await portals.get(portalId), wish, { by });
  }

  remove(portalId: string): Promise<void> {
    return this.#deps.logins.remove(portalId);
  }

  /** Signs in once, as nobody the portal knows. Counts as a person's word that a refused log-in may be tried again. */
  async test(portalId: string, signal: AbortSignal): Promise<LogInReport> {
    const { portals, logins, harvester } = this.#deps;
    const { url, robots, configuration } = await portals.get(portalId);
    await this.get(portalId);
    const logIn = await logins.accessFor(portalId, url, { fresh: true });
    if (!logIn) throw new LogInElsewhere(portalId);
    await logins.allowAgain(portalId);
    try {
      const minDelayMs = configuration.rateLimit ?? 0;
      const { isSignedIn, records, wall } = await harvester.tryLogIn({ url, robots, minDelayMs, logIn, signal });
      if (wall) return { outcome: "needs_person", message: wall.message, code: null, records };
      return isSignedIn
        ? { outcome: "signed_in", message: signedIn(records), code: null, records }
        : { outcome: "not_asked", message: NOT_ASKED, code: null, records };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { outcome: "failed", message: error.message, code: error.code, records: 0 };
    }
  }
}

const NOT_ASKED =
  "The portal showed its page without asking to sign in. If it should have asked, give the log-in page's address.";

function signedIn(records: number): string {
  return records > 0
    ? `Signed in. The page behind holds a list of ${records}.`
    : "Signed in. The page behind holds no list.";
}
