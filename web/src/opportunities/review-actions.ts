import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answerOf, api } from "../api/client.ts";

export type ReviewDecision =
  | { decision: "accept" | "reject"; note?: string }
  | { decision: "correct"; fields: Record<string, string | number | null>; note?: string };

/** Says what a person decided; everything that shows the opportunity is read again. */
export function useReview() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ opportunityId, ...body }: ReviewDecision & { opportunityId: string }) =>
      answerOf(api.POST("/api/v1/opportunities/{opportunityId}/review", { params: { path: { opportunityId } }, body })),
    onSuccess: refresh,
  });
}

/** Takes a correction back: the page's value counts again. */
export function useWithdraw() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (path: { opportunityId: string; field: string }) =>
      answerOf(api.DELETE("/api/v1/opportunities/{opportunityId}/corrections/{field}", { params: { path } })),
    onSuccess: refresh,
  });
}

/** Says whether two entries are one. */
export function useDecideLink() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ linkId, state }: { linkId: string; state: "confirmed" | "split" }) =>
      answerOf(
        api.POST("/api/v1/opportunity-links/{linkId}/decision", { params: { path: { linkId } }, body: { state } }),
      ),
    onSuccess: refresh,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      ["opportunity", "opportunities", "links"].map((name) => queries.invalidateQueries({ queryKey: [name] })),
    );
}
