import { z } from "zod";
import { isMailAddress } from "#platform/delivery";
import type { OpportunityFilter } from "../opportunities/opportunity-query.ts";

/** What a subscription may tell of. A deadline that moved is an event of its own, besides other changes. */
export const SUBSCRIPTION_EVENTS = ["new", "changed", "deadline_amended", "vanished"] as const;
export type SubscriptionEvent = (typeof SUBSCRIPTION_EVENTS)[number];

const words = z.string().trim().min(1).max(300).optional();
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/, "An ISO 8601 date")
  .optional();

/** Which opportunities: the names and meanings of `GET /api/v1/opportunities`, but for those that speak of one moment. */
export const SubscriptionFilterSchema = z
  .strictObject({
    portalId: z.string().min(1).max(200).optional(),
    q: words,
    status: words,
    opportunityType: words,
    category: words,
    department: words,
    agency: words,
    currency: z.string().length(3).optional(),
    closingFrom: date,
    closingTo: date,
    postedFrom: date,
    postedTo: date,
    valueFrom: z.number().optional(),
    valueTo: z.number().optional(),
    verification: z.enum(["verified", "unverified"]).optional(),
    classification: z
      .string()
      .regex(/^(CPV|NAICS|UNSPSC)(:\d{0,8})?$/i)
      .optional(),
    hasDocuments: z.boolean().optional(),
    completeness: z.enum(["complete", "incomplete", "unknown"]).optional(),
    filledFrom: z.number().min(0).max(1).optional(),
  })
  .describe("As the query of GET /api/v1/opportunities. Empty: all of them.");
export type SubscriptionFilter = z.infer<typeof SubscriptionFilterSchema> & OpportunityFilter;

const wish = {
  name: z.string().trim().min(1).max(200),
  filter: SubscriptionFilterSchema,
  events: z.array(z.enum(SUBSCRIPTION_EVENTS)).min(1).max(SUBSCRIPTION_EVENTS.length),
  when: z
    .discriminatedUnion("cadence", [
      z.strictObject({ cadence: z.literal("at_once") }),
      z.strictObject({
        cadence: z.literal("daily"),
        hour: z.int().min(0).max(23),
        timezone: z.string().trim().min(1).max(100).default("UTC"),
      }),
    ])
    .describe("Each time something happens, or one message a day. A day without news has none."),
};

const channel = z.discriminatedUnion("channel", [
  z.strictObject({ channel: z.literal("webhook"), url: z.string().min(1).max(2_000) }),
  z.strictObject({
    channel: z.literal("email"),
    address: z.string().refine(isMailAddress, "One plain address such as team@example.org"),
  }),
]);

/** What a person says about a new subscription. */
export const NewSubscriptionSchema = z.strictObject({ ...wish, to: channel });
export type NewSubscription = z.infer<typeof NewSubscriptionSchema>;

/** Where a subscription goes cannot be changed: its receiver agreed to this one. */
export const SubscriptionChangeSchema = z.strictObject({
  name: wish.name.optional(),
  filter: wish.filter.optional(),
  events: wish.events.optional(),
  when: wish.when.optional(),
});
export type SubscriptionChange = z.infer<typeof SubscriptionChangeSchema>;

export interface Subscription {
  readonly id: string;
  readonly name: string;
  readonly filter: SubscriptionFilter;
  readonly events: readonly SubscriptionEvent[];
  readonly when: NewSubscription["when"];
  readonly channel: "webhook" | "email";
  /** A web address or a mail address. */
  readonly target: string;
  /** Of a webhook's signature, sealed. */
  readonly secret: string | null;
  readonly unsubscribeKey: string;
  readonly paused: { readonly at: Date; readonly by: string } | null;
  /** When the next digest is due; null where there is none. */
  readonly nextDigestAt: Date | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Finds the first such hour after a moment. Throws where the zone is unknown. */
export type NextHour = (hour: number, timezone: string, after: Date) => Date;

/** Sets when the next digest is due: none for what is paused or tells at once. */
export function planned(subscription: Subscription, nextHour: NextHour, after: Date): Subscription {
  const { when, paused } = subscription;
  const isDue = when.cadence === "daily" && paused === null;
  return { ...subscription, nextDigestAt: isDue ? nextHour(when.hour, when.timezone, after) : null };
}

/** Under which name a receiver pauses by the link in a mail. */
export const RECEIVER = "receiver";
