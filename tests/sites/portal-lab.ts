import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noTelemetry, silentLogger, systemClock } from "#kernel";
import { BrowserPool } from "#engines/browser";
import { Harvester } from "#engines/harvest";
import { openArtifacts } from "#platform/artifacts";
import { AddressGuard, GuardedClient } from "#platform/egress";
import { SecretSeal } from "#platform/storage";
import { openPrepared } from "#platform/storage/testing";

export interface PortalLab {
  readonly harvester: Harvester;
  readonly pool: BrowserPool;
  close(): Promise<void>;
}

/** A harvester with a browser on an empty database, without pace; for tests and for measuring. */
export async function openPortalLab(): Promise<PortalLab> {
  const folder = await mkdtemp(join(tmpdir(), "gleaner-portals-"));
  const { db, close } = await openPrepared();
  const artifacts = await openArtifacts({ db, folder });
  const egress = new GuardedClient({ pace: { minDelayMs: 0, concurrency: 16 } });
  const pool = new BrowserPool({ guard: new AddressGuard({}) });
  const harvester = new Harvester({
    db,
    artifacts,
    egress,
    browsers: async () => pool,
    seal: new SecretSeal([{ id: "0707abcd", bytes: new Uint8Array(32).fill(7) }]),
    clock: systemClock,
    logger: silentLogger,
    telemetry: noTelemetry,
  });
  return {
    harvester,
    pool,
    close: async () => {
      await pool.close();
      await egress.close();
      await artifacts.close();
      await close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
