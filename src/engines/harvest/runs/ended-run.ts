import { nullIfNotFound } from "#kernel";
import type { HarvestResult } from "../harvest-request.ts";
import type { RecipeStore, StoredRecipe } from "../recipes/recipe-store.ts";
import type { HarvestRun } from "./run.ts";

export type EndedRun = Extract<HarvestRun, { status: "finished" }>;

/** What a run told at its end, read from the store. Its recipe may have been removed since. */
export async function resultOf(run: EndedRun, recipes: Pick<RecipeStore, "get">): Promise<HarvestResult> {
  const { recipeId, recipeVersion } = run;
  const stored =
    recipeId === null ? null : await recipes.get(recipeId, recipeVersion ?? undefined).catch(nullIfNotFound);
  return endOf(run, stored, run);
}

/** What a run tells at its end. */
export function endOf(
  { id, recipeId, recipeVersion, pages, records, unverified }: HarvestRun,
  stored: StoredRecipe | null,
  { completeness, outcome }: Pick<EndedRun, "completeness" | "outcome">,
): HarvestResult {
  return {
    run: id,
    recipeId,
    recipeVersion,
    recipe: stored?.recipe ?? null,
    completeness,
    reason: completeness.stopped,
    pages,
    recordCount: records,
    unverifiedCount: unverified,
    ...outcome,
  };
}
