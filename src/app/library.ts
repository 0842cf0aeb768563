import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { noTelemetry, silentLogger, type JsonObject } from "#kernel";
import { loadConfig, type Config } from "#platform/config";
import { parseWish, upgradeRecipe, type AskedInput, type Recipe, type Wish } from "#engines/extraction";
import type {
  Completeness,
  HarvestedRecord,
  HarvestProgress,
  HarvestRequest,
  LearnOutcome,
  StopReason,
} from "#engines/harvest";
import { startingAt } from "./harvest-source.ts";
import { learnAndRead, readWith, type ExtractedPage } from "./extract-page.ts";
import { openWorkbench, type Workbench, type WorkbenchOptions } from "./workbench.ts";

export type {
  Completeness,
  Evidence,
  HarvestedRecord,
  HarvestProgress,
  LearnOutcome,
  StopReason,
} from "#engines/harvest";
export type { AskedInput, Recipe } from "#engines/extraction";
export type { ExtractedPage, PlainRecord } from "./extract-page.ts";
export { AppError } from "#kernel";

/** What is wanted: names of columns, a JSON Schema, or plain words. */
export type WishInput = string | readonly string[] | JsonObject;

export interface SourceOptions {
  /** Hosts of private networks that may be asked: `host` or `host:port`. */
  allowHosts?: readonly string[];
  /** Default `auto`: a browser only where the static page does not hold the records. */
  transport?: "auto" | "http" | "browser";
  wish?: WishInput;
  /** Read the page behind each record too. */
  details?: boolean;
  /** False ignores JSON-LD, microdata and script state. Default true. */
  embedded?: boolean;
  robots?: "respect" | "ignore";
  /** What the search form before the list is asked: `{ name: "Published from", value: "today-30d" }`. */
  inputs?: readonly AskedInput[];
  /** Least time between two requests to one host, in milliseconds. Default 1000; 0 for hosts in `allowHosts`. */
  minDelayMs?: number;
  /** Where database and evidence are kept. Default: a temporary folder that is removed at the end. */
  folder?: string;
  /** The browser to start. Default: the first that is found. */
  browserPath?: string;
  signal?: AbortSignal;
  onProgress?: (event: HarvestProgress) => void;
}

export interface HarvestOptions extends SourceOptions {
  /** Harvest with what was learnt before. */
  recipe?: Recipe;
  /** List pages that are known beforehand: read side by side instead of following the pager. */
  addresses?: readonly string[];
  /** Requests at a time, for `addresses` and details. Default 4; `minDelayMs` still applies. */
  concurrency?: number;
  /** Default 1000, with `addresses` all of them. */
  maxPages?: number;
  /** Default one hour. */
  maxMs?: number;
}

export interface Harvested {
  records: HarvestedRecord[];
  completeness: Completeness;
  /** Why no further page was asked for. */
  reason: StopReason;
  /** List pages whose records were kept. */
  pages: number;
  run: string;
  recipe: Recipe | null;
}

export interface ExtractOptions {
  /** Address of the page; links resolve against it. */
  url?: string;
  /** The `Content-Type` header that came with bytes. */
  contentType?: string;
  wish?: WishInput;
  embedded?: boolean;
  /** Read with what was learnt before instead of learning. */
  recipe?: Recipe;
}

/** Learns a listing from its address. Throws `AppError` when the address cannot be asked. */
export async function learn(url: string, options: SourceOptions = {}): Promise<LearnOutcome> {
  return withWorkbench(options, (workbench) => workbench.harvester.learn({ ...requestOf(options), url }));
}

/**
 * Brings all records of a listing home, with evidence for each value and with what is known about completeness. What stops a
 * harvest on its way is told in `reason`; only an address that cannot be asked at all throws.
 */
export async function harvest(url: string, options: HarvestOptions = {}): Promise<Harvested> {
  const { recipe, addresses, concurrency, maxPages, maxMs } = options;
  const listed = {
    ...(addresses === undefined ? {} : { addresses }),
    ...(maxPages === undefined ? {} : { maxPages }),
  };
  return withWorkbench({ ...options, listed }, async ({ harvester }) => {
    const request: HarvestRequest = {
      ...requestOf(options),
      ...listed,
      ...(recipe === undefined ? { url } : { recipe: startingAt(url, upgradeRecipe(recipe)) }),
      ...(concurrency === undefined ? {} : { concurrency }),
      ...(maxMs === undefined ? {} : { maxMs }),
    };
    const result = await harvester.harvest(request);
    const records: HarvestedRecord[] = [];
    for await (const record of harvester.records(result.run)) records.push(record);
    const { completeness, reason, pages, run } = result;
    return { records, completeness, reason, pages, run, recipe: result.recipe };
  });
}

/** Reads one page that is already here: its records, the link to the next page, its forms, its own fields. Asks nobody. */
export function extract(
  html: string | Uint8Array,
  options: ExtractOptions = {},
): ExtractedPage & { recipe: Recipe | null } {
  const { url = null, embedded, recipe, contentType } = options;
  const bytes = typeof html === "string" ? new TextEncoder().encode(html) : html;
  // Text has been decoded already, whatever its own declaration says.
  const encoding = typeof html === "string" ? "utf-8" : null;
  const source = { bytes, url, encoding, contentType: contentType ?? null };
  const reading = { ...(embedded === undefined ? {} : { embedded }), ...wishOf(options.wish) };
  if (recipe !== undefined) {
    const given = upgradeRecipe(recipe);
    return { ...readWith({ recipe: given, detail: given.detail ?? null }, source, reading), recipe: given };
  }
  const { learnt, result } = learnAndRead(source, reading);
  return { ...result, recipe: learnt.recipe };
}

function requestOf(options: SourceOptions) {
  const { allowHosts, transport, details, embedded, robots, inputs, signal, onProgress } = options;
  return {
    ...(allowHosts === undefined ? {} : { allowHosts }),
    ...(transport === undefined ? {} : { transport }),
    ...(details === undefined ? {} : { details }),
    ...(embedded === undefined ? {} : { embedded }),
    ...(robots === undefined ? {} : { robots }),
    ...(inputs === undefined ? {} : { inputs }),
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
    ...wishOf(options.wish),
  };
}

function wishOf(wish: WishInput | undefined): { wish?: Wish } {
  return wish === undefined ? {} : { wish: parseWish(wish) };
}

async function withWorkbench<T>(
  options: SourceOptions & Pick<WorkbenchOptions, "listed">,
  work: (workbench: Workbench) => Promise<T>,
): Promise<T> {
  const { folder, listed = {} } = options;
  const place = folder === undefined ? await mkdtemp(join(tmpdir(), "gleaner-")) : resolve(folder);
  try {
    const config = configFor(place, options);
    const workbench = await openWorkbench({ config, logger: silentLogger, telemetry: noTelemetry, listed });
    try {
      return await work(workbench);
    } finally {
      await workbench.close();
    }
  } finally {
    if (folder === undefined) await rm(place, { recursive: true, force: true });
  }
}

/** A library reads no environment: another program's variables are none of its business. */
function configFor(dataFolder: string, { folder, allowHosts = [], minDelayMs, browserPath }: SourceOptions): Config {
  const config = loadConfig({ folder: dataFolder, environment: {}, overrides: { GLEANER_DATA_DIR: dataFolder } });
  return {
    ...config,
    ...(folder === undefined ? { database: { memory: true } } : {}),
    browser: { ...config.browser, executablePath: browserPath ?? null },
    egress: {
      ...config.egress,
      ...(minDelayMs === undefined ? { ownHosts: [...allowHosts] } : { minDelayMs }),
    },
  };
}
