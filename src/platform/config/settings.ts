import { z } from "zod";
import { MAIL_SETTINGS } from "./mail-settings.ts";
import { address, decimal, flag, list, networks, setting, wholeNumber } from "./setting.ts";
import { UPKEEP_SETTINGS } from "./upkeep-settings.ts";

const POSTGRES = ["postgres", "postgresql"];

/** Every variable that Gleaner reads, in the order of .env.example. The one schema; nothing else reads the environment. */
export const Settings = z.object({
  NODE_ENV: setting(z.enum(["production", "development", "test"]).default("production"), {
    group: "Server",
    description: "How the program is being used.",
  }),
  API_HOST: setting(z.string().default("127.0.0.1"), {
    group: "Server",
    aliases: ["HOST"],
    description: "Address to listen on. Anything but a loopback address switches authentication on.",
  }),
  API_PORT: setting(wholeNumber(0, 65_535).prefault("8000"), {
    group: "Server",
    aliases: ["PORT"],
    description: "The one HTTP port; 0 takes any free one.",
  }),
  GLEANER_ROLES: setting(list.prefault("api,scheduler,worker"), {
    group: "Server",
    description: "What this process does: api, scheduler, worker. Several processes need PostgreSQL.",
  }),
  SHUTDOWN_GRACE_MS: setting(wholeNumber(0).prefault("10000"), {
    group: "Server",
    description: "How long a stop waits for running work, in milliseconds, before it is handed back.",
  }),

  AUTH_ENABLED: setting(flag.optional(), {
    group: "Access",
    description: "Demand a sign-in, or an API key. Unset: on, except when bound to loopback only.",
    sample: "true",
  }),
  API_KEY: setting(z.string().min(32, "must have at least 32 characters").optional(), {
    group: "Access",
    aliases: ["BROWSER_AGENT_API_KEY"],
    secret: true,
    description: "A key shared with one client, beside those that `gleaner keys` makes. At least 32 characters.",
    sample: "a-random-text-of-at-least-32-characters",
  }),
  RATE_LIMIT_ENABLED: setting(flag.prefault("true"), { group: "Access", description: "Limit requests per client." }),
  REQUESTS_PER_MINUTE: setting(wholeNumber(1).prefault("60"), {
    group: "Access",
    description: "Requests per minute and client key.",
  }),
  TRUST_PROXY: setting(networks.prefault(""), {
    group: "Access",
    description:
      "Proxies in front of Gleaner, comma-separated: what they say of the client (X-Forwarded-For, -Proto, -Host) is believed. Needed behind TLS, so that cookies are secure and addresses right.",
    sample: "127.0.0.1",
  }),
  SECRETS_KEY: setting(
    z
      .string()
      .regex(/^[0-9a-f]{64}(\s*,\s*[0-9a-f]{64})*$/i, "must be 64 hex digits (openssl rand -hex 32)")
      .optional(),
    {
      group: "Access",
      secret: true,
      description:
        "Key that seals stored secrets: 64 hex digits; after a rotation several, comma-separated, newest first. Unset: secrets.key in the data folder, made once.",
      sample: "64-hex-digits",
    },
  ),

  GLEANER_DATA_DIR: setting(z.string().default(".gleaner"), {
    group: "Storage",
    description: "Folder of the embedded database, local artifacts and the generated secrets key.",
  }),
  DATABASE_URL: setting(address(...POSTGRES).optional(), {
    group: "Storage",
    aliases: ["DB_DSN"],
    secret: true,
    description: "PostgreSQL with pgvector. Unset: PGlite in the data folder, for one process.",
    sample: "postgresql://gleaner:secret@127.0.0.1:5432/gleaner",
  }),
  STORAGE_TYPE: setting(z.enum(["local", "s3"]).default("local"), {
    group: "Storage",
    description: "Where artifacts are kept.",
  }),
  LOCAL_STORAGE_PATH: setting(z.string().optional(), {
    group: "Storage",
    description: "Folder of local artifacts. Unset: artifacts/ in the data folder.",
    sample: "/var/lib/gleaner/artifacts",
  }),
  S3_BUCKET: setting(z.string().optional(), {
    group: "Storage",
    description: "Bucket of the artifacts.",
    sample: "gleaner",
  }),
  S3_ENDPOINT: setting(address("http", "https").optional(), {
    group: "Storage",
    description: "Address of an S3 server other than Amazon's.",
    sample: "http://127.0.0.1:9000",
  }),
  S3_REGION: setting(z.string().default("us-east-1"), { group: "Storage", description: "Region of the bucket." }),
  S3_ACCESS_KEY_ID: setting(z.string().optional(), {
    group: "Storage",
    aliases: ["AWS_ACCESS_KEY_ID"],
    secret: true,
    description: "Who asks. Unset: the identity that the machine has.",
    sample: "gleaner",
  }),
  S3_SECRET_ACCESS_KEY: setting(z.string().optional(), {
    group: "Storage",
    aliases: ["AWS_SECRET_ACCESS_KEY"],
    secret: true,
    description: "The secret that belongs to S3_ACCESS_KEY_ID.",
    sample: "secret",
  }),

  REDIS_URL: setting(address("redis", "rediss").optional(), {
    group: "Cache and signals",
    secret: true,
    description: "Signals between processes. Unset: the database carries them.",
    sample: "redis://127.0.0.1:6379",
  }),
  KAFKA_BROKERS: setting(list.prefault(""), {
    group: "Cache and signals",
    description: "Brokers, comma-separated.",
    later: "the queue runs on the database in this version",
  }),

  EGRESS_ALLOW_HOSTS: setting(list.prefault(""), {
    group: "Egress",
    description: "Hosts (host or host:port, comma-separated) that may be asked although their network is private.",
  }),
  USER_AGENT: setting(z.string().optional(), {
    group: "Egress",
    description: "How Gleaner introduces itself. Unset: its name, version and where to read about it.",
    sample: "Gleaner/0.1 (+https://example.org/contact)",
  }),
  ROBOTS: setting(z.enum(["respect", "ignore"]).default("respect"), {
    group: "Egress",
    description: "What robots.txt means where a portal says nothing else.",
  }),
  EGRESS_CONCURRENCY_PER_HOST: setting(wholeNumber(1, 1000).prefault("4"), {
    group: "Egress",
    description: "Requests to one host at the same time.",
  }),
  EGRESS_TIMEOUT_MS: setting(wholeNumber(100).prefault("30000"), {
    group: "Egress",
    description: "How long one request may take, in milliseconds.",
  }),
  EGRESS_MAX_BYTES: setting(wholeNumber(1024).prefault("33554432"), {
    group: "Egress",
    description: "Largest response that is read, in bytes.",
  }),
  EGRESS_PROXIES: setting(list.prefault(""), {
    group: "Egress",
    secret: true,
    description: "Forward proxies, comma-separated; used in turn while they work.",
    sample: "http://user:secret@proxy.example:3128",
  }),

  BROWSER_TYPE: setting(z.enum(["chromium", "firefox", "webkit"]).default("chromium"), {
    group: "Browser",
    description: "Which browser, where installed.",
  }),
  BROWSER_HEADLESS: setting(flag.prefault("true"), {
    group: "Browser",
    description: "Without a window. With one, a display such as Xvfb must be there.",
  }),
  BROWSER_TIMEOUT: setting(wholeNumber(100).prefault("30000"), {
    group: "Browser",
    description: "How long a page may take to load, in milliseconds.",
  }),
  MAX_CONCURRENT_BROWSERS: setting(wholeNumber(1, 100).prefault("3"), {
    group: "Browser",
    description: "Browsers at the same time.",
  }),
  BROWSER_EXECUTABLE_PATH: setting(z.string().optional(), {
    group: "Browser",
    description: "The browser to start. Unset: Playwright's own, the system's, then the bundled one.",
    sample: "/usr/bin/chromium",
  }),
  BROWSER_CDP_URL: setting(address("http", "https", "ws", "wss").optional(), {
    group: "Browser",
    description: "A browser that runs elsewhere, by its DevTools address.",
    sample: "http://127.0.0.1:9222",
  }),

  MAX_PAGES_PER_PORTAL: setting(wholeNumber(1).prefault("20"), {
    group: "Harvest",
    description: "List pages that a scrape job reads where its request sets no limit.",
  }),
  MAX_ACTIONS_PER_PAGE: setting(wholeNumber(1).prefault("10"), {
    group: "Harvest",
    description: "What the agent may do on one page before it gives up.",
  }),
  DELAY_BETWEEN_ACTIONS: setting(wholeNumber(0).prefault("1000"), {
    group: "Harvest",
    description: "Least time between two requests to one host, in milliseconds.",
  }),
  WALL_WAIT_MINUTES: setting(wholeNumber(0, 240).prefault("10"), {
    group: "Harvest",
    description:
      "How long a job keeps its browser open before a CAPTCHA, challenge or log-in, for a person to clear it in the live view. 0: not at all.",
  }),
  SCREENSHOT_QUALITY: setting(wholeNumber(1, 100).prefault("80"), {
    group: "Harvest",
    description: "JPEG quality of pictures of pages and evidence.",
  }),
  MAX_SCREENSHOT_WIDTH: setting(wholeNumber(320, 3_840).prefault("1280"), {
    group: "Harvest",
    description: "Width of those pictures in pixels; what is wider is drawn smaller.",
  }),
  SAVE_SCREENSHOTS: setting(flag.prefault("false"), {
    group: "Harvest",
    description:
      "Keep a picture of every page that a browser shows, and each as a file too. Off, the steps of a job have those of its first 20 pages.",
  }),
  SCREENSHOT_DIR: setting(z.string().default("./screenshots"), {
    group: "Harvest",
    description: "Where the files go, with SAVE_SCREENSHOTS; those older than RETENTION_DAYS are removed from there.",
  }),

  OCDS_PREFIX: setting(
    z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,60}$/)
      .prefault("unregistered"),
    {
      group: "Harvest",
      description: "Before every ocid of an OCDS export: the prefix that the Open Contracting Partnership gave you.",
    },
  ),
  OCDS_PUBLISHER: setting(z.string().trim().min(1).max(200).prefault("Gleaner"), {
    group: "Harvest",
    description: "Who publishes OCDS exports.",
  }),

  ...UPKEEP_SETTINGS,

  LLM_PROVIDER: setting(
    z.enum(["none", "openai", "google", "gemini", "anthropic", "openai-compatible"]).default("none"),
    { group: "Model", description: "Which model is asked where the analyser is unsure; none asks nobody." },
  ),
  LLM_MODEL: setting(z.string().optional(), {
    group: "Model",
    description: "The model's name. Unset: a current one of the provider.",
    sample: "gpt-4o-mini",
  }),
  LLM_API_KEY: setting(z.string().optional(), {
    group: "Model",
    secret: true,
    description: "The key of LLM_PROVIDER; wins over the provider's own variable.",
    sample: "sk-your-key",
  }),
  LLM_BASE_URL: setting(address("http", "https").optional(), {
    group: "Model",
    description: "Another address of LLM_PROVIDER. openai-compatible needs one.",
    sample: "http://127.0.0.1:11434/v1",
  }),
  OPENAI_API_KEY: setting(z.string().optional(), {
    group: "Model",
    secret: true,
    description: "OpenAI's key.",
    sample: "sk-your-openai-key",
  }),
  GOOGLE_API_KEY: setting(z.string().optional(), {
    group: "Model",
    aliases: ["GEMINI_API_KEY"],
    secret: true,
    description: "Google's key.",
    sample: "your-google-key",
  }),
  ANTHROPIC_API_KEY: setting(z.string().optional(), {
    group: "Model",
    secret: true,
    description: "Anthropic's key.",
    sample: "sk-ant-your-key",
  }),
  LLM_FALLBACKS: setting(list.prefault(""), {
    group: "Model",
    description:
      "Asked in this order when the model before does not answer: provider or provider:model, comma-separated. Keys: as above.",
  }),
  LLM_MAX_TOKENS: setting(wholeNumber(1).prefault("4096"), {
    group: "Model",
    description: "Longest answer, in tokens.",
  }),
  LLM_TEMPERATURE: setting(decimal(2).prefault("0.1"), {
    group: "Model",
    description: "How freely the model answers.",
  }),
  LLM_TIMEOUT_MS: setting(wholeNumber(100).prefault("60000"), {
    group: "Model",
    description: "How long one request to a model may take, in milliseconds.",
  }),
  CACHE_TTL_SECONDS: setting(wholeNumber(0).prefault("3600"), {
    group: "Model",
    aliases: ["LLM_CACHE_SECONDS"],
    description: "How long an answer is given again to the same question about the same page; 0 never.",
  }),
  LLM_BUDGET_JOB_TOKENS: setting(wholeNumber(0).prefault("200000"), {
    group: "Model",
    description: "Most tokens that one job may take; 0: no limit.",
  }),
  LLM_BUDGET_PORTAL_TOKENS: setting(wholeNumber(0).prefault("500000"), {
    group: "Model",
    description: "Most tokens for one portal on one day (UTC); 0: no limit.",
  }),
  LLM_BUDGET_DAY_TOKENS: setting(wholeNumber(0).prefault("5000000"), {
    group: "Model",
    description: "Most tokens for everything on one day (UTC); 0: no limit.",
  }),
  LLM_BUDGET_JOB_USD: setting(decimal(1_000_000).prefault("0"), {
    group: "Model",
    description: "Most US dollars that one job may take; 0: no limit.",
  }),
  LLM_BUDGET_PORTAL_USD: setting(decimal(1_000_000).prefault("0"), {
    group: "Model",
    description: "Most US dollars for one portal on one day (UTC); 0: no limit.",
  }),
  LLM_BUDGET_DAY_USD: setting(decimal(1_000_000).prefault("0"), {
    group: "Model",
    description: "Most US dollars for everything on one day (UTC); 0: no limit.",
  }),
  LLM_PRICE_INPUT: setting(decimal(1_000_000).optional(), {
    group: "Model",
    description:
      "US dollars per million tokens that LLM_PROVIDER is sent. Limits in dollars need it where the price is not known.",
    sample: "0.15",
  }),
  LLM_PRICE_OUTPUT: setting(decimal(1_000_000).optional(), {
    group: "Model",
    description: "US dollars per million tokens that LLM_PROVIDER gives back.",
    sample: "0.60",
  }),

  ...MAIL_SETTINGS,

  CONVEX_URL: setting(address("http", "https").optional(), {
    group: "Convex",
    description: "Deployment that takes results; its host is shown the token of callbacks.",
  }),
  CONVEX_CALLBACK_TOKEN: setting(z.string().optional(), {
    group: "Convex",
    aliases: ["BROWSER_AGENT_CALLBACK_TOKEN"],
    secret: true,
    description:
      "Bearer token of callbacks; shown to the hosts of CONVEX_URL, CALLBACK_HOSTS and EGRESS_ALLOW_HOSTS only.",
    sample: "a-random-token",
  }),
  CALLBACK_SECRET: setting(z.string().optional(), {
    group: "Convex",
    secret: true,
    description: "Key of the HMAC signature on callbacks. Unset: callback.secret in the data folder, made once.",
    sample: "a-random-text",
  }),
  CALLBACK_HOSTS: setting(list.prefault(""), {
    group: "Convex",
    description:
      "Your own hosts (host or host:port, comma-separated): callbacks reach them in private networks and carry the token.",
  }),

  LOG_LEVEL: setting(
    z.preprocess(
      (level) => (typeof level === "string" ? level.toLowerCase() : level),
      z.enum(["debug", "info", "warn", "error"]).default("info"),
    ),
    {
      group: "Logging",
      description: "Least level that is written.",
    },
  ),
  LOG_FORMAT: setting(z.enum(["auto", "json", "text"]).default("auto"), {
    group: "Logging",
    description: "auto: text on a terminal, JSON elsewhere.",
  }),
});

export type SettingName = keyof typeof Settings.shape;
export type SettingValues = z.output<typeof Settings>;
