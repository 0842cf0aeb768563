import { deadlineSignal, type Logger } from "#kernel";
import { loadConfig, type Config, type Role } from "#platform/config";
import type { App } from "./create-app.ts";
import { createLogger } from "./pino-logger.ts";

export interface ServeOptions {
  /** Null for each: as configured. */
  roles: readonly string[] | null;
  host: string | null;
  port: number | null;
}

export interface RunningServer {
  /** Null where the process has no api role. */
  readonly url: string | null;
  readonly roles: readonly Role[];
  readonly notices: readonly string[];
  /** Stops within the configured grace and a few seconds; throws when something did not. */
  close(): Promise<void>;
}

/** What a stop may take beyond the grace of running jobs. */
const CLOSING_MS = 15_000;

/** Starts the roles of this process as configured. */
export async function startServer({ roles, host, port }: ServeOptions): Promise<RunningServer> {
  const config = loadConfig({
    overrides: {
      ...(roles === null ? {} : { GLEANER_ROLES: roles.join(",") }),
      ...(host === null ? {} : { API_HOST: host }),
      ...(port === null ? {} : { API_PORT: String(port) }),
    },
  });
  const isWatched = process.stderr.isTTY;
  return serve(config, loggerFor(config, isWatched), { isWatched });
}

/** Starts an app and bounds its end. */
export async function serve(
  config: Config,
  logger: Logger,
  { isWatched = false }: { isWatched?: boolean } = {},
): Promise<RunningServer & { app: App }> {
  const { createApp } = await import("./create-app.ts");
  const app = await createApp({ config, logger, isWatched });
  logger.info("app.started", { roles: config.roles, url: app.url, environment: config.environment });
  return {
    app,
    url: app.url,
    roles: config.roles,
    notices: [...config.notices, ...accessNotice(config, app)],
    async close() {
      logger.info("app.stopping", {});
      await within(config.shutdownGraceMs + CLOSING_MS, app.close());
      logger.info("app.stopped", {});
    },
  };
}

export function loggerFor({ logging }: Config, isTerminal: boolean): Logger {
  const format = logging.format === "auto" ? (isTerminal ? "text" : "json") : logging.format;
  return createLogger({ level: logging.level, format });
}

function accessNotice({ access, server }: Config, { url, needsFirstUser, setUpCode }: App): string[] {
  if (needsFirstUser && setUpCode !== null)
    return [`Nobody can sign in yet. Open ${url}/sign-in and make the first account with this code: ${setUpCode}`];
  if (needsFirstUser)
    return [
      "Nobody can sign in yet. Make the first account on this machine, while the server runs: " +
        "npx gleaner users add NAME --role admin. Programs need keys: npx gleaner keys create --name NAME.",
    ];
  if (access.authEnabled || url === null) return [];
  return [`Authentication is off, because only this machine reaches ${server.host}. AUTH_ENABLED=true switches it on.`];
}

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  const limit = deadlineSignal(limitMs);
  await Promise.race([
    work,
    new Promise((_, reject) => limit.addEventListener("abort", () => reject(limit.reason), { once: true })),
  ]);
}
