import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answerOf, api, done } from "../api/client.ts";
import { readOpportunitySearch, viewOf, type OpportunitySearch } from "./opportunity-search.ts";

/** A list that somebody comes back to. The server keeps it with whoever saved it. */
export interface SavedView {
  name: string;
  search: OpportunitySearch;
}

/** What every analyst asks first. */
export const READY_VIEWS: readonly SavedView[] = [
  { name: "Closing within a week", search: { closing: "week", sort: "closingDate" } },
  { name: "New since yesterday", search: { seen: "new-day", sort: "-firstSeen" } },
  { name: "Changed since yesterday", search: { seen: "changed-day", sort: "-changed" } },
  { name: "Not verified", search: { verification: "unverified", sort: "-firstSeen" } },
];

const ownViews = queryOptions({
  queryKey: ["views"],
  queryFn: ({ signal }) => answerOf(api.GET("/api/v1/views", { signal })),
  // What was saved may be from another version.
  select: ({ items }): SavedView[] =>
    items.map(({ name, search }) => ({ name, search: viewOf(readOpportunitySearch(search)) })),
});

export function useSavedViews() {
  const { data = [] } = useQuery(ownViews);
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: ownViews.queryKey });
  const save = useMutation({
    mutationFn: ({ name, search }: SavedView) =>
      answerOf(
        api.PUT("/api/v1/views/{name}", { params: { path: { name } }, body: { search: { ...viewOf(search) } } }),
      ),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (name: string) => done(api.DELETE("/api/v1/views/{name}", { params: { path: { name } } })),
    onSuccess,
  });
  return { views: data, save, remove };
}
