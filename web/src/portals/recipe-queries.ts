import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";

export function recipeInUse(recipeId: string) {
  return queryOptions({
    queryKey: ["recipe", recipeId],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/recipes/{recipeId}", { params: { path: { recipeId } }, signal })),
  });
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
