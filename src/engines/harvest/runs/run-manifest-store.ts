import { SecretAltered, SecretKeyLost, type Database, type SecretSeal } from "#platform/storage";
import type { PagesDigest } from "./pages-digest.ts";
import { digestOfRun, type DigestForm } from "./run-digest-store.ts";

/**
 * `unsealed`: the run is under way, or ended before runs were sealed. `removed`: it must have a seal and has none.
 * `unreadable`: the key that sealed it is not here.
 */
export type ManifestState = "intact" | "altered" | "unsealed" | "removed" | "unreadable";

/** Seals runs when they end, so that whoever can write to the database, but has no key, changes none unnoticed. */
export class RunManifestStore {
  readonly #db: Database;
  readonly #seal: Pick<SecretSeal, "seal" | "open">;

  constructor({ db, seal }: { db: Database; seal: Pick<SecretSeal, "seal" | "open"> }) {
    this.#db = db;
    this.#seal = seal;
  }

  /** Seals what the run has now, in the transaction that ends it; `pages` as they were written, where that is known. */
  async put(run: string, trx: Database, pages: PagesDigest | null = null): Promise<void> {
    const digest = await digestOfRun(trx, run, { form: 2, reread: false, pages });
    if (digest === null) return;
    const manifest = this.#seal.seal(`2:${digest}`, manifestPlace(run));
    await trx.updateTable("harvest_run").set({ manifest }).where("id", "=", run).execute();
  }

  async check(run: string): Promise<ManifestState> {
    const query = this.#db.selectFrom("harvest_run").select(["manifest", "status", "predates_seals"]);
    const row = await query.where("id", "=", run).executeTakeFirst();
    if (!row || row.status === "running") return "unsealed";
    const { manifest, predates_seals: predates } = row;
    if (manifest === null) return predates && !(await this.#wereSealed(startOf(run))) ? "unsealed" : "removed";
    try {
      const { form, digest } = sealedDigest(this.#seal.open(manifest, manifestPlace(run)));
      return digest === (await digestOfRun(this.#db, run, { form, reread: true })) ? "intact" : "altered";
    } catch (error) {
      if (error instanceof SecretKeyLost) return "unreadable";
      if (error instanceof SecretAltered) return "altered";
      throw error;
    }
  }

  /** Whether runs were sealed by then already: the mark of an older run is easily set, the seal of another one is not. */
  async #wereSealed(at: Date): Promise<boolean> {
    const query = this.#db.selectFrom("harvest_run").select("id").where("manifest", "is not", null);
    return (await query.where("finished_at", "<", at).limit(1).executeTakeFirst()) !== undefined;
  }
}

/** What was sealed at first had no number before it. */
function sealedDigest(text: string): { readonly form: DigestForm; readonly digest: string } {
  return text.startsWith("2:") ? { form: 2, digest: text.slice(2) } : { form: 1, digest: text };
}

/** The start of a run as its id has it, which nobody changes unnoticed: the run is asked for by it. */
function startOf(run: string): Date {
  return new Date(Number.parseInt(run.replaceAll("-", "").slice(0, 12), 16));
}

/** What the seal binds a run's digest to: that of another run does not open. */
export function manifestPlace(run: string): string {
  return `harvest_run:${run}:manifest`;
}
