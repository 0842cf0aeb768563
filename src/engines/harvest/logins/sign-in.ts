import { AppError, type Logger } from "#kernel";
import type { GuardedClient } from "#platform/egress";
import type { BrowserPool, BrowserSession } from "#engines/browser";
import { NeedsBrowser } from "../errors.ts";
import type { HarvestWall, Transport } from "../harvest-request.ts";
import { BrowserVisitor } from "./browser-visitor.ts";
import { LogInFailed, LogInUnsafe } from "./errors.ts";
import { goThrough } from "./go-through.ts";
import { HttpVisitor } from "./http-visitor.ts";
import type { LogIn } from "./log-in.ts";
import type { SessionState } from "./session-state.ts";
import type { LogInPage, LogInVisitor } from "./visitor.ts";

export interface SignInOptions {
  readonly logIn: LogIn;
  readonly client: GuardedClient;
  readonly browsers: () => Promise<BrowserPool>;
  readonly allowHosts: readonly string[];
  /** Whose browser is shared, where the caller holds one already. */
  readonly beside: BrowserSession | null;
  readonly signal: AbortSignal;
  readonly logger: Logger;
}

/** Signed in, or standing before something that only a person passes. */
export type SignedIn =
  | { readonly kind: "in"; readonly session: SessionState }
  | { readonly kind: "wall"; readonly wall: HarvestWall; readonly at: LogInPage };

/** Signs a call in at its portal. Sources that find themselves signed out at one time share one log-in. */
export class SignIn {
  readonly #options: SignInOptions;
  #underWay: Promise<SignedIn> | null = null;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  get session(): SessionState | null {
    return this.#options.logIn.session;
  }

  /** The operator named the page of the log-in: there is no need to wait until the portal asks. */
  get isAskedFor(): boolean {
    return this.#options.logIn.url !== null;
  }

  keep(session: SessionState): Promise<void> {
    return this.#options.logIn.keep(session);
  }

  redacted(bytes: Uint8Array): Uint8Array {
    return this.#options.logIn.redacted(bytes);
  }

  /** The portal let us in, but not to the page that was asked for. */
  async notKept(): Promise<LogInFailed> {
    await this.#options.logIn.refused("not_kept");
    return new LogInFailed("not_kept");
  }

  /** Logs in unless somebody did so since `stale` was taken. `shownAt`: where the portal asked for it. */
  async renew({ stale, shownAt, transport }: Renewal): Promise<SignedIn> {
    const { session } = this.#options.logIn;
    if (session && session !== stale) return { kind: "in", session };
    this.#underWay ??= this.#signIn(this.#options.logIn.url ?? shownAt, transport).finally(
      () => (this.#underWay = null),
    );
    return await this.#underWay;
  }

  async #signIn(url: string, transport: Transport): Promise<SignedIn> {
    const { logIn, logger } = this.#options;
    const origin = URL.parse(url)?.origin ?? "";
    try {
      const outcome = (transport === "http" ? await this.#overHttp(url) : null) ?? (await this.#inBrowser(url));
      logger.info("login.finished", { origin, outcome: outcome.kind });
      if (outcome.kind === "wall") await logIn.refused("blocked");
      return outcome;
    } catch (error) {
      if (error instanceof LogInFailed || error instanceof LogInUnsafe) await logIn.refused(error.why);
      logger.warn("login.failed", { origin, code: error instanceof AppError ? error.code : "internal" });
      throw error;
    }
  }

  async #overHttp(url: string): Promise<SignedIn | null> {
    const { client, signal } = this.#options;
    return await this.#visit(new HttpVisitor({ client, signal }), url);
  }

  async #inBrowser(url: string): Promise<SignedIn> {
    const { browsers, allowHosts, beside, signal, logIn, client } = this.#options;
    const release = await client.takeTurn({ url, robots: "ignore", signal });
    try {
      const shared = beside ? { beside } : {};
      const session = await (await browsers()).openSession({ allowHosts, blockResources: true, signal, ...shared });
      const done = await this.#visit(new BrowserVisitor({ session, origins: logIn.origins, signal }), url);
      if (!done) throw new NeedsBrowser("The log-in");
      return done;
    } finally {
      release();
    }
  }

  async #visit(visitor: LogInVisitor, url: string): Promise<SignedIn | null> {
    const { logIn, signal } = this.#options;
    try {
      const outcome = await goThrough(visitor, { url, logIn, signal, mayGetSecrets: this.#mayGetSecrets });
      if (outcome.kind === "needs browser") return null;
      if (outcome.kind === "wall") return outcome;
      const session = await visitor.session();
      await logIn.keep(session);
      return { kind: "in", session: logIn.session ?? session };
    } finally {
      await visitor.close();
    }
  }

  readonly #mayGetSecrets = (origin: string): boolean => isSafe(origin, this.#options);
}

/** Whether a secret may go to an origin: one that it was given for, and over https unless the operator opened the host by name. */
export function isSafe(origin: string, { logIn, client, allowHosts }: Safety): boolean {
  if (!logIn.origins.includes(origin)) return false;
  return origin.startsWith("https:") || client.guard.withAllowHosts(allowHosts).isOpened(origin);
}

type Safety = Pick<SignInOptions, "logIn" | "client" | "allowHosts">;

interface Renewal {
  /** What the source that was turned away had. */
  readonly stale: SessionState | null;
  readonly shownAt: string;
  readonly transport: Transport;
}
