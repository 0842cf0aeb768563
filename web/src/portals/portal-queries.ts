import { queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import type { Portal, PortalHealth } from "../api/resources.ts";

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

/** Over how many days the cost of a portal is counted. */
export const COST_DAYS = 30;
const BUSY_MS = 3_000;
const CALM_MS = 20_000;

/** How every portal has been lately. Read again sooner while a job runs. */
export const portalHealth = queryOptions({
  queryKey: ["jobs", "health"],
  queryFn: async ({ signal }) => {
    const query = { days: COST_DAYS };
    return (await answerOf(api.GET("/api/v1/portal-health", { params: { query }, signal }))).items;
  },
  refetchInterval: ({ state: { data } }) => (data?.some(isBusy) === true ? BUSY_MS : CALM_MS),
});

function isBusy({ jobs: [last] }: PortalHealth): boolean {
  return last?.state === "queued" || last?.state === "running";
}

export function onePortal(portalId: string) {
  return queryOptions({
    queryKey: ["portal", portalId],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/api/v1/portals/{portalId}", { params: { path: { portalId } }, signal })),
  });
}
