import type { Recipe } from "#engines/extraction";
import { BadHarvestRequest } from "../errors.ts";
import type { HarvestRequest } from "../harvest-request.ts";
import type { RunRequest } from "../runs/run.ts";
import { planInputs } from "../searching/plan-inputs.ts";

const DEFAULT_MAX_PAGES = 1_000;
const DEFAULT_MAX_MS = 3_600_000;
const DEFAULT_CONCURRENCY = 4;
const MOST_CONCURRENCY = 64;
/** Timers take 31 bits. */
const LONGEST_MS = 2_147_483_647;

/** The longest that it may take. */
export function limitOf({ maxMs = DEFAULT_MAX_MS }: Pick<HarvestRequest, "maxMs">): number {
  return Math.min(maxMs, LONGEST_MS);
}

/** How many pages are read of a list of addresses; 0 where none is given. */
export function listedPages({
  addresses,
  maxPages,
}: Pick<HarvestRequest | RunRequest, "addresses" | "maxPages">): number {
  return Math.min(addresses?.length ?? 0, maxPages ?? Infinity);
}

/** Refuses what contradicts itself, before anything is asked for. */
export function checkRequest(request: HarvestRequest): void {
  const { url, recipe, recipeId, resume, addresses } = request;
  if (addresses?.length === 0)
    throw new BadHarvestRequest("The list of addresses is empty. Leave it out to follow the pager.");
  const given = [url, recipe, recipeId, resume].filter((one) => one !== undefined).length;
  if (given > 1) throw new BadHarvestRequest("Give one of url, recipe, recipeId and resume, not several.");
  if (given === 0 && !addresses?.length)
    throw new BadHarvestRequest("Say what to harvest: url, recipe, recipeId, resume, or addresses of list pages.");
  if (resume !== undefined && addresses)
    throw new BadHarvestRequest("A resumed run keeps its own addresses; leave them out.");
  if (resume !== undefined && request.inputs)
    throw new BadHarvestRequest("A resumed run asks what it asked before; leave the inputs out.");
  if (addresses && request.inputs?.length)
    throw new BadHarvestRequest("Known addresses ask no search form: leave addresses or inputs out.");
  positive("maxPages", request.maxPages);
  positive("maxMs", request.maxMs);
  positive("concurrency", request.concurrency);
}

function positive(name: string, value: number | undefined): void {
  if (value !== undefined && (!Number.isInteger(value) || value < 1))
    throw new BadHarvestRequest(`${name} has to be a whole number above 0.`);
}

/** Where learning starts when there is no recipe. */
export function learningUrl({ url, addresses }: HarvestRequest): string {
  const start = url ?? addresses?.[0];
  if (start === undefined) throw new BadHarvestRequest("Give the address of a list page.");
  return start;
}

/** Fills in the defaults, once, so that a resumed run has the same. @throws UnknownInput, BadInput */
export function planRun(request: HarvestRequest, recipe: Recipe | null, now: Date): RunRequest {
  const inputs = recipe && !request.addresses ? planInputs(recipe, request, now) : [];
  return {
    url: request.url ?? recipe?.entry.url ?? request.addresses?.[0] ?? "",
    ...transportOf(request, recipe),
    maxPages: request.maxPages ?? (request.addresses ? request.addresses.length : DEFAULT_MAX_PAGES),
    maxMs: limitOf(request),
    details: request.details ?? false,
    evidence: request.evidence ?? true,
    concurrency: Math.min(request.concurrency ?? DEFAULT_CONCURRENCY, MOST_CONCURRENCY),
    embedded: request.embedded ?? true,
    robots: request.robots ?? "respect",
    minDelayMs: request.minDelayMs ?? 0,
    allowHosts: request.allowHosts ?? [],
    addresses: request.addresses ?? null,
    wish: request.wish ?? null,
    ...(inputs.length > 0 ? { inputs } : {}),
  };
}

/** An endpoint needs no browser; given addresses are those of pages. */
function transportOf(
  { transport = "auto", addresses }: HarvestRequest,
  recipe: Recipe | null,
): Pick<RunRequest, "transport" | "endpoint"> {
  if (transport !== "auto") return { transport };
  if (recipe?.endpoint && !addresses) return { transport: "http", endpoint: true };
  return { transport: recipe?.transport ?? "http" };
}
