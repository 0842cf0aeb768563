import type { Clock, Logger, Telemetry } from "#kernel";
import type { Artifacts } from "#platform/artifacts";
import type { GuardedClient } from "#platform/egress";
import type { Database } from "#platform/storage";
import type { BrowserPool } from "#engines/browser";
import type { HarvestRequest, HarvestResult, LearnOutcome, LearnRequest } from "./harvest-request.ts";
import type { HarvestedRecord } from "./records/harvested-record.ts";
import type { VerifyOptions, VerifyReport } from "./evidence/verify-report.ts";

export interface HarvesterOptions {
  readonly db: Database;
  readonly artifacts: Artifacts;
  readonly egress: GuardedClient;
  /** Opened on first need; rejects with a clear error where no browser can be had. */
  readonly browsers: () => Promise<BrowserPool>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
  readonly newId?: () => string;
}

/** Learns listings and brings their records home. Lives as long as its stores; closes none of them. */
export class Harvester {
  readonly #options: HarvesterOptions;

  constructor(options: HarvesterOptions) {
    this.#options = options;
  }

  learn(_request: LearnRequest): Promise<LearnOutcome> {
    return Promise.reject(new Error(String(this.#options.clock())));
  }

  harvest(_request: HarvestRequest): Promise<HarvestResult> {
    return Promise.reject(new Error("being built"));
  }

  /** The records of a run in the order they were found, read from the store page by page. */
  records(_run: string): AsyncIterable<HarvestedRecord> {
    throw new Error("being built");
  }

  /** Checks a run from stored bytes alone. */
  verify(_run: string, _options?: VerifyOptions): Promise<VerifyReport> {
    return Promise.reject(new Error("being built"));
  }
}
