import type { SubscriptionFilter } from "../api/resources.ts";
import { queryOf, viewOf, type OpportunitySearch } from "../opportunities/opportunity-search.ts";

/** What speaks of one moment, or of one job, says nothing about news that are still to come. */
const MOMENTARY = {
  closing: "Closing",
  seen: "Seen",
  jobId: "One job only",
  present: "Still in its list",
  review: "Review",
} as const satisfies Partial<Record<keyof OpportunitySearch, string>>;

/** What a list of opportunities is narrowed to, as a subscription keeps it; and the names of what it cannot keep. */
export function subscribable(search: OpportunitySearch): { filter: SubscriptionFilter; leftOut: string[] } {
  const { closing, seen, jobId, present, review, ...lasting } = viewOf(search);
  const momentary = { closing, seen, jobId, present, review };
  const leftOut = Object.entries(MOMENTARY)
    .filter(([name]) => Object.entries(momentary).some(([known, value]) => known === name && value !== undefined))
    .map(([, label]) => label);
  const { hasDocuments, q, portalId, status, verification, classification, currency, ...query } = queryOf(lasting, 0);
  const { valueFrom, valueTo, closingFrom, closingTo, postedFrom, postedTo, completeness } = query;
  const wanted = {
    ...{ q, portalId, status, verification, classification, currency, completeness },
    ...{ valueFrom, valueTo, closingFrom, closingTo, postedFrom, postedTo },
    hasDocuments: hasDocuments === undefined ? undefined : hasDocuments === "true",
  };
  return { filter: onlySaid(wanted), leftOut };
}

type Unsaid = { [Name in keyof SubscriptionFilter]: SubscriptionFilter[Name] | undefined };

/** Without what says nothing: the API takes a name only with a value. */
export function onlySaid(wanted: Unsaid): SubscriptionFilter {
  const said: SubscriptionFilter = {};
  return Object.assign(said, Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)));
}
