import { sql } from "kysely";
import { resealTexts, type Database, type Resealed, type SecretSeal, type StoredSecret } from "#platform/storage";
import { checkpointPlace } from "./checkpoint-safe.ts";
import { manifestPlace } from "./run-manifest-store.ts";

const RUNS_AT_ONCE = 200;

/** What is sealed of runs, as a key rotation sees it: the checkpoint of one that is under way, the digest of one that ended. */
export class SealedRunStore {
  readonly #db: Database;
  readonly #seal: SecretSeal;

  constructor({ db, seal }: { db: Database; seal: SecretSeal }) {
    this.#db = db;
    this.#seal = seal;
  }

  /** Puts all under the newest key. A run that writes meanwhile keeps what it wrote. */
  reseal(): Promise<Resealed> {
    return resealTexts(this.#seal, this.#stored());
  }

  async *#stored(): AsyncGenerator<StoredSecret> {
    for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
      const { rows } = await sql<{ id: string; manifest: string | null; secrets: string | null }>`
        select id, manifest, checkpoint ->> 'secrets' as secrets from harvest_run
        where id > ${after} and (manifest is not null or checkpoint ->> 'secrets' is not null)
        order by id limit ${RUNS_AT_ONCE}`.execute(this.#db);
      for (const { id, manifest, secrets } of rows) {
        if (manifest !== null) yield this.#manifest(id, manifest);
        if (secrets !== null) yield this.#checkpoint(id, secrets);
      }
      const last = rows.at(-1);
      if (!last || rows.length < RUNS_AT_ONCE) return;
      after = last.id;
    }
  }

  #manifest(run: string, sealed: string): StoredSecret {
    const replace = (renewed: string) =>
      sql`update harvest_run set manifest = ${renewed} where id = ${run} and manifest = ${sealed}`.execute(this.#db);
    return { sealed, place: manifestPlace(run), replace };
  }

  #checkpoint(run: string, sealed: string): StoredSecret {
    const replace = (renewed: string) =>
      sql`update harvest_run set checkpoint = jsonb_set(checkpoint, '{secrets}', to_jsonb(${renewed}::text))
        where id = ${run} and checkpoint ->> 'secrets' = ${sealed}`.execute(this.#db);
    return { sealed, place: checkpointPlace(run), replace };
  }
}
