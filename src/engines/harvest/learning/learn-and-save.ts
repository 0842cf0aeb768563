import type { Clock, Logger } from "#kernel";
import { doubtsAbout, type Page, type Recipe } from "#engines/extraction";
import type { LearnOutcome, LearnRequest } from "../harvest-request.ts";
import type { RecipeStore, StoredRecipe } from "../recipes/recipe-store.ts";
import type { FetchedPage, PageSource } from "../sources/page-source.ts";
import { findEndpoint } from "./find-endpoint.ts";
import { parseFetched } from "../records/read-page.ts";
import { enterListing } from "./prove-recipe.ts";
import { unmetHints } from "./unmet-hints.ts";
import { learnDetails } from "./learn-details.ts";
import { pointDetails } from "./point-details.ts";
import { learnListing, type LearnDeps, type Listing } from "./learn-listing.ts";

/** What was learnt and saved, with the visitor that still stands on the page. Whoever asked closes it. */
export interface LearnedListing {
  readonly outcome: LearnOutcome;
  readonly stored: StoredRecipe | null;
  readonly source: PageSource;
  readonly fetched: FetchedPage;
  readonly page: Page;
}

export async function learnAndSave(
  request: LearnRequest,
  deps: LearnDeps & { readonly recipes: RecipeStore; readonly clock: Clock; readonly logger: Logger },
): Promise<LearnedListing> {
  const learnt = await learnListing(request, deps);
  try {
    const { listing: pointed, column } = asPointed(learnt, request);
    const listing = await withEndpoint(pointed, request, deps);
    const { recipe, notes: learning } = await withDetails(listing, request, column);
    const notes = [...learning, ...unmetHints(listing, recipe, request, column)];
    const stored = recipe ? await deps.recipes.keep({ recipe, origin: "learned" }) : null;
    const outcome = outcomeOf(listing, stored, notes, request);
    tell(request, deps.logger, outcome);
    const { source, fetched, page } = listing;
    return { outcome, stored, source, fetched, page };
  } catch (error) {
    await learnt.source.close();
    throw error;
  }
}

/** The link that a person pointed at is that of a record's page, where a column holds it. */
function asPointed(
  listing: Listing,
  { detailSelector, wish }: LearnRequest,
): { readonly listing: Listing; readonly column: string | undefined } {
  const { recipe } = listing;
  const pointed =
    recipe && detailSelector !== undefined
      ? pointDetails({ ...listing, recipe }, detailSelector, wish !== undefined && wish.fields.length > 0)
      : null;
  if (!pointed) return { listing, column: undefined };
  return { listing: { ...listing, recipe: pointed.recipe, learned: pointed.learned }, column: pointed.column };
}

async function withEndpoint(
  listing: Listing,
  { signal, transport }: LearnRequest,
  { openSource }: LearnDeps,
): Promise<Listing> {
  // What a search form asks goes with the day; addresses that a script asked for are those of today.
  if (!listing.recipe || listing.recipe.inputs) return listing;
  const records = listing.learned.extraction?.records ?? [];
  const { recipe, moved } = await findEndpoint({ ...listing, recipe: listing.recipe, records }, openSource, signal);
  // A run that was asked for in a browser begins there, on the first page, whatever was found.
  const stays = recipe === null || transport === "browser";
  const shown = moved && stays ? await returned(listing, listing.recipe, signal) : listing;
  if (!recipe) return shown;
  const sentence =
    "The page's script gets the records from an address of its own, which is read from now on, without a browser.";
  return { ...shown, recipe, how: [...shown.how, sentence] };
}

/** To its first page again, for the run that begins there. */
async function returned(listing: Listing, recipe: Recipe, signal: AbortSignal | undefined): Promise<Listing> {
  const { fetched } = await enterListing(recipe, listing.source, signal);
  return { ...listing, fetched: { ...fetched, step: listing.fetched.step }, page: parseFetched(fetched) };
}

async function withDetails(
  { recipe, learned, source, fetched, notes }: Listing,
  request: LearnRequest,
  column: string | undefined,
): Promise<{ recipe: Recipe | null; notes: readonly string[] }> {
  if (!recipe || request.details !== true) return { recipe, notes };
  const records = learned.extraction?.records ?? [];
  const detail = await learnDetails({ records, listUrl: fetched.url, column }, source, request);
  return { recipe: { ...recipe, detail: detail.recipe }, notes: [...notes, ...detail.notes] };
}

function outcomeOf(
  { learned, wall, page, how }: Listing,
  stored: StoredRecipe | null,
  notes: readonly string[],
  { wish }: LearnRequest,
): LearnOutcome {
  return {
    doubts: doubtsAbout(page, learned, wish),
    recipe: stored?.recipe ?? null,
    recipeId: stored?.id ?? null,
    recipeVersion: stored?.version ?? null,
    sample: stored ? (learned.extraction?.records ?? []) : [],
    confidence: stored ? learned.confidence : 0,
    kind: learned.kind,
    notes,
    how,
    wall,
  };
}

function tell(
  { onProgress, url }: LearnRequest,
  logger: Logger,
  { recipe, recipeId, confidence, wall, how }: LearnOutcome,
): void {
  if (wall) onProgress?.({ kind: "wall", run: null, wall: wall.kind, url, message: wall.message });
  if (!recipe) return;
  const { transport, fields } = recipe;
  logger.info("recipe.learned", { recipeId, transport, fields: fields.length, confidence });
  onProgress?.({ kind: "learned", transport, fields: fields.map(({ name }) => name), confidence, how });
}
