import type { Logger } from "#kernel";
import { SecretAltered, SecretKeyLost, type SecretSeal } from "#platform/storage";

/** Puts a run's cookies away for its checkpoint: whoever reads the database gets no session. */
export class CookieSafe {
  readonly #seal: Pick<SecretSeal, "seal" | "open">;
  readonly #logger: Logger;
  readonly #run: string;

  constructor({ seal, logger, run }: { seal: Pick<SecretSeal, "seal" | "open">; logger: Logger; run: string }) {
    this.#seal = seal;
    this.#logger = logger;
    this.#run = run;
  }

  put(cookies: string | null): string | null {
    return cookies === null ? null : this.#seal.seal(cookies, this.#place());
  }

  /** Null where the key is gone or the text is no longer ours: the run goes on as a new visitor. */
  take(sealed: string | null): string | null {
    if (sealed === null) return null;
    try {
      return this.#seal.open(sealed, this.#place());
    } catch (err) {
      if (!(err instanceof SecretKeyLost) && !(err instanceof SecretAltered)) throw err;
      this.#logger.warn("harvest.cookies_lost", { run: this.#run, code: err.code });
      return null;
    }
  }

  #place(): string {
    return cookiePlace(this.#run);
  }
}

/** What the seal binds a run's cookies to. */
export function cookiePlace(run: string): string {
  return `harvest_run:${run}:cookies`;
}
