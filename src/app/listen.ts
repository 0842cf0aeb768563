import { fileURLToPath } from "node:url";
import type { Clock, Logger } from "#kernel";
import type { Config } from "#platform/config";
import type { Prometheus } from "#platform/metrics";
import type { SetUpCode } from "#platform/operators";
import { recipeJsonSchema } from "#engines/extraction";
import { buildApi } from "#surfaces/api";
import type { Closing } from "./closing.ts";
import type { Desk } from "./create-app.ts";
import { AddressTaken } from "./errors.ts";
import { newLocalKey, noteServer } from "./running-server.ts";
import { VERSION } from "./version.ts";
import type { Workbench } from "./workbench.ts";

/** A callback that died this lately shows in the health report. */
const RECENT_MS = 60 * 60_000;

/** Built by scripts/build-dashboard.mjs; as far from src/app as from dist/app. */
const DASHBOARD = fileURLToPath(new URL("../../dist/web/", import.meta.url));

interface ListenParts extends Desk {
  config: Config;
  logger: Logger;
  clock: Clock;
  metrics: Prometheus;
  workbench: Workbench;
  setUp: SetUpCode | null;
  closing: Closing;
}

/** Builds the API and listens. Returns where; throws `AddressTaken`. */
export async function listen(parts: ListenParts): Promise<string> {
  const { config, logger, clock, metrics, workbench, closing, portals, outbox, keys, audit, attention } = parts;
  const { users, sessions, setUp, cleanUp, sealRotation, models } = parts;
  const { access, server } = config;
  const localKey = newLocalKey();
  const api = await buildApi({
    portals,
    harvester: workbench.harvester,
    recipeSchema: recipeJsonSchema,
    artifacts: workbench.artifacts,
    evidence: workbench.evidence,
    keys,
    users,
    sessions,
    setUp,
    audit,
    attention,
    maintenance: {
      cleanUp: (request) => cleanUp.run(request),
      rotateSeal: (request) => sealRotation.rotate(request),
    },
    metrics,
    browsers: () => browserCount(workbench, config.browser.maxBrowsers),
    deadLetters: outbox,
    callbacks: () => callbackHealth(outbox, clock),
    models: () => models?.() ?? null,
    logger,
    clock,
    settings: {
      version: VERSION,
      isAuthRequired: access.authEnabled,
      localKey,
      screenshotQuality: config.scraping.screenshotQuality,
      dashboardFolder: DASHBOARD,
      ocds: config.ocds,
      ...(access.trustedProxies.length === 0 ? {} : { trustProxy: access.trustedProxies }),
      requestsPerMinute: access.requestsPerMinute ?? Number.MAX_SAFE_INTEGER,
      ...(access.sharedKey === null ? {} : { staticKey: access.sharedKey }),
    },
  });
  closing.add({ close: () => api.close() });
  try {
    const url = await api.listen({ host: server.host, port: server.port });
    closing.add(await noteServer(config.dataFolder, { url, key: localKey }));
    return url;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") {
      throw new AddressTaken(server.host, server.port);
    }
    throw error;
  }
}

/** Browsers start on first need; until then all of them could be had. */
function browserCount({ openBrowsers }: Workbench, most: number) {
  return openBrowsers()?.status() ?? { active: 0, available: most, total: most, isBroken: false };
}

async function callbackHealth(
  outbox: Desk["outbox"],
  clock: Clock,
): Promise<{ status: "ok" | "error"; lastCallAt?: Date }> {
  const [[latest], lastCallAt] = await Promise.all([outbox.deadLetters({ limit: 1 }), outbox.lastEnd()]);
  const diedAt = latest?.diedAt ?? null;
  const failing = diedAt !== null && clock().getTime() - diedAt.getTime() < RECENT_MS;
  return { status: failing ? "error" : "ok", ...(lastCallAt === null ? {} : { lastCallAt }) };
}
