import { LogInFailed, type Credentials, type LogIn, type LogInRefusal, type SessionState } from "#engines/harvest";
import { keysOf, redactorOf } from "#products/portals/testing";
import { ACCOUNT, codeNow } from "./signed-in-lists.ts";

export interface MemoryLogInOptions {
  readonly origins: readonly string[];
  readonly url?: string;
  readonly password?: string;
  /** Whoever signs in can make one-time codes. */
  readonly hasCodes?: boolean;
  /** Types this one, whatever the time. */
  readonly code?: string;
}

/** A log-in in memory: what a portal product keeps sealed. Counts as one does: the first try, and once again. */
export class MemoryLogIn implements LogIn {
  readonly origins: readonly string[];
  readonly url: string | null;
  session: SessionState | null = null;
  refusal: LogInRefusal | null = null;
  begun = 0;
  readonly #credentials: Credentials;

  constructor({ origins, url, password = ACCOUNT.password, hasCodes = false, code }: MemoryLogInOptions) {
    this.origins = origins;
    this.url = url ?? null;
    this.#credentials = {
      ...ACCOUNT,
      password,
      code: hasCodes || code !== undefined ? async () => code ?? codeNow() : null,
    };
  }

  async begin(): Promise<Credentials> {
    if (this.refusal !== null || this.begun >= 2) throw new LogInFailed("not_kept");
    this.begun += 1;
    return this.#credentials;
  }

  async keep(session: SessionState): Promise<void> {
    this.session = session;
  }

  redacted(bytes: Uint8Array): Uint8Array {
    return redactorOf([this.#credentials.password, ...(this.session ? keysOf(this.session) : [])])(bytes);
  }

  async refused(why: LogInRefusal): Promise<void> {
    this.session = null;
    this.refusal = why;
  }
}
