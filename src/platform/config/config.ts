import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { InvalidConfig } from "./errors.ts";
import { llmSettings, modelNotices, type LlmSettings } from "./models.ts";
import { readSettings, type Environment } from "./read-settings.ts";
import { parseRoles, type Role } from "./roles.ts";
import { smtpSettings, type SmtpConfig } from "./mail.ts";
import type { SettingValues } from "./settings.ts";

export type ArtifactPlace =
  | { kind: "local"; folder: string }
  | {
      kind: "s3";
      bucket: string;
      region: string;
      endpoint: string | null;
      credentials: { accessKeyId: string; secretAccessKey: string } | null;
    };

/** The configuration as the program uses it. Folders are absolute, durations in milliseconds, sizes in bytes. */
export interface Config {
  environment: SettingValues["NODE_ENV"];
  roles: Role[];
  dataFolder: string;
  shutdownGraceMs: number;
  server: { host: string; port: number; loopbackOnly: boolean };
  access: {
    authEnabled: boolean;
    sharedKey: string | null;
    requestsPerMinute: number | null;
    trustedProxies: string[];
  };
  secretsKey: string | null;
  database: { url: string } | { folder: string } | { memory: true };
  artifacts: ArtifactPlace;
  redisUrl: string | null;
  egress: {
    allowHosts: string[];
    /** Servers that are the operator's own: asked without delay. */
    ownHosts: string[];
    userAgent: string | null;
    robots: "respect" | "ignore";
    minDelayMs: number;
    concurrencyPerHost: number;
    timeoutMs: number;
    maxBytes: number;
    proxies: string[];
  };
  browser: {
    type: SettingValues["BROWSER_TYPE"];
    headless: boolean;
    timeoutMs: number;
    maxBrowsers: number;
    executablePath: string | null;
    cdpUrl: string | null;
  };
  scraping: {
    maxPages: number;
    maxActionsPerPage: number;
    /** How long a browser waits at a wall for a person. */
    wallWaitMs: number;
    screenshotQuality: number;
    screenshotWidth: number;
    /** Copies of pictures of pages; older ones are removed from the folder also where none are saved now. */
    pictures: { areSaved: boolean; folder: string };
  };
  schedules: {
    /** Cron expressions; null where switched off. */
    fullRun: string | null;
    retryFailed: string | null;
    stuckCheck: string | null;
    cleanUp: string | null;
    timezone: string;
  };
  pauseAfterFailures: number;
  /** Who publishes OCDS exports. */
  ocds: { prefix: string; name: string };
  /** Confidence below which a person is asked to look at an opportunity. */
  reviewBelow: number;
  retentionDays: number;
  /** `LOGIN_SESSION_HOURS`. */
  loginSessionMs: number;
  callbacks: { bearer: string | null; bearerHosts: string[]; secret: string | null; hosts: string[] };
  /** Null: no e-mail is sent. */
  smtp: SmtpConfig | null;
  /** Where people reach the dashboard, without a slash at the end. */
  publicUrl: string;
  /** Null: no model is asked. */
  llm: LlmSettings | null;
  logging: { level: SettingValues["LOG_LEVEL"]; format: SettingValues["LOG_FORMAT"] };
  /** What an operator should know although nothing is wrong. */
  notices: string[];
}

export interface LoadOptions {
  /** Where .env lies and what relative folders start from. Default: the current folder. */
  folder?: string;
  /** Default: the process's environment. Its variables win over those of .env. */
  environment?: Environment;
  /** Settings that win over both: what the command line says. */
  overrides?: Environment;
}

/** Reads the environment and .env once. Throws `InvalidConfig` that names every wrong variable. */
export function loadConfig(options: LoadOptions = {}): Config {
  const { folder = process.cwd(), environment = process.env, overrides = {} } = options;
  const { values, notices } = readSettings({ ...readEnvFile(join(folder, ".env")), ...environment }, overrides);
  return toConfig(values, [...notices, ...modelNotices(values)], folder);
}

function toConfig(values: SettingValues, notices: string[], folder: string): Config {
  const dataFolder = resolve(folder, values.GLEANER_DATA_DIR);
  const loopbackOnly = isLoopback(values.API_HOST);
  const authEnabled = values.AUTH_ENABLED ?? !loopbackOnly;
  const unlimited = !values.RATE_LIMIT_ENABLED;
  return {
    environment: values.NODE_ENV,
    roles: parseRoles(values.GLEANER_ROLES, "GLEANER_ROLES"),
    dataFolder,
    shutdownGraceMs: values.SHUTDOWN_GRACE_MS,
    server: { host: values.API_HOST, port: values.API_PORT, loopbackOnly },
    access: {
      authEnabled,
      sharedKey: values.API_KEY ?? null,
      requestsPerMinute: unlimited ? null : values.REQUESTS_PER_MINUTE,
      trustedProxies: values.TRUST_PROXY,
    },
    secretsKey: values.SECRETS_KEY ?? null,
    database:
      values.DATABASE_URL === undefined ? { folder: join(dataFolder, "database") } : { url: values.DATABASE_URL },
    artifacts: artifactPlace(values, dataFolder, folder),
    redisUrl: values.REDIS_URL ?? null,
    egress: {
      allowHosts: values.EGRESS_ALLOW_HOSTS,
      ownHosts: [],
      userAgent: values.USER_AGENT ?? null,
      robots: values.ROBOTS,
      minDelayMs: values.DELAY_BETWEEN_ACTIONS,
      concurrencyPerHost: values.EGRESS_CONCURRENCY_PER_HOST,
      timeoutMs: values.EGRESS_TIMEOUT_MS,
      maxBytes: values.EGRESS_MAX_BYTES,
      proxies: values.EGRESS_PROXIES,
    },
    browser: {
      type: values.BROWSER_TYPE,
      headless: values.BROWSER_HEADLESS,
      timeoutMs: values.BROWSER_TIMEOUT,
      maxBrowsers: values.MAX_CONCURRENT_BROWSERS,
      executablePath: values.BROWSER_EXECUTABLE_PATH ?? null,
      cdpUrl: values.BROWSER_CDP_URL ?? null,
    },
    scraping: {
      maxPages: values.MAX_PAGES_PER_PORTAL,
      maxActionsPerPage: values.MAX_ACTIONS_PER_PAGE,
      wallWaitMs: values.WALL_WAIT_MINUTES * 60_000,
      screenshotQuality: values.SCREENSHOT_QUALITY,
      screenshotWidth: values.MAX_SCREENSHOT_WIDTH,
      pictures: { areSaved: values.SAVE_SCREENSHOTS, folder: resolve(folder, values.SCREENSHOT_DIR) },
    },
    schedules: {
      fullRun: values.SCHEDULE_FULL_RUN,
      retryFailed: values.SCHEDULE_RETRY_FAILED,
      stuckCheck: values.SCHEDULE_STUCK_CHECK,
      cleanUp: values.SCHEDULE_CLEAN_UP,
      timezone: values.SCHEDULE_TIMEZONE,
    },
    pauseAfterFailures: values.PAUSE_AFTER_FAILURES,
    reviewBelow: values.REVIEW_BELOW,
    ocds: { prefix: values.OCDS_PREFIX, name: values.OCDS_PUBLISHER },
    retentionDays: values.RETENTION_DAYS,
    loginSessionMs: values.LOGIN_SESSION_HOURS * 3_600_000,
    callbacks: {
      bearer: values.CONVEX_CALLBACK_TOKEN ?? null,
      bearerHosts: bearerHosts(values),
      secret: values.CALLBACK_SECRET ?? null,
      hosts: values.CALLBACK_HOSTS,
    },
    smtp: smtpSettings(values),
    publicUrl: publicUrl(values),
    llm: llmSettings(values),
    logging: { level: values.LOG_LEVEL, format: values.LOG_FORMAT },
    notices,
  };
}

function artifactPlace(values: SettingValues, dataFolder: string, folder: string): ArtifactPlace {
  if (values.STORAGE_TYPE === "local") {
    const own = values.LOCAL_STORAGE_PATH;
    return { kind: "local", folder: own === undefined ? join(dataFolder, "artifacts") : resolve(folder, own) };
  }
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = values;
  const problems = [];
  if (bucket === undefined) problems.push("S3_BUCKET must name a bucket, because STORAGE_TYPE is s3");
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    problems.push("S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set together");
  }
  if (bucket === undefined || problems.length > 0) throw new InvalidConfig(problems);
  return {
    kind: "s3",
    bucket,
    region: values.S3_REGION,
    endpoint: values.S3_ENDPOINT ?? null,
    credentials: accessKeyId !== undefined && secretAccessKey !== undefined ? { accessKeyId, secretAccessKey } : null,
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function readEnvFile(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new InvalidConfig([`${file} cannot be read (${error instanceof Error ? error.message : String(error)})`]);
  }
}

/** The operator's own hosts: a Convex deployment takes calls under a second name. Nobody else is shown the token. */
function bearerHosts({ CALLBACK_HOSTS, EGRESS_ALLOW_HOSTS, CONVEX_URL }: SettingValues): string[] {
  const deployment = CONVEX_URL === undefined ? [] : [new URL(CONVEX_URL).host];
  const actions = deployment.map((host) => host.replace(/\.convex\.cloud$/, ".convex.site"));
  return [...new Set([...CALLBACK_HOSTS, ...EGRESS_ALLOW_HOSTS, ...deployment, ...actions])];
}

/** A host that stands for all of them is reached by the name of this machine. */
function publicUrl({ PUBLIC_URL, API_HOST, API_PORT }: SettingValues): string {
  if (PUBLIC_URL !== undefined) return PUBLIC_URL.replace(/\/+$/, "");
  const host = API_HOST === "0.0.0.0" || API_HOST === "::" ? "localhost" : API_HOST;
  return `http://${host.includes(":") ? `[${host}]` : host}:${API_PORT}`;
}
