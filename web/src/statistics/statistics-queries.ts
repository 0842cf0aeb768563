import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import type { StatisticsSearch } from "./statistics-search.ts";

/** What became of jobs, day by day. */
export function statistics(query: StatisticsSearch) {
  return queryOptions({
    queryKey: ["statistics", query],
    queryFn: ({ signal }) => answerOf(api.GET("/api/v1/statistics", { params: { query }, signal })),
  });
}
