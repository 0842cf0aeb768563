import type { Clock, Logger } from "#kernel";
import type { Artifacts } from "#platform/artifacts";
import type { Outbox } from "#platform/delivery";
import type { ApiKeys, Attention, AuditLog, Sessions, SetUpCode, Users } from "#platform/operators";
import type { EvidenceViewer, Harvester } from "#engines/harvest";
import type { OcdsPublisher, Portals } from "#products/portals";

export interface ApiSettings {
  /** Of the program. */
  version: string;
  /** False only when bound to loopback. */
  isAuthRequired: boolean;
  /** `API_KEY`. */
  staticKey?: string | undefined;
  /** Made anew at each start: who can read it beside the database is an admin anyway. */
  localKey?: string | undefined;
  /** `SCREENSHOT_QUALITY`: of JPEGs, 1 to 100. */
  screenshotQuality?: number | undefined;
  /** `REQUESTS_PER_MINUTE`, per client key. */
  requestsPerMinute: number;
  /** Who publishes OCDS exports. */
  ocds?: OcdsPublisher | undefined;
  /** The built dashboard; without it `/` says how to build one. */
  dashboardFolder?: string | undefined;
  /** Behind a proxy that sets `X-Forwarded-For`: its addresses. */
  trustProxy?: string[] | undefined;
  /** A stream that was silent for so long says that it lives, and looks whether its reader still may read. 10 s. */
  streamSilenceMs?: number | undefined;
}

/** How many browsers there are; total is what may be open at most. */
export interface BrowserCount {
  active: number;
  available: number;
  total: number;
}

/** Whether a thing that Gleaner asks works, as far as is known without asking. */
export interface PartHealth {
  status: "ok" | "error";
  lastCallAt?: Date | undefined;
}

/** How the first model does: `open` means that it failed so often that it is left alone for a while. */
export interface ModelHealth {
  circuitBreaker: "closed" | "open" | "half_open";
  lastCallAt: Date | null;
}

/** What an admin may set going beside the time tables. */
export interface Maintenance {
  cleanUp(request: { by: string; days?: number | undefined; dryRun: boolean }): Promise<{
    dryRun: boolean;
    days: number;
    jobs: number;
    runs: number;
    callbacks: number;
    artifacts: number;
    pictures: number;
    modelCalls: number;
    artifactsKept: number;
  }>;
  rotateSeal(request: { by: string; finish: boolean }): Promise<{
    source: "key file" | "SECRETS_KEY";
    keyId: string;
    resealed: number;
    lost: number;
    olderKeys: number;
  }>;
}

/** All that the API stands on. Who wires the program passes it in; the API opens and closes none of it. */
export interface ApiDeps {
  portals: Pick<
    Portals,
    | "registry"
    | "desk"
    | "live"
    | "logins"
    | "catalogue"
    | "documents"
    | "subscriptions"
    | "reviews"
    | "savedViews"
    | "statistics"
    | "health"
    | "heals"
  >;
  harvester: Pick<Harvester, "records" | "verify" | "recipes" | "runs">;
  /** The published JSON Schema of recipes. */
  recipeSchema: () => Record<string, unknown>;
  artifacts: Pick<Artifacts, "get">;
  evidence: Pick<EvidenceViewer, "check" | "page" | "picture">;
  keys: Pick<ApiKeys, "authenticate" | "create" | "list" | "revoke">;
  users: Pick<Users, "add" | "addFirst" | "change" | "count" | "list" | "resetPassword">;
  sessions: Pick<Sessions, "authenticate" | "changePassword" | "endOwn" | "ownOf" | "signIn" | "signOut">;
  /** Printed for whoever started the server; null where nobody watches the terminal, or sign-in is off. */
  setUp: SetUpCode | null;
  audit: Pick<AuditLog, "record" | "list">;
  attention: Pick<Attention, "list" | "find" | "claim" | "giveBack" | "resolve">;
  maintenance: Maintenance;
  metrics: { render: () => Promise<{ contentType: string; text: string }> };
  browsers: () => BrowserCount & { isBroken: boolean };
  /** Callbacks that could not be delivered. */
  deadLetters: Pick<Outbox, "deadLetters" | "redeliver" | "discard">;
  /** The client's side of callbacks. */
  callbacks: () => Promise<PartHealth>;
  /** Null where no model is configured. */
  models: () => ModelHealth | null;
  logger: Logger;
  clock: Clock;
  settings: ApiSettings;
}
