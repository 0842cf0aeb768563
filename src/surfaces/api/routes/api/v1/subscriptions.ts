import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  NewSubscriptionSchema,
  SUBSCRIPTION_EVENTS,
  SubscriptionChangeSchema,
  SubscriptionFilterSchema,
  type Notice,
  type Subscription,
  type SubscriptionDesk,
} from "#products/portals";
import { nameOf } from "../../../access.ts";
import { Instant, Limit, pageOf, READ_REFUSALS, WRITE_REFUSALS, type ZodApp } from "../../../schemas.ts";

const SubscriptionView = z
  .object({
    id: z.string(),
    name: z.string(),
    filter: SubscriptionFilterSchema,
    events: z.array(z.enum(SUBSCRIPTION_EVENTS)),
    cadence: z.enum(["at_once", "daily"]),
    hour: z.int().nullable().describe("Of the daily message, in `timezone`."),
    timezone: z.string().nullable(),
    channel: z.enum(["webhook", "email"]),
    target: z.string().describe("Where it goes: a web address or a mail address."),
    paused: z.object({ at: Instant, by: z.string().describe("`receiver`: by the link in a mail.") }).nullable(),
    nextDigestAt: Instant.nullable(),
    createdBy: z.string(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: "Subscription" });

const NoticeView = z
  .object({
    id: z.string(),
    kind: z.enum(["at_once", "digest", "test"]),
    changes: z.int().describe("Pieces of news in it."),
    createdAt: Instant,
    delivery: z.object({
      id: z.string().describe("What the receiver sees as X-Gleaner-Delivery."),
      state: z.enum(["pending", "delivered", "dead"]).nullable().describe("Null once it is cleared away for its age."),
      attempts: z.int(),
      lastError: z.string().nullable(),
      deliveredAt: Instant.nullable(),
    }),
  })
  .meta({ id: "SubscriptionNotice" });

const Created = SubscriptionView.extend({
  secret: z.string().nullable().describe("Signs the webhook's messages (HMAC-SHA256). Shown this once."),
});
const Params = z.object({ subscriptionId: z.uuid() });
const tags = ["Subscriptions"];

/** `/api/v1/subscriptions`: who is told what, when and where. */
export function subscriptionRoutes(desk: SubscriptionDesk): FastifyPluginAsyncZod {
  return async (app) => {
    list(app, desk);
    add(app, desk);
    one(app, desk);
    change(app, desk);
    remove(app, desk);
    pauseAndResume(app, desk);
    test(app, desk);
    notices(app, desk);
  };
}

function list(app: ZodApp, desk: SubscriptionDesk): void {
  app.get(
    "",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listSubscriptions",
        summary: "Subscriptions by name",
        tags,
        response: {
          200: pageOf(SubscriptionView).extend({ canSendEmail: z.boolean().describe("A mail server is configured.") }),
          ...READ_REFUSALS,
        },
      },
    },
    async () => ({ items: (await desk.list()).map(view), nextCursor: null, canSendEmail: desk.canSendEmail }),
  );
}

function add(app: ZodApp, desk: SubscriptionDesk): void {
  app.post(
    "",
    {
      config: { access: "operator" },
      schema: {
        operationId: "addSubscription",
        summary: "Have news of some opportunities sent somewhere",
        tags,
        body: NewSubscriptionSchema,
        response: { 201: Created, ...WRITE_REFUSALS },
      },
    },
    async ({ body, principal }, reply) => {
      const { subscription, secret } = await desk.add(body, nameOf(principal));
      return reply.status(201).send({ ...view(subscription), secret });
    },
  );
}

function one(app: ZodApp, desk: SubscriptionDesk): void {
  app.get(
    "/:subscriptionId",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getSubscription",
        summary: "One subscription",
        tags,
        params: Params,
        response: { 200: SubscriptionView, ...READ_REFUSALS },
      },
    },
    async ({ params }) => view(await desk.get(params.subscriptionId)),
  );
}

function change(app: ZodApp, desk: SubscriptionDesk): void {
  app.patch(
    "/:subscriptionId",
    {
      config: { access: "operator" },
      schema: {
        operationId: "changeSubscription",
        summary: "Change what is told and when; where it goes stays",
        tags,
        params: Params,
        body: SubscriptionChangeSchema,
        response: { 200: SubscriptionView, ...WRITE_REFUSALS },
      },
    },
    async ({ params, body }) => view(await desk.change(params.subscriptionId, body)),
  );
}

function remove(app: ZodApp, desk: SubscriptionDesk): void {
  app.delete(
    "/:subscriptionId",
    {
      config: { access: "operator" },
      schema: {
        operationId: "removeSubscription",
        summary: "End a subscription and forget its history",
        tags,
        params: Params,
        response: { 204: z.null(), ...WRITE_REFUSALS },
      },
    },
    async ({ params }, reply) => {
      await desk.remove(params.subscriptionId);
      return reply.status(204).send(null);
    },
  );
}

function pauseAndResume(app: ZodApp, desk: SubscriptionDesk): void {
  const schema = { tags, params: Params, response: { 200: SubscriptionView, ...WRITE_REFUSALS } };
  const config = { access: "operator", hasNoBody: true } as const;
  const summary = "Send nothing for a while; what happens meanwhile is not told later";
  app.post(
    "/:subscriptionId/pause",
    { config, schema: { operationId: "pauseSubscription", summary, ...schema } },
    async ({ params, principal }) => view(await desk.pause(params.subscriptionId, nameOf(principal))),
  );
  app.post(
    "/:subscriptionId/resume",
    { config, schema: { operationId: "resumeSubscription", summary: "Send again", ...schema } },
    async ({ params }) => view(await desk.resume(params.subscriptionId)),
  );
}

function test(app: ZodApp, desk: SubscriptionDesk): void {
  app.post(
    "/:subscriptionId/test",
    {
      config: { access: "operator", hasNoBody: true },
      schema: {
        operationId: "testSubscription",
        summary: "Send a message that shows what messages look like",
        tags,
        params: Params,
        response: { 202: z.object({ sent: z.literal(true) }), ...WRITE_REFUSALS },
      },
    },
    async ({ params }, reply) => {
      await desk.test(params.subscriptionId);
      return reply.status(202).send({ sent: true });
    },
  );
}

function notices(app: ZodApp, desk: SubscriptionDesk): void {
  app.get(
    "/:subscriptionId/deliveries",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listSubscriptionDeliveries",
        summary: "The latest messages of a subscription, and what became of each",
        tags,
        params: Params,
        querystring: z.object({ limit: Limit }),
        response: { 200: pageOf(NoticeView), ...READ_REFUSALS },
      },
    },
    async ({ params, query }) => {
      const found = await desk.notices(params.subscriptionId, query.limit);
      return { items: found.map(noticeView), nextCursor: null };
    },
  );
}

function view(subscription: Subscription): z.output<typeof SubscriptionView> {
  const { id, name, filter, events, when, channel, target, paused, nextDigestAt, createdBy } = subscription;
  const isDaily = when.cadence === "daily";
  return {
    ...{ id, name, filter, events: [...events], cadence: when.cadence, channel, target, createdBy },
    hour: isDaily ? when.hour : null,
    timezone: isDaily ? when.timezone : null,
    paused: paused && { at: paused.at.toISOString(), by: paused.by },
    nextDigestAt: nextDigestAt?.toISOString() ?? null,
    createdAt: subscription.createdAt.toISOString(),
    updatedAt: subscription.updatedAt.toISOString(),
  };
}

function noticeView({ id, kind, changes, createdAt, delivery }: Notice): z.output<typeof NoticeView> {
  const deliveredAt = delivery.deliveredAt?.toISOString() ?? null;
  return { id, kind, changes, createdAt: createdAt.toISOString(), delivery: { ...delivery, deliveredAt } };
}
