import type { Artifacts } from "#platform/artifacts";
import type { Database } from "#platform/storage";
import { NeededArtifactStore } from "./needed-artifact-store.ts";
import { OldJobStore } from "./old-job-store.ts";

export interface ForgetOptions {
  before: Date;
  dryRun: boolean;
  signal?: AbortSignal | undefined;
}

/** What of portals may go when it is old. Opportunities and their evidence are never among it. */
export class PortalRetention {
  readonly #jobs: OldJobStore;

  /** Makes known to `artifacts` which of them opportunities need. */
  constructor({ db, artifacts }: { db: Database; artifacts: Pick<Artifacts, "registerReferences"> }) {
    this.#jobs = new OldJobStore(db);
    const needed = new NeededArtifactStore(db);
    artifacts.registerReferences((sha256s) => needed.among(sha256s));
  }

  /** Removes jobs that ended before then, but for the newest of each portal. Returns how many. */
  async forgetJobs({ before, dryRun, signal }: ForgetOptions): Promise<number> {
    if (dryRun) return this.#jobs.count(before);
    let removed = 0;
    for (;;) {
      signal?.throwIfAborted();
      const some = await this.#jobs.removeSome(before);
      if (some === 0) return removed;
      removed += some;
    }
  }

  /** Of these jobs, those that are still there. */
  keptJobs(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#jobs.kept(ids);
  }

  /** Of these runs, those that a job points at. */
  neededRuns(runs: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#jobs.neededRuns(runs);
  }
}
