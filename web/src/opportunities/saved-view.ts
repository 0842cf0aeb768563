import { useLocalStorage } from "@mantine/hooks";
import { readOpportunitySearch, viewOf, type OpportunitySearch } from "./opportunity-search.ts";

/** A list that somebody comes back to. It is kept in this browser. */
export interface SavedView {
  name: string;
  search: OpportunitySearch;
}

/** What every analyst asks first. */
export const READY_VIEWS: readonly SavedView[] = [
  { name: "Closing within a week", search: { closing: "week", sort: "closingDate" } },
  { name: "New since yesterday", search: { seen: "new-day", sort: "-firstSeen" } },
  { name: "Changed since yesterday", search: { seen: "changed-day", sort: "-lastSeen" } },
  { name: "Not verified", search: { verification: "unverified", sort: "-firstSeen" } },
];

export function useSavedViews() {
  const [views, setViews] = useLocalStorage<SavedView[]>({
    key: "gleaner-opportunity-views",
    defaultValue: [],
    deserialize: readViews,
    getInitialValueInEffect: false,
  });
  return {
    views,
    /** Replaces the view of that name. */
    save: (name: string, search: OpportunitySearch) =>
      setViews((old) => [...old.filter((view) => view.name !== name), { name, search: viewOf(search) }]),
    remove: (name: string) => setViews((old) => old.filter((view) => view.name !== name)),
  };
}

/** What the browser kept may be from another version. */
function readViews(text: string | undefined): SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    if (!Array.isArray(stored)) return [];
    return stored.flatMap((entry: unknown) => {
      if (typeof entry !== "object" || entry === null || !("name" in entry) || !("search" in entry)) return [];
      const { name, search } = entry;
      if (typeof name !== "string" || typeof search !== "object" || search === null) return [];
      return [{ name, search: viewOf(readOpportunitySearch({ ...search })) }];
    });
  } catch {
    return [];
  }
}
