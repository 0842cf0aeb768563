import type { Subscription, SubscriptionFilter, SubscriptionNotice } from "../api/resources.ts";
import { nameOfActor } from "../audit/audit-words.ts";
import { dayOf } from "../elements/instant.ts";

/** What can happen to an opportunity. */
export const EVENTS = [
  { value: "new", label: "New" },
  { value: "changed", label: "Changed" },
  { value: "deadline_amended", label: "Deadline moved" },
  { value: "vanished", label: "Gone from its list" },
] as const satisfies readonly { value: Subscription["events"][number]; label: string }[];

const COMPLETENESS = {
  complete: "whose list came home whole",
  incomplete: "whose list came home in part",
  unknown: "of whose list nobody knows whether it is whole",
} as const;

/** Which opportunities, as one says it. Portals are called by their names. */
export function filterInWords(filter: SubscriptionFilter, nameOfPortal: (id: string) => string): string {
  const { portalId, q, hasDocuments, verification, completeness, filledFrom, currency, classification } = filter;
  const parts = [
    q !== undefined && `with “${q}”`,
    portalId !== undefined && `from ${nameOfPortal(portalId)}`,
    ...named(filter),
    classification !== undefined && `code ${classification}`,
    between("value", filter.valueFrom?.toLocaleString("en"), filter.valueTo?.toLocaleString("en")),
    currency !== undefined && `in ${currency.toUpperCase()}`,
    between("closing", day(filter.closingFrom), day(filter.closingTo)),
    between("posted", day(filter.postedFrom), day(filter.postedTo)),
    verification !== undefined && (verification === "verified" ? "verified" : "not verified"),
    hasDocuments !== undefined && (hasDocuments ? "with documents" : "without documents"),
    completeness !== undefined && COMPLETENESS[completeness],
    filledFrom !== undefined && `at least ${Math.round(filledFrom * 100)} % filled in`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? "All opportunities" : `Opportunities ${parts.join(", ")}`;
}

function named({ status, opportunityType, category, department, agency }: SubscriptionFilter): string[] {
  return Object.entries({ status, type: opportunityType, category, department, agency }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name} “${value}”`],
  );
}

function between(what: string, from: string | undefined, to: string | undefined): string | false {
  if (from === undefined && to === undefined) return false;
  return [what, from && `from ${from}`, to && `to ${to}`].filter(Boolean).join(" ");
}

function day(iso: string | undefined): string | undefined {
  return iso === undefined ? undefined : dayOf(iso);
}

export function eventsInWords(events: Subscription["events"]): string {
  return EVENTS.filter(({ value }) => events.includes(value))
    .map(({ label }) => label)
    .join(", ");
}

export function whenInWords({ cadence, hour, timezone }: Subscription): string {
  return cadence === "at_once" ? "At once" : `Daily at ${hourInWords(hour ?? 0)} (${timezone ?? "UTC"})`;
}

export function hourInWords(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}

export function pausedInWords(by: string): string {
  return by === "receiver" ? "paused by its receiver" : `paused by ${nameOfActor(by)}`;
}

export function noticeInWords({ kind, changes }: SubscriptionNotice): string {
  if (kind === "test") return "Test message";
  const news = changes === 1 ? "1 piece of news" : `${changes.toLocaleString("en")} pieces of news`;
  return kind === "digest" ? `Daily message, ${news}` : news;
}
