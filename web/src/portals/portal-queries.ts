import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import type { Portal } from "../api/resources.ts";

const PAGE = 500;

/** Every portal by name. There are tens or hundreds, so all of them are read. */
export const allPortals = queryOptions({
  queryKey: ["portals"],
  queryFn: async ({ signal }) => {
    const portals: Portal[] = [];
    let cursor: string | null = null;
    do {
      const place: { cursor?: string } = cursor === null ? {} : { cursor };
      const page: { items: Portal[]; nextCursor: string | null } = await answerOf(
        api.GET("/api/v1/portals", { params: { query: { limit: PAGE, ...place } }, signal }),
      );
      portals.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return portals;
  },
});

export function onePortal(portalId: string) {
  return queryOptions({
    queryKey: ["portal", portalId],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/portals/{portalId}", { params: { path: { portalId } }, signal })),
  });
}
