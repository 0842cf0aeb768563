import { AppError } from "#kernel";
import type { HarvestResult } from "../harvest-request.ts";
import type { RecipeStore } from "../recipes/recipe-store.ts";
import type { HarvestRun } from "./run.ts";

/** What a run that has ended told at its end, read from the store. Its recipe may have been removed since. */
export async function resultOf(
  { id, recipeId, recipeVersion, completeness, outcome, pages, records, unverified }: EndedRun,
  recipes: Pick<RecipeStore, "get">,
): Promise<HarvestResult> {
  const stored =
    recipeId === null ? null : await recipes.get(recipeId, recipeVersion ?? undefined).catch(nullIfNotFound);
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

type EndedRun = Extract<HarvestRun, { status: "finished" }>;

function nullIfNotFound(error: unknown): null {
  if (error instanceof AppError && error.kind === "not-found") return null;
  throw error;
}
