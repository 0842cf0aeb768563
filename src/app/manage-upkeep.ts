import { z } from "zod";
import { noTelemetry, silentLogger, systemClock } from "#kernel";
import { loadConfig, type Config } from "#platform/config";
import type { CleanUpReport } from "./clean-up.ts";
import { openStore } from "./open-store.ts";
import { hereOrAtServer } from "./running-server.ts";
import type { RotationReport } from "./seal-rotation.ts";
import { openWorkbench } from "./workbench.ts";

const BY = "command line";

const CleanUpAnswer = z.object({
  dryRun: z.boolean(),
  days: z.number(),
  jobs: z.number(),
  runs: z.number(),
  callbacks: z.number(),
  artifacts: z.number(),
  pictures: z.number(),
  modelCalls: z.number(),
  artifactsKept: z.number(),
});
const RotationAnswer = z.object({
  source: z.enum(["key file", "SECRETS_KEY"]),
  keyId: z.string(),
  resealed: z.number(),
  lost: z.number(),
  olderKeys: z.number(),
});

/** Removes what is old from the configured database and store; where a server holds it, the server does it. */
export function cleanUpStore(options: { days: number | undefined; dryRun: boolean }): Promise<CleanUpReport> {
  const config = loadConfig();
  return hereOrAtServer(
    config,
    () => cleanUpHere(config, options),
    async (api) => CleanUpAnswer.parse(await api.ask("POST", "/api/v1/maintenance/clean-up", options)),
  );
}

/** Changes the key that seals secrets, here or at the server that holds the database. */
export function rotateSeal(options: { finish: boolean }): Promise<RotationReport> {
  const config = loadConfig();
  return hereOrAtServer(
    config,
    () => rotateHere(config, options),
    async (api) => RotationAnswer.parse(await api.ask("POST", "/api/v1/maintenance/rotate-seal", options)),
  );
}

async function cleanUpHere(config: Config, options: { days: number | undefined; dryRun: boolean }) {
  const [{ CleanUp }, { AuditLog }] = await Promise.all([import("./clean-up.ts"), import("#platform/operators")]);
  const workbench = await openWorkbench({ config, logger: silentLogger, telemetry: noTelemetry });
  try {
    const { artifacts, database } = workbench;
    const { db } = database;
    const audit = new AuditLog({ db, clock: systemClock });
    const { retentionDays, scraping } = config;
    const limits = { retentionDays, pictureFolder: scraping.pictures.folder };
    const trade = { clock: systemClock, logger: silentLogger, telemetry: noTelemetry };
    return await new CleanUp({ db, artifacts, audit, ...limits, ...trade }).run({ ...options, by: BY });
  } finally {
    await workbench.close();
  }
}

async function rotateHere(config: Config, { finish }: { finish: boolean }): Promise<RotationReport> {
  const [{ SealRotation, keySourceOf }, { AuditLog }, { SealedDeliveries }, { SealedRunStore }, portals, storage] =
    await Promise.all([
      import("./seal-rotation.ts"),
      import("#platform/operators"),
      import("#platform/delivery"),
      import("#engines/harvest"),
      import("#products/portals"),
      import("#platform/storage"),
    ]);
  const { database, close } = await openStore({ config });
  try {
    const { db } = database;
    const keys = keySourceOf(config);
    const seal = new storage.SecretSeal(await storage.loadKeyRing(keys));
    const audit = new AuditLog({ db, clock: systemClock });
    const parts = { db, seal };
    const holders = [
      new SealedDeliveries(parts),
      new SealedRunStore(parts),
      new portals.SealedLogIns(parts),
      new portals.SealedSubscriptions(parts),
    ];
    return await new SealRotation({ seal, keys, holders, audit, logger: silentLogger }).rotate({ finish, by: BY });
  } finally {
    await close();
  }
}
