import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { z } from "zod";
import { noTelemetry, type JsonObject } from "#kernel";
import { loadConfig, type Config } from "#platform/config";
import { parseWish, upgradeRecipe, type AskedInput, type Recipe, type Wish } from "#engines/extraction";
import type { HarvestedRecord, HarvestRequest, HarvestResult, LearnOutcome, OnHarvestProgress } from "#engines/harvest";
import { FileUnreadable } from "./errors.ts";
import { createLogger } from "./pino-logger.ts";
import { readAddresses } from "./read-addresses.ts";
import { hereOrAtServer } from "./running-server.ts";
import { openWorkbench, type Workbench, type WorkbenchOptions } from "./workbench.ts";

/** How a source is asked; shared by learning and harvesting. */
export interface ReachOptions {
  allowHosts: readonly string[];
  transport: "auto" | "http" | "browser";
  embedded: boolean;
  details: boolean;
  robots?: "respect" | "ignore";
  wish?: { fields: readonly string[]; text?: string; schemaFile?: string };
  /** Least time between two requests to one host, in milliseconds. Default: as configured. */
  minDelayMs?: number;
  /** What the search form before the list is asked. */
  inputs?: readonly AskedInput[];
}

interface CommandOptions extends ReachOptions {
  /** Null: as configured. */
  dataFolder: string | null;
  saveRecipeTo: string | null;
  signal: AbortSignal;
  /** Told what the person should know before the work begins. */
  onNotice: (notice: string) => void;
  onProgress: OnHarvestProgress;
}

/** List pages that are known beforehand, and how many of them are read. */
type Listed = NonNullable<WorkbenchOptions["listed"]>;

export interface LearnSourceOptions extends CommandOptions {
  url: string;
}

export interface HarvestSourceOptions extends CommandOptions {
  /** One of `url`, `recipe` (a file or an id), `resume` (a run) and `addresses`, which also goes with the first two. */
  url: string | null;
  recipe: string | null;
  resume: string | null;
  /** A file with the addresses of list pages. */
  addresses: string | null;
  evidence: boolean;
  maxPages?: number;
  maxMs?: number;
  concurrency?: number;
}

const Findings = z
  .array(z.object({ record: z.string(), field: z.string(), reason: z.string(), message: z.string() }))
  .readonly();

/** A `VerifyReport` that may have come from a server. */
const VerifiedRun = z.object({
  run: z.string(),
  ok: z.boolean(),
  program: z.object({ run: z.string().nullable(), now: z.string() }),
  recipeVersion: z.int().nullable(),
  checked: z.int(),
  records: z.int(),
  pages: z.int(),
  sealed: z.boolean(),
  failures: z.int(),
  failed: Findings,
  differences: z.int(),
  differs: Findings,
});
export type VerifiedRun = z.infer<typeof VerifiedRun>;

export interface FinishedHarvest extends AsyncDisposable {
  readonly result: HarvestResult;
  readonly records: () => AsyncIterable<HarvestedRecord>;
}

/** Learns a listing with the configured stores, and closes them again. */
export async function learnSource(options: LearnSourceOptions): Promise<LearnOutcome> {
  const workbench = await openFor(options);
  try {
    const outcome = await workbench.harvester.learn({ ...(await requestOf(options)), url: options.url });
    await saveRecipe(options.saveRecipeTo, outcome.recipe);
    return outcome;
  } finally {
    await workbench.close();
  }
}

/** Harvests a listing with the configured stores. They stay open for reading the records until it is disposed of. */
export async function harvestSource(options: HarvestSourceOptions): Promise<FinishedHarvest> {
  const { resume } = options;
  const listed = await listedBy(options);
  const workbench = await openFor({ ...options, listed, ...(resume === null ? {} : { run: resume }) });
  const noting: Promise<void>[] = [];
  try {
    const request = await harvestRequest(options, listed, (run) => noting.push(workbench.rememberRun(run)));
    const result = (await endedBefore(options, workbench)) ?? (await workbench.harvester.harvest(request));
    await Promise.all(noting);
    await saveRecipe(options.saveRecipeTo, result.recipe);
    return {
      result,
      records: () => workbench.harvester.records(result.run),
      [Symbol.asyncDispose]: () => workbench.close(),
    };
  } catch (error) {
    await Promise.allSettled(noting);
    await workbench.close();
    throw error;
  }
}

async function listedBy({ addresses, maxPages }: HarvestSourceOptions): Promise<Listed> {
  return {
    ...(addresses === null ? {} : { addresses: await readAddresses(addresses) }),
    ...(maxPages === undefined ? {} : { maxPages }),
  };
}

/** A command that was cut off after the last page, or while it wrote, is told again what its run had found. */
async function endedBefore({ resume, onNotice }: HarvestSourceOptions, { harvester }: Workbench) {
  const result = resume === null ? null : await harvester.ended(resume);
  if (result) onNotice(`Run ${result.run} had come to its end. Nothing is asked for again; this is what it found.`);
  return result;
}

/** Finds every value of a run again in the stored bytes; where a server holds the database, the server does. */
export function verifyRun(
  run: string,
  { dataFolder, signal }: { dataFolder: string | null; signal: AbortSignal },
): Promise<VerifiedRun> {
  const config = configFor(dataFolder, {});
  return hereOrAtServer(
    config,
    async () => {
      const workbench = await openWorkbench({ config, logger: quietLogger(config), telemetry: noTelemetry, run });
      try {
        return await workbench.harvester.verify(run, { signal });
      } finally {
        await workbench.close();
      }
    },
    async (api) => VerifiedRun.parse(await api.ask("POST", `/api/v1/runs/${encodeURIComponent(run)}/verify`)),
  );
}

async function openFor(options: CommandOptions & Pick<WorkbenchOptions, "run" | "listed">): Promise<Workbench> {
  const config = configFor(options.dataFolder, options);
  const workbench = await openWorkbench({
    config,
    logger: quietLogger(config),
    telemetry: noTelemetry,
    stepAside: true,
    ...(options.listed === undefined ? {} : { listed: options.listed }),
    ...(options.run === undefined ? {} : { run: options.run }),
  });
  for (const notice of [...config.notices, ...(workbench.notice === null ? [] : [workbench.notice])])
    options.onNotice(notice);
  return workbench;
}

/** Whoever opens a private host answers for it: the pace that protects other people's servers is not needed there. */
function configFor(dataFolder: string | null, { minDelayMs, allowHosts = [] }: Partial<ReachOptions>): Config {
  const config = loadConfig(dataFolder === null ? {} : { overrides: { GLEANER_DATA_DIR: resolve(dataFolder) } });
  const pace = minDelayMs === undefined ? { ownHosts: [...allowHosts] } : { minDelayMs };
  return { ...config, egress: { ...config.egress, ...pace } };
}

/** A person watches the progress; the log speaks up when something is wrong. */
function quietLogger({ logging }: Config) {
  const format = logging.format === "auto" ? "text" : logging.format;
  return createLogger({ level: logging.level === "info" ? "error" : logging.level, format });
}

async function requestOf({
  allowHosts,
  transport,
  embedded,
  details,
  robots,
  wish,
  inputs,
  signal,
  onProgress,
}: CommandOptions) {
  return {
    allowHosts,
    transport,
    embedded,
    details,
    signal,
    onProgress,
    ...(robots === undefined ? {} : { robots }),
    ...(wish === undefined ? {} : { wish: await readWish(wish) }),
    ...(inputs === undefined ? {} : { inputs }),
  };
}

async function harvestRequest(
  options: HarvestSourceOptions,
  listed: Listed,
  onRun: (run: string) => void,
): Promise<HarvestRequest> {
  const { url, recipe, resume, evidence, maxMs, concurrency } = options;
  const onProgress: OnHarvestProgress = (event) => {
    if (event.kind === "started") onRun(event.run);
    options.onProgress(event);
  };
  return {
    ...(await requestOf(options)),
    ...listed,
    onProgress,
    evidence,
    staysOpenWhenCancelled: true,
    ...(recipe === null ? (url === null ? {} : { url }) : await recipeOf(recipe, url)),
    ...(resume === null ? {} : { resume }),
    ...(maxMs === undefined ? {} : { maxMs }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
}

/** A recipe is a file, or the id of one that is stored; a file may be started at another address of its listing. */
async function recipeOf(
  given: string,
  url: string | null,
): Promise<{ recipe: Recipe } | { recipeId: string; url?: string }> {
  if (!/[./\\]/.test(given)) return { recipeId: given, ...(url === null ? {} : { url }) };
  const recipe = upgradeRecipe(await readJson(given, "recipe"));
  return { recipe: url === null ? recipe : startingAt(url, recipe) };
}

export function startingAt(url: string, recipe: Recipe): Recipe {
  return { ...recipe, entry: { ...recipe.entry, url } };
}

async function readWish({ fields, text, schemaFile }: NonNullable<ReachOptions["wish"]>): Promise<Wish> {
  if (schemaFile !== undefined) return parseWish(await readJson(schemaFile, "JSON Schema"));
  return fields.length > 0 ? { ...parseWish(fields), ...(text === undefined ? {} : { text }) } : parseWish(text ?? "");
}

async function readJson(file: string, what: string): Promise<JsonObject> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new FileUnreadable(file, what, error);
  }
}

async function saveRecipe(file: string | null, recipe: Recipe | null): Promise<void> {
  if (file !== null && recipe !== null) await writeFile(file, `${JSON.stringify(recipe, null, 2)}\n`);
}

export function parseFieldWish(fields: readonly string[]): Wish {
  return parseWish(fields);
}
