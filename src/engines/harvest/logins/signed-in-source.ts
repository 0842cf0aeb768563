import { BrowserCrashed } from "#engines/browser";
import type { HarvestWall, Transport } from "../harvest-request.ts";
import { parseFetched } from "../records/read-page.ts";
import type { FetchedPage, PageSource, SeenAnswer, TakeOptions } from "../sources/page-source.ts";
import type { WalkStep } from "../walk/walk-step.ts";
import type { SessionState } from "./session-state.ts";
import type { SignedIn, SignIn } from "./sign-in.ts";
import { asksToSignIn } from "./verdict.ts";

export interface SignedInSourceOptions {
  readonly signIn: SignIn;
  readonly transport: Transport;
  /** A visitor that the portal knows by this; null: a stranger. */
  readonly open: (session: SessionState | null) => Promise<PageSource>;
  /** What was put away for a run that goes on. */
  readonly resumed: PageSource | null;
}

/**
 * A visitor who signs in where the portal asks for it, and goes on with the page it was at. Pages of the log-in itself are
 * never handed on, so that nothing of them is stored.
 */
export class SignedInSource implements PageSource {
  readonly transport: Transport;
  readonly #options: SignedInSourceOptions;
  #source: PageSource | null;
  #session: SessionState | null;
  /** Steps since the last page with an address of its own: a new visitor has to take them again. */
  #trail: WalkStep[] = [];
  #url: string | null = null;
  /** Where a person is needed before anybody can sign in: the tab that was there is closed. */
  #blockedAt: string | null = null;

  constructor(options: SignedInSourceOptions) {
    this.#options = options;
    this.transport = options.transport;
    this.#source = options.resumed;
    this.#session = options.signIn.session;
  }

  async take(step: WalkStep, options: TakeOptions = {}): Promise<FetchedPage> {
    const { signIn } = this.#options;
    if (signIn.isAskedFor && !signIn.session && !this.#source && "url" in step) {
      const wall = await this.#enter(step.url, step);
      if (wall) return wall;
    }
    const fetched = await (await this.#visitor()).take(step, options);
    if (!isSignedOut(fetched)) return this.#note(step, fetched);
    const wall = await this.#enter(pageAt(step, fetched, options), step);
    if (wall) return wall;
    const again = await this.#takeAgain(step, options);
    if (isSignedOut(again)) throw await signIn.notKept();
    return this.#note(step, again);
  }

  /** Somebody who cleared a wall in a browser may have signed in there by hand: then that is the session. */
  async attend(wall: HarvestWall): Promise<boolean> {
    const source = await this.#visitor();
    if (this.transport === "browser" && this.#blockedAt !== null)
      await source.take({ kind: "open", url: this.#blockedAt });
    if (!(await source.attend(wall))) return false;
    const session = await source.session();
    if (session) await this.#options.signIn.keep(session);
    this.#session = this.#options.signIn.session;
    return true;
  }

  async answers(): Promise<SeenAnswer[]> {
    return (await this.#source?.answers?.()) ?? [];
  }

  async cookies(): Promise<string | null> {
    return (await this.#source?.cookies()) ?? null;
  }

  async session(): Promise<SessionState | null> {
    return (await this.#source?.session()) ?? this.#session;
  }

  /** Portals renew what they gave: the last is what the next run starts with. */
  async close(): Promise<void> {
    const source = this.#source;
    this.#source = null;
    if (!source) return;
    const { signIn } = this.#options;
    const last = signIn.session && signIn.session === this.#session ? await sessionOf(source) : null;
    await source.close();
    if (last) await signIn.keep(last);
  }

  async #visitor(): Promise<PageSource> {
    return (this.#source ??= await this.#options.open(this.#session));
  }

  /** Null when signed in; else the page that a person has to look at. */
  async #enter(shownAt: string, step: WalkStep): Promise<FetchedPage | null> {
    const { signIn, transport } = this.#options;
    const stale = this.#session;
    // A browser is given back before another one is asked for: there may be only one.
    await this.#source?.close();
    this.#source = null;
    const signedIn = await signIn.renew({ stale, shownAt, transport });
    this.#blockedAt = signedIn.kind === "wall" ? signedIn.at.url : null;
    if (signedIn.kind === "wall") return wallPage(step, signedIn);
    this.#session = signedIn.session;
    return null;
  }

  async #takeAgain(step: WalkStep, options: TakeOptions): Promise<FetchedPage> {
    const source = await this.#visitor();
    const rest = { ...options, earlier: null };
    if (!isOwnAddress(step) && this.#url !== null) {
      await source.take({ kind: "open", url: this.#url }, rest);
      for (const before of this.#trail) await source.take(before, rest);
    }
    return await source.take(step, rest);
  }

  #note(step: WalkStep, fetched: FetchedPage): FetchedPage {
    if (isOwnAddress(step)) {
      this.#url = fetched.url;
      this.#trail = [];
    } else if (this.#trail.length < MOST_TRAIL) this.#trail.push(step);
    const bytes = this.#options.signIn.redacted(fetched.bytes);
    return bytes === fetched.bytes ? fetched : { ...fetched, bytes, validators: null };
  }
}

const MOST_TRAIL = 500;

/** What asks to sign in: an endpoint shows no form, the page does whose script asks it. */
function pageAt({ kind }: WalkStep, { url }: FetchedPage, { referer }: TakeOptions): string {
  return kind === "request" ? (referer ?? url) : url;
}

/** Needs no page that it stands on. */
function isOwnAddress({ kind }: WalkStep): boolean {
  return kind === "open" || kind === "link" || kind === "request";
}

function isSignedOut(fetched: FetchedPage): boolean {
  return asksToSignIn({ ...fetched, page: parseFetched(fetched) });
}

/** What a source that is about to be closed knows; nothing where its browser is gone. */
async function sessionOf(source: PageSource): Promise<SessionState | null> {
  try {
    return await source.session();
  } catch (error) {
    if (error instanceof BrowserCrashed) return null;
    throw error;
  }
}

function wallPage(step: WalkStep, { wall, at }: Extract<SignedIn, { kind: "wall" }>): FetchedPage {
  return {
    step,
    url: at.url,
    status: at.status,
    bytes: new TextEncoder().encode(`<!doctype html><title>${wall.kind}</title>`),
    mediaType: "text/html; charset=utf-8",
    capturedAt: new Date(),
    durationMs: 0,
    validators: null,
    reusedArtifact: null,
    wall,
  };
}
