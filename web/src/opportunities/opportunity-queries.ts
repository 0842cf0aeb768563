import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import { firstPage } from "../api/first-page.ts";
import type { OpportunityQuery } from "../api/resources.ts";

const PAGE = 200;

/** The list, page after page, each beginning where the one before ended. */
export function opportunityPages(query: OpportunityQuery) {
  return infiniteQueryOptions({
    queryKey: ["opportunities", query],
    queryFn: ({ pageParam, signal }) => {
      const place = pageParam === null ? {} : { cursor: pageParam };
      return answerOf(
        api.GET("/api/v1/opportunities", { params: { query: { ...query, limit: PAGE, ...place } }, signal }),
      );
    },
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
}

/** Where a value stands, looked for again in the stored bytes just now. */
export function fieldEvidence(opportunityId: string, field: string) {
  return queryOptions({
    queryKey: ["evidence", opportunityId, field],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/opportunities/{opportunityId}/evidence/{field}", {
          params: { path: { opportunityId, field } },
          signal,
        }),
      ),
  });
}

const EVENTS = 100;

/** What happened to an opportunity, newest first. */
export function opportunityHistory(opportunityId: string) {
  return queryOptions({
    queryKey: ["opportunity", opportunityId, "history"],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET("/api/v1/opportunities/{opportunityId}/history", {
          params: { path: { opportunityId }, query: { limit: EVENTS } },
          signal,
        }),
      ),
  });
}

/** What may be the same opportunity. */
export function opportunityLinks(opportunityId: string) {
  return queryOptions({
    queryKey: ["opportunity", opportunityId, "links"],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/opportunities/{opportunityId}/links", { params: { path: { opportunityId } }, signal })),
  });
}

/** Pairs that nobody has decided, the least sure first. */
export const undecidedLinks = infiniteQueryOptions({
  queryKey: ["links"],
  queryFn: ({ pageParam, signal }) => {
    const place: { cursor?: string } = pageParam === null ? {} : { cursor: pageParam };
    return answerOf(api.GET("/api/v1/opportunity-links", { params: { query: { limit: PAGE, ...place } }, signal }));
  },
  initialPageParam: firstPage(),
  getNextPageParam: ({ nextCursor }): string | null => nextCursor,
});

/** One opportunity with every value. */
export function opportunityDetail(opportunityId: string) {
  return queryOptions({
    queryKey: ["opportunity", opportunityId],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/opportunities/{opportunityId}", { params: { path: { opportunityId } }, signal })),
  });
}
