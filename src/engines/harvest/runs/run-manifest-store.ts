import { sql } from "kysely";
import { SecretAltered, SecretKeyLost, type Database, type SecretSeal } from "#platform/storage";
import { digestOfRun } from "./run-digest-store.ts";

/** `unsealed`: the run is under way, or an older version made it. `unreadable`: the key that sealed it is not here. */
export type ManifestState = "intact" | "altered" | "unsealed" | "unreadable";

const RUNS_AT_ONCE = 200;

/** Seals runs when they end, so that whoever can write to the database, but has no key, changes none unnoticed. */
export class RunManifestStore {
  readonly #db: Database;
  readonly #seal: Pick<SecretSeal, "seal" | "open">;

  constructor({ db, seal }: { db: Database; seal: Pick<SecretSeal, "seal" | "open"> }) {
    this.#db = db;
    this.#seal = seal;
  }

  /** Seals what the run has now; in the transaction that ends it. */
  async put(run: string, trx: Database): Promise<void> {
    const digest = await digestOfRun(trx, run);
    if (digest === null) return;
    const manifest = this.#seal.seal(digest, placeOf(run));
    await trx.updateTable("harvest_run").set({ manifest }).where("id", "=", run).execute();
  }

  async check(run: string): Promise<ManifestState> {
    const query = this.#db.selectFrom("harvest_run").select("manifest").where("id", "=", run);
    const manifest = (await query.executeTakeFirst())?.manifest ?? null;
    if (manifest === null) return "unsealed";
    try {
      return this.#seal.open(manifest, placeOf(run)) === (await digestOfRun(this.#db, run)) ? "intact" : "altered";
    } catch (error) {
      if (error instanceof SecretKeyLost) return "unreadable";
      if (error instanceof SecretAltered) return "altered";
      throw error;
    }
  }
}

/** The seals of all runs, as a key rotation sees them. */
export class SealedRunStore {
  readonly #db: Database;
  readonly #seal: SecretSeal;

  constructor({ db, seal }: { db: Database; seal: SecretSeal }) {
    this.#db = db;
    this.#seal = seal;
  }

  /** Puts them under the newest key; what they say stays as it was said. */
  async reseal(): Promise<{ changed: number; lost: number }> {
    const outcome = { changed: 0, lost: 0 };
    for (let after = "00000000-0000-0000-0000-000000000000"; ;) {
      const query = this.#db.selectFrom("harvest_run").select(["id", "manifest"]).where("manifest", "is not", null);
      const rows = await query.where("id", ">", after).orderBy("id").limit(RUNS_AT_ONCE).execute();
      for (const { id, manifest } of rows) {
        const renewed = this.#renew(id, manifest ?? "");
        if (renewed === "lost") outcome.lost += 1;
        if (renewed === "lost" || renewed === null) continue;
        await sql`update harvest_run set manifest = ${renewed.manifest} where id = ${id} and manifest = ${manifest}`.execute(
          this.#db,
        );
        outcome.changed += 1;
      }
      const last = rows.at(-1);
      if (!last || rows.length < RUNS_AT_ONCE) return outcome;
      after = last.id;
    }
  }

  #renew(run: string, manifest: string): { manifest: string } | "lost" | null {
    try {
      const renewed = this.#seal.reseal(manifest, placeOf(run));
      return renewed === null ? null : { manifest: renewed };
    } catch (error) {
      if (error instanceof SecretKeyLost || error instanceof SecretAltered) return "lost";
      throw error;
    }
  }
}

/** What the seal binds a run's digest to: that of another run does not open. */
function placeOf(run: string): string {
  return `harvest_run:${run}:manifest`;
}
