import type { Logger } from "#kernel";
import type { GuardedClient } from "#platform/egress";
import type { BrowserPool, BrowserSession } from "#engines/browser";
import type { HarvestWall, Transport } from "../harvest-request.ts";
import type { LogIn } from "../logins/log-in.ts";
import type { SessionState } from "../logins/session-state.ts";
import { SignIn } from "../logins/sign-in.ts";
import { SignedInSource } from "../logins/signed-in-source.ts";
import type { People } from "../people.ts";
import { attendBeside, cookiesOf } from "../sources/attend-beside.ts";
import { BrowserSource } from "../sources/browser-source.ts";
import { HttpSource } from "../sources/http-source.ts";
import type { PageSource, Pictures } from "../sources/page-source.ts";

/** What the scripts of a page get is kept within these bounds, to look for its records there. */
const ANSWERS = { maxAnswers: 20, maxBytes: 8_000_000 };

export interface ReachOptions {
  readonly egress: GuardedClient;
  readonly browsers: () => Promise<BrowserPool>;
  readonly allowHosts: readonly string[];
  readonly robots: "respect" | "ignore";
  /** The operator's own pace when it is 0. */
  readonly minDelayMs: number;
  readonly pictures: Pictures | null;
  /** Whose browser is shared, where the caller holds one already. */
  readonly beside: BrowserSession | null;
  readonly people: People | null;
  /** Who signs in where the portal asks for it; null: nobody. */
  readonly logIn: LogIn | null;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** How one call reaches the portal: a client with the hosts that this call may open, and browsers on demand. */
export class Reach {
  readonly #options: ReachOptions;
  readonly #client: GuardedClient;
  readonly #signIn: SignIn | null;

  constructor(options: ReachOptions) {
    this.#options = options;
    const { egress, allowHosts, minDelayMs } = options;
    this.#client = allowHosts.length > 0 || minDelayMs > 0 ? egress.forJob({ allowHosts, minDelayMs }) : egress;
    const { logIn } = options;
    this.#signIn = logIn ? new SignIn({ ...options, logIn, client: this.#client }) : null;
  }

  async open(transport: Transport, cookies: string | null = null): Promise<PageSource> {
    const signIn = this.#signIn;
    if (!signIn) return this.#open(transport, cookies, null);
    const open = (session: SessionState | null) => this.#open(transport, null, session);
    const resumed = cookies !== null && transport === "http" ? await this.#open(transport, cookies, null) : null;
    return new SignedInSource({ signIn, transport, open, resumed });
  }

  async #open(transport: Transport, cookies: string | null, signedIn: SessionState | null): Promise<PageSource> {
    const { robots, browsers, allowHosts, pictures, people, beside, signal } = this.#options;
    const client = this.#client;
    const visitor = () => signedIn ?? people?.visitor ?? null;
    const openSession = async (blockResources: boolean): Promise<BrowserSession> => {
      const state = visitor();
      const known = { ...(state ? { storageState: state } : {}), ...(beside ? { beside } : {}) };
      const session = await (
        await browsers()
      ).openSession({ allowHosts, blockResources, json: ANSWERS, signal, ...known });
      people?.onSession(session);
      return session;
    };
    if (transport === "browser") return BrowserSource.open({ openSession, client, robots, pictures, people, signal });
    const state = visitor();
    const welcome = cookies === null && state ? cookiesOf(state) : cookies;
    const attend =
      people?.comeToWalls === true && ((wall: HarvestWall) => attendBeside(wall, () => openSession(false), people));
    return new HttpSource({ client, robots, cookies: welcome, attend });
  }

  /** Closes what was opened for this call only. Sources are closed by those who opened them. */
  async close(): Promise<void> {
    if (this.#client !== this.#options.egress) await this.#client.close();
  }
}
