import type { NewSubscription, Subscription, SubscriptionFilter } from "../api/resources.ts";

/** What somebody is writing in the form. */
export interface Draft {
  name: string;
  q: string;
  portalId: string | null;
  /** The rest of what it is narrowed to. */
  filter: SubscriptionFilter;
  events: Subscription["events"];
  cadence: Subscription["cadence"];
  hour: number;
  timezone: string;
  channel: Subscription["channel"];
  target: string;
}

const MORNING = 7;

export function beginDraft({ q = "", portalId, ...filter }: SubscriptionFilter): Draft {
  return {
    ...{ name: "", q, portalId: portalId ?? null, filter, events: ["new", "deadline_amended"] },
    ...{ cadence: "at_once", hour: MORNING, timezone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    ...{ channel: "webhook", target: "" },
  };
}

/** What the API is told. */
export function subscriptionOf(draft: Draft): NewSubscription {
  const { name, q, portalId, filter, events, cadence, hour, timezone, channel } = draft;
  const words = q.trim();
  const target = draft.target.trim();
  return {
    name: name.trim(),
    filter: { ...filter, ...(words === "" ? {} : { q: words }), ...(portalId === null ? {} : { portalId }) },
    events,
    when: cadence === "daily" ? { cadence, hour, timezone: timezone.trim() } : { cadence },
    to: channel === "email" ? { channel, address: target } : { channel, url: target },
  };
}
