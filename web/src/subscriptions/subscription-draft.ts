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

/** One that is there already, to be changed. */
export function draftOf(subscription: Subscription): Draft {
  const { name, filter, events, cadence, hour, timezone, channel, target } = subscription;
  const begun = beginDraft(filter);
  const when = cadence === "daily" ? { hour: hour ?? begun.hour, timezone: timezone ?? begun.timezone } : {};
  return { ...begun, name, events, cadence, channel, target, ...when };
}

/** What the API is told of a new one. */
export function subscriptionOf(draft: Draft): NewSubscription {
  const target = draft.target.trim();
  const { channel } = draft;
  return { ...changeOf(draft), to: channel === "email" ? { channel, address: target } : { channel, url: target } };
}

/** What the API is told of one that is there: where it goes stays. */
export function changeOf(draft: Draft): Omit<NewSubscription, "to"> {
  const { name, q, portalId, filter, events, cadence, hour, timezone } = draft;
  const words = q.trim();
  return {
    name: name.trim(),
    filter: { ...filter, ...(words === "" ? {} : { q: words }), ...(portalId === null ? {} : { portalId }) },
    events,
    when: cadence === "daily" ? { cadence, hour, timezone: timezone.trim() } : { cadence },
  };
}
