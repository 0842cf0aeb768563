import { infiniteQueryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import { firstPage } from "../api/first-page.ts";
import { queryOf, type AuditSearch } from "./audit-search.ts";

const PAGE = 50;

/** What was changed by whom, newest first, page after page. */
export function auditPages(search: AuditSearch) {
  return infiniteQueryOptions({
    queryKey: ["audit", search],
    queryFn: ({ pageParam, signal }) => {
      const place: { cursor?: string } = pageParam === null ? {} : { cursor: pageParam };
      const query = { limit: PAGE, ...queryOf(search), ...place };
      return answerOf(api.GET("/api/v1/audit", { params: { query }, signal }));
    },
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }): string | null => nextCursor,
  });
}
