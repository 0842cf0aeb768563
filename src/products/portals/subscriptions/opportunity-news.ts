import type { NewOpportunityEvent } from "../opportunities/history/opportunity-event.ts";
import type { SubscriptionEvent } from "./subscription.ts";

/** One field before and after. */
export interface NewsChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** Something that happened to an opportunity, as subscribers hear of it. */
export interface News {
  opportunityId: string;
  kind: SubscriptionEvent;
  at: Date;
  changes: NewsChange[];
}

const KINDS: Partial<Record<NewOpportunityEvent["kind"], SubscriptionEvent>> = {
  first_seen: "new",
  changed: "changed",
  deadline_amended: "deadline_amended",
  vanished: "vanished",
  // Back on its list: as good as new for who was told that it vanished.
  returned: "new",
};

/** What is news among the events that were written together: one piece for each opportunity and kind, with its fields. */
export function newsIn(events: readonly NewOpportunityEvent[]): News[] {
  const news = new Map<string, News>();
  for (const { opportunityId, kind: event, at, field, before, after } of events) {
    const kind = KINDS[event];
    if (kind === undefined) continue;
    const key = `${opportunityId} ${kind}`;
    const known = news.get(key) ?? { opportunityId, kind, at, changes: [] };
    if (field !== undefined) known.changes.push({ field, before: before?.value ?? null, after: after?.value ?? null });
    news.set(key, known);
  }
  return [...news.values()];
}
