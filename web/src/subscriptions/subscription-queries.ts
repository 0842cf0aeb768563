import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answerOf, api, done } from "../api/client.ts";
import type { NewSubscription, Subscription } from "../api/resources.ts";

const LATEST = 3;
const LOOK_AGAIN_MS = 3_000;

/** Every subscription, by name, and whether mails can be sent. */
export const allSubscriptions = queryOptions({
  queryKey: ["subscriptions"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/subscriptions", { signal })),
});

/** The last messages of one, looked at again while one is on its way. */
export function latestNotices(subscriptionId: string) {
  return queryOptions({
    queryKey: ["subscription-notices", subscriptionId],
    queryFn: async ({ signal }) => {
      const params = { path: { subscriptionId }, query: { limit: LATEST } };
      const { items } = await answerOf(
        api.GET("/api/v1/subscriptions/{subscriptionId}/deliveries", { params, signal }),
      );
      return items;
    },
    refetchInterval: ({ state: { data } }) =>
      data?.some(({ delivery }) => delivery.state === "pending") === true ? LOOK_AGAIN_MS : false,
  });
}

export function useAddSubscription() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSubscription) => answerOf(api.POST("/api/v1/subscriptions", { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: allSubscriptions.queryKey }),
    // What it answered has a secret.
    gcTime: 0,
  });
}

export function useChangeSubscription(subscriptionId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Omit<NewSubscription, "to">) =>
      answerOf(api.PATCH("/api/v1/subscriptions/{subscriptionId}", { params: { path: { subscriptionId } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: allSubscriptions.queryKey }),
  });
}

/** What can be done with one. */
export function useSubscription({ id, paused }: Subscription) {
  const queries = useQueryClient();
  const params = { path: { subscriptionId: id } };
  const onSuccess = () => queries.invalidateQueries({ queryKey: allSubscriptions.queryKey });
  const pause = useMutation({
    mutationFn: () =>
      answerOf(
        paused
          ? api.POST("/api/v1/subscriptions/{subscriptionId}/resume", { params })
          : api.POST("/api/v1/subscriptions/{subscriptionId}/pause", { params }),
      ),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => done(api.DELETE("/api/v1/subscriptions/{subscriptionId}", { params })),
    onSuccess,
  });
  const test = useMutation({
    mutationFn: () => answerOf(api.POST("/api/v1/subscriptions/{subscriptionId}/test", { params })),
    onSuccess: () => queries.invalidateQueries({ queryKey: latestNotices(id).queryKey }),
  });
  return { pause, remove, test };
}
