import type { Clock, Counter, Logger, Telemetry } from "#kernel";
import type { Artifacts } from "#platform/artifacts";
import { forgetDeliveries } from "#platform/delivery";
import type { AuditLog } from "#platform/operators";
import type { Database } from "#platform/storage";
import { OldRunStore } from "#engines/harvest";
import { DocumentRetention, PortalRetention, SubscriptionRetention } from "#products/portals";
import { forgetPictures } from "./saved-pictures.ts";

export interface CleanUpDeps {
  db: Database;
  artifacts: Pick<Artifacts, "registerReferences" | "removeOlderThan">;
  audit: Pick<AuditLog, "record">;
  clock: Clock;
  logger: Logger;
  telemetry: Telemetry;
  /** `RETENTION_DAYS`. */
  retentionDays: number;
  /** `SCREENSHOT_DIR`, whether or not pictures are being saved now. */
  pictureFolder: string;
}

export interface CleanUpRequest {
  /** Who wants it, for the audit log. */
  by: string;
  /** Instead of `RETENTION_DAYS`. At least 1. */
  days?: number | undefined;
  /** Only count what would be removed. */
  dryRun?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** What was removed, or would be. Stored pages of runs that would be removed count only once those are gone. */
export interface CleanUpReport {
  dryRun: boolean;
  days: number;
  jobs: number;
  runs: number;
  callbacks: number;
  artifacts: number;
  /** Copies in `SCREENSHOT_DIR`. */
  pictures: number;
  /** Lines of the ledger of questions to models. */
  modelCalls: number;
  /** Old ones that something still points at. */
  artifactsKept: number;
}

const DAY_MS = 86_400_000;

/** Removes what is old, what points first and what is pointed at last. Who creates it uses artifacts of no other cleaner. */
export class CleanUp {
  readonly #deps: CleanUpDeps;
  readonly #portals: PortalRetention;
  readonly #documents: DocumentRetention;
  readonly #runs: OldRunStore;
  readonly #removed: Counter;

  constructor(deps: CleanUpDeps) {
    this.#deps = deps;
    this.#portals = new PortalRetention(deps);
    this.#documents = new DocumentRetention(deps);
    this.#runs = new OldRunStore(deps.db);
    this.#removed = deps.telemetry.counter("gleaner_retention_removed_total", {
      help: "What was removed because it was old, by kind.",
      labels: ["kind"],
    });
  }

  async run({ by, days = this.#deps.retentionDays, dryRun = false, signal }: CleanUpRequest): Promise<CleanUpReport> {
    const { db, artifacts, clock, logger, audit, pictureFolder } = this.#deps;
    const before = new Date(clock().getTime() - days * DAY_MS);
    const needed = (runs: readonly string[]) => this.#portals.neededRuns(runs);
    const jobs = await this.#portals.forgetJobs({ before, dryRun, signal });
    const runs = await this.#runs.forget({ before, dryRun, needed, signal });
    const callbacks = await forgetDeliveries(db, { before, dryRun });
    if (!dryRun) {
      await this.#documents.forgetStrayText();
      await new SubscriptionRetention({ db }).forget(before);
    }
    const bytes = await artifacts.removeOlderThan(days, { dryRun, signal });
    const pictures = await forgetPictures(pictureFolder, { before, dryRun });
    // Loads what speaks to models, which many programs never need.
    const { forgetModelCalls } = await import("#engines/llm");
    const keptJobs = (ids: readonly string[]) => this.#portals.keptJobs(ids);
    const modelCalls = await forgetModelCalls(db, { before, dryRun, keptJobs });
    const removed = { jobs, runs, callbacks, artifacts: bytes.removed, pictures, modelCalls };
    const report = { dryRun, days, ...removed, artifactsKept: bytes.kept };
    if (dryRun) return report;
    for (const [kind, count] of Object.entries(removed)) this.#removed.add(count, { kind });
    logger.info("retention.finished", report);
    await audit.record({ actor: by, action: "retention.cleaned-up", details: { days, ...removed } });
    return report;
  }
}
