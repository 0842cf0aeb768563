import { applyRecipe, type KnownGood, type KnownRecords, type Page } from "#engines/extraction";
import { AppError } from "#kernel";
import type { Artifacts } from "#platform/artifacts";
import { parseFetched } from "../records/read-page.ts";
import type { RecipeStore } from "../recipes/recipe-store.ts";
import { questionOf } from "../searching/plan-inputs.ts";
import type { HarvestRun } from "../runs/run.ts";
import type { RunPage, RunStore } from "../runs/run-store.ts";

const RUNS_TO_SEARCH = 20;
const MOST_PAGES = 3;
/** Pages that are looked through for three that are spread over the run. */
const PAGES_TO_SEARCH = 200;

export interface KnownGoodDeps {
  readonly runs: RunStore;
  readonly recipes: RecipeStore;
  readonly artifacts: Artifacts;
}

/**
 * Stored pages on which a recipe was right, with what they gave: of its latest run that found records and saw no drift.
 * With a `question` only runs that asked it (`questionOf`). First, middle and last page. Pages whose bytes are gone or altered prove nothing and are left out.
 */
export async function knownGood(
  { runs, recipes, artifacts }: KnownGoodDeps,
  recipeId: string,
  question: string | null = null,
): Promise<KnownGood[]> {
  const good = await lastGood(
    runs,
    recipeId,
    ({ request }) => question === null || questionOf(request.inputs) === question,
  );
  if (!good?.recipeVersion) return [];
  const { recipe } = await recipes.get(recipeId, good.recipeVersion);
  const known: KnownGood[] = [];
  const pages = (await pagesOf(runs, good.id)).filter(({ record_count }) => record_count > 0);
  for (const page of spread(pages)) {
    const bytes = page.artifact === null ? null : await bytesOf(artifacts, page.artifact);
    if (!bytes) continue;
    const stored = parseFetched({ bytes, url: page.url, mediaType: page.media_type });
    const { records } = applyRecipe(recipe, stored, { embedded: good.request.embedded, pagination: false });
    if (records.length > 0) known.push({ page: stored, records });
  }
  return known;
}

/** The latest run of a recipe that found records and saw no drift, of those that are wanted. */
export async function lastGood(
  runs: RunStore,
  recipeId: string,
  isWanted: (run: HarvestRun) => boolean = () => true,
): Promise<HarvestRun | null> {
  const latest = await runs.list({ recipeId, limit: RUNS_TO_SEARCH });
  return latest.find((run) => isGood(run) && isWanted(run)) ?? null;
}

export function knownPages(good: readonly KnownGood[]): KnownRecords[] {
  return good.map(({ records }) => records);
}

function isGood(run: HarvestRun): boolean {
  if (run.status !== "finished" || run.records === 0 || run.completeness.state === "incomplete") return false;
  return run.request.evidence && run.outcome.alarms.every(({ kind }) => kind !== "drift");
}

/** Pages of a run as they were stored, spread over it, the last among them; those whose bytes are gone are left out. */
export async function storedPages(
  { runs, artifacts }: Pick<KnownGoodDeps, "runs" | "artifacts">,
  run: string,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (const { artifact, url, media_type: mediaType } of spread(await pagesOf(runs, run))) {
    const bytes = artifact === null ? null : await bytesOf(artifacts, artifact);
    if (bytes) pages.push(parseFetched({ bytes, url, mediaType }));
  }
  return pages;
}

async function pagesOf(runs: RunStore, run: string): Promise<RunPage[]> {
  const pages: RunPage[] = [];
  for await (const page of runs.pages(run)) if (pages.push(page) >= PAGES_TO_SEARCH) break;
  return pages.filter(({ record_count, duplicate_count }) => record_count + duplicate_count > 0);
}

function spread<Item>(items: readonly Item[]): Item[] {
  if (items.length <= MOST_PAGES) return [...items];
  return [0, 0.5, 1].flatMap((share) => items[Math.round(share * (items.length - 1))] ?? []);
}

async function bytesOf(artifacts: Artifacts, sha256: string): Promise<Uint8Array | null> {
  try {
    return (await artifacts.get(sha256))?.bytes ?? null;
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}
