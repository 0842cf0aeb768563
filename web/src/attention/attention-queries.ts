import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";
import { firstPage } from "../api/first-page.ts";
import type { AttentionItem } from "../api/resources.ts";

const PAGE = 100;
const CALM_MS = 20_000;

/** What waits for a person, the oldest first. */
export const openMatters = infiniteQueryOptions({
  queryKey: ["attention"],
  queryFn: ({ pageParam, signal }) => {
    const place: { cursor?: string } = pageParam === null ? {} : { cursor: pageParam };
    return answerOf(api.GET("/api/v1/attention", { params: { query: { limit: PAGE, ...place } }, signal }));
  },
  initialPageParam: firstPage(),
  getNextPageParam: ({ nextCursor }): string | null => nextCursor,
  refetchInterval: CALM_MS,
});

export interface Resolution {
  resolution: string;
  outcome: "continue" | "give_up" | "none";
}

/** Take a matter on, give it back, or say what was done about it. */
export function useMatter({ id }: AttentionItem) {
  const queries = useQueryClient();
  const params = { params: { path: { attentionId: id } } };
  const onSettled = () => queries.invalidateQueries({ queryKey: openMatters.queryKey });
  const claim = useMutation({
    mutationFn: () => answerOf(api.POST("/api/v1/attention/{attentionId}/claim", params)),
    onSettled,
  });
  const giveBack = useMutation({
    mutationFn: () => answerOf(api.POST("/api/v1/attention/{attentionId}/give-back", params)),
    onSettled,
  });
  const resolve = useMutation({
    mutationFn: (body: Resolution) =>
      answerOf(api.POST("/api/v1/attention/{attentionId}/resolve", { ...params, body })),
    onSettled: async () => {
      await onSettled();
      await queries.invalidateQueries({ queryKey: ["jobs"] });
    },
  });
  return { claim, giveBack, resolve };
}
