import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import { firstPage } from "../api/first-page.ts";

const PAGE = 50;

export interface HealFilter {
  portalId?: string;
  state?: "waiting";
}

/** What changed pages did to recipes, the latest first, page after page. */
export function healPages(filter: HealFilter) {
  return infiniteQueryOptions({
    queryKey: ["heals", filter],
    queryFn: ({ pageParam, signal }) => {
      const place: { cursor?: string } = pageParam === null ? {} : { cursor: pageParam };
      return answerOf(api.GET("/api/v1/heals", { params: { query: { limit: PAGE, ...filter, ...place } }, signal }));
    },
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }): string | null => nextCursor,
  });
}

/** One of them, with both recipes and the same records before and after. */
export function oneHeal(healId: number) {
  return queryOptions({
    queryKey: ["heal", healId],
    queryFn: ({ signal }) => answerOf(api.GET("/api/v1/heals/{healId}", { params: { path: { healId } }, signal })),
  });
}
