import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach } from "vitest";
import { AppError, noTelemetry, silentLogger, systemClock } from "#kernel";
import { openArtifacts, type Artifacts } from "#platform/artifacts";
import { GuardedClient } from "#platform/egress";
import { useTestDatabase } from "#platform/storage/testing";
import { SecretSeal, type Database } from "#platform/storage";
import { Harvester, type HarvestedRecord, type HarvesterOptions } from "#engines/harvest";
import { startSite, type LocalSite, type SiteHandler } from "../sites/local-site.ts";

/** Where no browser is meant to be needed, asking for one is a failure that says so. */
class NoBrowserHere extends AppError {
  constructor() {
    super({ kind: "unavailable", code: "browser_not_started", message: "This test has no browser." });
  }
}

export interface TestHarvester {
  readonly harvester: Harvester;
  readonly db: Database;
  readonly artifacts: Artifacts;
  readonly folder: string;
  /** Serves a site until the end of the test. */
  serve(handle: SiteHandler): Promise<LocalSite>;
  recordsOf(run: string): Promise<HarvestedRecord[]>;
}

export function testSeal(): SecretSeal {
  return new SecretSeal([{ id: "0707abcd", bytes: new Uint8Array(32).fill(7) }]);
}

/** A harvester on an empty database and a folder of its own, without pace. */
export async function useHarvester(
  browsers?: HarvesterOptions["browsers"],
  { clock = systemClock }: Partial<Pick<HarvesterOptions, "clock">> = {},
): Promise<TestHarvester> {
  const db = await useTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "gleaner-artifacts-"));
  const artifacts = await openArtifacts({ db, folder });
  const egress = new GuardedClient({ pace: { minDelayMs: 0, concurrency: 16 } });
  const harvester = new Harvester({
    db,
    artifacts,
    egress,
    browsers: browsers ?? (() => Promise.reject(new NoBrowserHere())),
    seal: testSeal(),
    clock,
    logger: silentLogger,
    telemetry: noTelemetry,
  });
  const sites: LocalSite[] = [];
  afterEach(() => Promise.all(sites.splice(0).map((site) => site.close())));
  afterAll(async () => {
    await egress.close();
    await artifacts.close();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    harvester,
    db,
    artifacts,
    folder,
    serve: async (handle) => {
      const site = await startSite(handle);
      sites.push(site);
      return site;
    },
    recordsOf: async (run) => {
      const records: HarvestedRecord[] = [];
      for await (const record of harvester.records(run)) records.push(record);
      return records;
    },
  };
}
