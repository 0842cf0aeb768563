import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import { firstPage } from "../api/first-page.ts";
import type { Job } from "../api/resources.ts";

const PAGE = 100;
const CALM_MS = 20_000;

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
