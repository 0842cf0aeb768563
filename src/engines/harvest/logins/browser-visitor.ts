import { SecretNotTyped, type BrowserSession, type SecretKeyboard } from "#engines/browser";
import { parsePage, type LogInForm } from "#engines/extraction";
import { LogInUnsafe } from "./errors.ts";
import { dateOf } from "./http-visitor.ts";
import type { SessionState } from "./session-state.ts";
import type { LogInPage, LogInVisitor, Typed } from "./visitor.ts";

const PAGE_TIMEOUT_MS = 45_000;
/** A server that checks a password takes its time on purpose. */
const ANSWER_MS = 15_000;

/**
 * Types into log-in forms in a browser session of its own, which from then on reaches only the origins that may have the
 * credentials. Nothing of the session goes on but its cookies and local storage.
 */
export class BrowserVisitor implements LogInVisitor {
  readonly transport = "browser";
  readonly #session: BrowserSession;
  readonly #origins: readonly string[];
  readonly #signal: AbortSignal;
  #keyboard: SecretKeyboard | null = null;
  #status = 200;
  #servedAt: Date | null = null;

  constructor({
    session,
    origins,
    signal,
  }: {
    session: BrowserSession;
    origins: readonly string[];
    signal: AbortSignal;
  }) {
    this.#session = session;
    this.#origins = origins;
    this.#signal = signal;
  }

  async open(url: string): Promise<LogInPage> {
    const { status, headers } = await this.#session.goto(url, { timeoutMs: PAGE_TIMEOUT_MS, signal: this.#signal });
    this.#status = status;
    this.#servedAt = dateOf(headers["date"]);
    await this.#session.dismissDialogs({ signal: this.#signal });
    return await this.#look();
  }

  canSend(): boolean {
    return true;
  }

  async send({ username, password, code, button }: LogInForm, typed: Typed): Promise<LogInPage> {
    for (const [field, value] of [
      [username, typed.username],
      [password, typed.password],
      [code, typed.code],
    ] as const)
      if (field && value !== null) await this.#type(field.path, value);
    const last = password ?? code ?? username;
    const options = { signal: this.#signal, changeMs: ANSWER_MS };
    if (button) await this.#session.click({ path: button.path }, options);
    else if (last) await this.#session.press({ path: last.path }, "Enter", options);
    // What the navigation answered is not told; what the page shows is.
    this.#status = 200;
    return await this.#look();
  }

  async session(): Promise<SessionState> {
    return await this.#session.storageState();
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  async #type(path: string, value: string): Promise<void> {
    this.#keyboard ??= await this.#session.confide(this.#origins);
    await this.#keyboard.type(path, value).catch((error: unknown) => {
      throw error instanceof SecretNotTyped ? new LogInUnsafe(error.message) : error;
    });
  }

  async #look(): Promise<LogInPage> {
    await this.#session.waitForQuiet({ signal: this.#signal });
    const { html, url } = await this.#session.snapshot({ signal: this.#signal });
    const bytes = new TextEncoder().encode(html);
    const page = parsePage({ bytes, url, contentType: "text/html; charset=utf-8" });
    return { url, status: this.#status, bytes, page, servedAt: this.#servedAt };
  }
}
