import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import { firstPage } from "../api/first-page.ts";
import type { Job } from "../api/resources.ts";

const PAGE = 100;
const RECENT = 500;
const BUSY_MS = 3_000;
const CALM_MS = 20_000;

/** Jobs of every portal, newest first: enough to tell how each portal has been lately. Read again sooner while one runs. */
export const recentJobs = queryOptions({
  queryKey: ["jobs", "recent"],
  queryFn: async ({ signal }) => {
    const { items } = await answerOf(api.GET("/api/v1/jobs", { params: { query: { limit: RECENT } }, signal }));
    return items;
  },
  refetchInterval: ({ state: { data } }) =>
    data?.some(({ state }) => state === "queued" || state === "running") === true ? BUSY_MS : CALM_MS,
});

export interface JobFilter {
  portalId?: string;
  state?: Job["state"];
}

/** Jobs, newest first, page after page. */
export function jobPages(filter: JobFilter) {
  return infiniteQueryOptions({
    queryKey: ["jobs", filter],
    queryFn: ({ pageParam, signal }) => {
      const place: { cursor?: string } = pageParam === null ? {} : { cursor: pageParam };
      return answerOf(api.GET("/api/v1/jobs", { params: { query: { limit: PAGE, ...filter, ...place } }, signal }));
    },
    initialPageParam: firstPage(),
    getNextPageParam: ({ nextCursor }): string | null => nextCursor,
    refetchInterval: CALM_MS,
  });
}

export function oneJob(jobId: string) {
  return queryOptions({
    queryKey: ["job", jobId],
    queryFn: ({ signal }) => answerOf(api.GET("/api/v1/jobs/{jobId}", { params: { path: { jobId } }, signal })),
  });
}

/** What models took for a job. */
export function jobCost(jobId: string) {
  return queryOptions({
    queryKey: ["job-cost", jobId],
    queryFn: ({ signal }) => answerOf(api.GET("/api/v1/jobs/{jobId}/cost", { params: { path: { jobId } }, signal })),
  });
}

/** The steps of a job that has ended, as the documented API tells them. */
export function jobSteps(jobId: string) {
  return queryOptions({
    queryKey: ["job-steps", jobId],
    queryFn: async ({ signal }) => {
      const { result } = await answerOf(api.GET("/status/{jobId}", { params: { path: { jobId } }, signal }));
      return result?.interactions ?? [];
    },
  });
}
