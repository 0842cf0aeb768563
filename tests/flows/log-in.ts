import { LogInFailed, type Credentials, type LogIn, type LogInRefusal, type SessionState } from "#engines/harvest";
import { ACCOUNT } from "../sites/signed-in-lists.ts";

/** A log-in in memory: what a portal product keeps sealed. Counts as one does: the first try, and once again. */
export class MemoryLogIn implements LogIn {
  readonly origins: readonly string[];
  readonly url: string | null;
  session: SessionState | null = null;
  refusal: LogInRefusal | null = null;
  begun = 0;
  readonly #credentials: Credentials;

  constructor(options: { origins: readonly string[]; url?: string; credentials?: Partial<Credentials> }) {
    this.origins = options.origins;
    this.url = options.url ?? null;
    this.#credentials = { ...ACCOUNT, code: null, ...options.credentials };
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
    return bytes;
  }

  async refused(why: LogInRefusal): Promise<void> {
    this.session = null;
    this.refusal = why;
  }
}
