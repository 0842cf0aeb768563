import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import type { RecipeVersion } from "../api/resources.ts";

export function recipeInUse(recipeId: string) {
  return queryOptions({
    queryKey: ["recipe", recipeId],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/recipes/{recipeId}", { params: { path: { recipeId } }, signal })),
  });
}

/** Saves a recipe as a new version, which the next job uses, and shows it wherever it is seen. */
export async function keepRecipe(
  queries: QueryClient,
  recipeId: string,
  recipe: Record<string, unknown>,
): Promise<RecipeVersion> {
  const body = { recipe, note: "Columns changed in the dashboard" };
  const version = await answerOf(api.PUT("/api/v1/recipes/{recipeId}", { params: { path: { recipeId } }, body }));
  queries.setQueryData(recipeInUse(recipeId).queryKey, version);
  return version;
}

/** The fields of the first record of a run, as an example. */
export function sampleOf(runId: string) {
  return queryOptions({
    queryKey: ["sample", runId],
    queryFn: async ({ signal }) => {
      const params = { path: { runId }, query: { limit: 1 } };
      const { items } = await answerOf(api.GET("/api/v1/runs/{runId}/records", { params, signal }));
      return items[0]?.fields ?? {};
    },
  });
}
