import { readOpportunitySearch, viewOf, type OpportunitySearch } from "../opportunities/opportunity-search.ts";

/** Whether one is being made, and for which list of opportunities. */
export interface SubscriptionSearch {
  add?: true;
  of?: OpportunitySearch;
}

/** Reads an address that anybody may have written: what is not known is left out. */
export function readSubscriptionSearch({ add, of }: Record<string, unknown>): SubscriptionSearch {
  if (add !== true) return {};
  const known = typeof of === "object" && of !== null ? viewOf(readOpportunitySearch({ ...of })) : {};
  return { add, ...(Object.keys(known).length === 0 ? {} : { of: known }) };
}
