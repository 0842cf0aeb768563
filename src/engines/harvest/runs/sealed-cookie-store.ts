import { sql } from "kysely";
import { SecretAltered, SecretKeyLost, type Database, type SecretSeal } from "#platform/storage";
import { cookiePlace } from "./cookie-safe.ts";

/** The cookies of runs that are under way, as a key rotation sees them. */
export class SealedCookieStore {
  readonly #db: Database;
  readonly #seal: SecretSeal;

  constructor({ db, seal }: { db: Database; seal: SecretSeal }) {
    this.#db = db;
    this.#seal = seal;
  }

  /** Puts them under the newest key. A run that writes its checkpoint meanwhile keeps what it wrote. */
  async reseal(): Promise<{ changed: number; lost: number }> {
    const outcome = { changed: 0, lost: 0 };
    const { rows } = await sql<{ id: string; cookies: string }>`
      select id, checkpoint ->> 'cookies' as cookies from harvest_run
      where status = 'running' and checkpoint ->> 'cookies' is not null`.execute(this.#db);
    for (const { id, cookies } of rows) {
      const renewed = this.#renew(id, cookies);
      if (renewed === "lost") outcome.lost += 1;
      if (renewed === "lost" || renewed === null) continue;
      await sql`
        update harvest_run set checkpoint = jsonb_set(checkpoint, '{cookies}', to_jsonb(${renewed.cookies}::text))
        where id = ${id} and checkpoint ->> 'cookies' = ${cookies}`.execute(this.#db);
      outcome.changed += 1;
    }
    return outcome;
  }

  #renew(run: string, cookies: string): { cookies: string } | "lost" | null {
    try {
      const renewed = this.#seal.reseal(cookies, cookiePlace(run));
      return renewed === null ? null : { cookies: renewed };
    } catch (error) {
      if (error instanceof SecretKeyLost || error instanceof SecretAltered) return "lost";
      throw error;
    }
  }
}
