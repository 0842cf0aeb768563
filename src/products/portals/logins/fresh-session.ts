import { AppError } from "#kernel";
import type { Harvester } from "#engines/harvest";
import type { Portal } from "../portals/portal.ts";
import type { KeptSession, PortalLogins } from "./portal-logins.ts";

export interface FreshSessionDeps {
  readonly logins: Pick<PortalLogins, "accessFor" | "keptSession">;
  readonly harvester: Pick<Harvester, "tryLogIn">;
}

/**
 * Signs in once more where a session has ended. Null where no log-in is known, nobody is to sign in, or the portal does not
 * let us in: then the log-in says why.
 */
export async function freshSession(
  { id, url, robots, configuration }: Portal,
  { logins, harvester }: FreshSessionDeps,
  signal: AbortSignal,
): Promise<KeptSession | null> {
  const logIn = configuration.requiresAuth === false ? null : await logins.accessFor(id, url, { fresh: true });
  if (!logIn) return null;
  try {
    await harvester.tryLogIn({ url, robots, minDelayMs: configuration.rateLimit ?? 0, logIn, signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return null;
  }
  return await logins.keptSession(id, url);
}
