import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadConfig } from "./config.ts";
import { renderEnvExample } from "./env-example.ts";
import { factsOf } from "./setting.ts";
import { Settings } from "./settings.ts";

const folder = mkdtempSync(join(tmpdir(), "gleaner-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const load = (environment: Record<string, string>) => loadConfig({ folder, environment });

describe("an empty environment", () => {
  test("gives embedded defaults on loopback without authentication", () => {
    const config = load({});

    expect(config.server).toEqual({ host: "127.0.0.1", port: 8000, loopbackOnly: true });
    expect(config.database).toEqual({ folder: join(folder, ".gleaner", "database") });
    expect(config.artifacts).toEqual({ kind: "local", folder: join(folder, ".gleaner", "artifacts") });
    expect(config.access).toEqual({ authEnabled: false, sharedKey: null, requestsPerMinute: 60, trustedProxies: [] });
    expect(config.roles).toEqual(["api", "scheduler", "worker"]);
    expect(config.notices).toEqual([]);
  });

  test("counts empty variables as unset", () => {
    expect(load({ API_PORT: "", DATABASE_URL: " " })).toEqual(load({}));
  });
});

describe("names", () => {
  test.each([
    ["PORT", "3001"],
    ["API_PORT", "3001"],
  ])("%s sets the port", (name, value) => {
    expect(load({ [name]: value }).server.port).toBe(3001);
  });

  test.each(["DB_DSN", "DATABASE_URL"])("%s sets the database", (name) => {
    const url = "postgresql://scraper:secret@db:5432/chatlogs";

    expect(load({ [name]: url }).database).toEqual({ url });
  });

  test("two names for one thing must agree", () => {
    expect(() => load({ PORT: "1", API_PORT: "2" })).toThrow("API_PORT and PORT are two names for one thing");
    expect(load({ PORT: "1", API_PORT: "1" }).server.port).toBe(1);
  });

  test("every variable of the procurement document is read under its name", () => {
    const documented =
      `NODE_ENV PORT HOST API_KEY BROWSER_HEADLESS BROWSER_TIMEOUT MAX_CONCURRENT_BROWSERS OPENAI_API_KEY
      LLM_MODEL LLM_MAX_TOKENS LLM_TEMPERATURE CONVEX_URL CONVEX_CALLBACK_TOKEN MAX_PAGES_PER_PORTAL MAX_ACTIONS_PER_PAGE
      DELAY_BETWEEN_ACTIONS SCREENSHOT_QUALITY LOG_LEVEL SAVE_SCREENSHOTS SCREENSHOT_DIR`.split(/\s+/);
    const known = Object.entries(Settings.shape).flatMap(([name, schema]) => [name, ...factsOf(schema).aliases]);

    expect(documented.filter((name) => !known.includes(name))).toEqual([]);
  });

  test("no two settings share a name", () => {
    const names = Object.entries(Settings.shape).flatMap(([name, schema]) => [name, ...factsOf(schema).aliases]);

    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});

describe("a wrong value", () => {
  test("is reported with its name, the rule and what was there, all problems at once", () => {
    expect(() => load({ API_PORT: "eighty", MAX_CONCURRENT_BROWSERS: "0", STORAGE_TYPE: "tape" })).toThrow(
      /API_PORT must be a whole number from 0 to 65535, not "eighty"[^]*STORAGE_TYPE must be one of local, s3, not "tape"[^]*MAX_CONCURRENT_BROWSERS must/,
    );
  });

  test("is named as it was given", () => {
    expect(() => load({ PORT: "-1" })).toThrow("PORT must be a whole number");
  });

  test("never shows a secret", () => {
    expect(() => load({ API_KEY: "hunter2" })).toThrow(/^(?![^]*hunter2)[^]*API_KEY must have at least 32 characters/);
    expect(() => load({ DATABASE_URL: "mysql://root:hunter2@db" })).toThrow(/^(?![^]*hunter2)[^]*postgres:\/\//);
  });

  test("in a flag or a list of roles says what may stand there", () => {
    expect(() => load({ BROWSER_HEADLESS: "perhaps" })).toThrow("BROWSER_HEADLESS must be one of true, 1, yes");
    expect(() => load({ GLEANER_ROLES: "api,cook" })).toThrow(
      'GLEANER_ROLES must name some of api, scheduler, worker, not "cook"',
    );
    expect(() => load({ GLEANER_ROLES: "bot" })).toThrow("the role bot, which is not part of this version");
  });
});

test("authentication is on unless only this machine can connect", () => {
  expect(load({ HOST: "0.0.0.0" }).access.authEnabled).toBe(true);
  expect(load({ HOST: "::1" }).access.authEnabled).toBe(false);
  expect(load({ HOST: "0.0.0.0", AUTH_ENABLED: "false" }).access.authEnabled).toBe(false);
  expect(load({ AUTH_ENABLED: "yes" }).access.authEnabled).toBe(true);
});

test("S3 needs a bucket and both halves of its credentials", () => {
  expect(() => load({ STORAGE_TYPE: "s3", S3_ACCESS_KEY_ID: "me" })).toThrow(/S3_BUCKET must[^]*must be set together/);
  expect(
    load({ STORAGE_TYPE: "s3", S3_BUCKET: "pages", S3_ENDPOINT: "http://127.0.0.1:9000" }).artifacts,
  ).toMatchObject({
    bucket: "pages",
    credentials: null,
  });
});

test("a setting whose feature comes later is accepted with a notice", () => {
  expect(load({ KAFKA_BROKERS: "broker:9092" }).notices).toEqual([
    "KAFKA_BROKERS is set, but the queue runs on the database in this version",
  ]);
});

describe("models", () => {
  test("are asked by nobody unless a provider is named, and a lonely key is told of", () => {
    const config = load({ OPENAI_API_KEY: "sk-x" });

    expect(config.llm).toBeNull();
    expect(config.notices).toEqual(["OPENAI_API_KEY is set, but no model is asked while LLM_PROVIDER is none"]);
  });

  test("come in order, each with the key of its provider", () => {
    const { llm, notices } = load({
      LLM_PROVIDER: "openai",
      LLM_API_KEY: "own",
      OPENAI_API_KEY: "general",
      ANTHROPIC_API_KEY: "a",
      LLM_FALLBACKS: "anthropic:claude-haiku-4-5, openai:gpt-4o",
    });

    expect(llm?.models.map(({ provider, model, apiKey }) => [provider, model, apiKey])).toEqual([
      ["openai", null, "own"],
      ["anthropic", "claude-haiku-4-5", "a"],
      ["openai", "gpt-4o", "own"],
    ]);
    expect(llm).toMatchObject({ maxOutputTokens: 4096, temperature: 0.1 });
    expect(notices).toEqual([]);
  });

  test("have budgets in tokens and dollars, 0 for none", () => {
    const { llm } = load({ LLM_PROVIDER: "gemini", LLM_BUDGET_JOB_TOKENS: "0", LLM_BUDGET_DAY_USD: "2.5" });

    expect(llm?.budgets).toMatchObject({ job: { tokens: null, microUsd: null }, day: { microUsd: 2_500_000 } });
  });

  test("have a price of two parts", () => {
    expect(() => load({ LLM_PROVIDER: "openai", LLM_PRICE_INPUT: "1" })).toThrow("must be set together");
  });
});

test(".env is read, and the process wins over it", () => {
  writeFileSync(join(folder, ".env"), "API_PORT=9000\nLOG_LEVEL=DEBUG\n");
  const config = load({ API_PORT: "9001" });
  rmSync(join(folder, ".env"));

  expect(config.server.port).toBe(9001);
  expect(config.logging.level).toBe("debug");
});

test(".env.example equals the schema", () => {
  expect(readFileSync(".env.example", "utf8")).toBe(renderEnvExample());
});

test("the token of callbacks is for the operator's own hosts", () => {
  const environment = { CONVEX_URL: "https://tidy-otter-1.convex.cloud", CALLBACK_HOSTS: "hooks.example:8443" };
  const { callbacks } = loadConfig({ folder: "/nowhere", environment });

  expect(callbacks.bearerHosts).toEqual([
    "hooks.example:8443",
    "tidy-otter-1.convex.cloud",
    "tidy-otter-1.convex.site",
  ]);
});
