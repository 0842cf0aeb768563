import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  OPPORTUNITY_EVENTS,
  OpportunityEvidenceSchema,
  type OpportunityCatalogue,
  type OpportunityEvent,
} from "#products/portals";
import { ClientId, Instant, Limit, NamedInstant, pageOf, READ_REFUSALS, type ZodApp } from "../../../schemas.ts";

const State = z.object({
  value: z.unknown().describe("Null: there was none."),
  quote: z.string().nullable().describe("The words of the page; null where a person said it."),
  evidence: z.array(OpportunityEvidenceSchema),
});

const EventView = z
  .object({
    id: z.int(),
    opportunityId: z.string(),
    at: Instant,
    kind: z
      .enum(OPPORTUNITY_EVENTS)
      .describe("`reread`: Gleaner reads the value otherwise, the words of the page are the same."),
    field: z.string().nullable(),
    before: State.nullable(),
    after: State.nullable(),
    jobId: z.string().nullable(),
    actor: z.string().nullable().describe("Who did it; null where a run saw it."),
    note: z.string().nullable(),
  })
  .meta({ id: "OpportunityEvent" });

const Before = z.coerce
  .number()
  .int()
  .min(1)
  .optional()
  .describe("Only events before this one: the `nextCursor` of the page before.");
const tags = ["Opportunities"];

/** What happened to opportunities, each change with what the page said before and after. */
export function opportunityHistoryRoutes(
  catalogue: Pick<OpportunityCatalogue, "get" | "history">,
): FastifyPluginAsyncZod {
  return async (app) => {
    ofOne(app, catalogue);
    ofAll(app, catalogue);
  };
}

function ofOne(app: ZodApp, catalogue: Pick<OpportunityCatalogue, "get" | "history">): void {
  app.get(
    "/opportunities/:opportunityId/history",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listOpportunityHistory",
        summary: "What happened to one opportunity, newest first",
        tags,
        params: z.object({ opportunityId: z.uuid() }),
        querystring: z.object({ limit: Limit, cursor: Before }),
        response: { 200: pageOf(EventView), ...READ_REFUSALS },
      },
    },
    async ({ params: { opportunityId }, query: { limit, cursor } }) => {
      await catalogue.get(opportunityId);
      return pageFrom(await catalogue.history({ opportunityId, limit, before: cursor }));
    },
  );
}

function ofAll(app: ZodApp, catalogue: Pick<OpportunityCatalogue, "history">): void {
  app.get(
    "/opportunity-events",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listOpportunityEvents",
        summary: "What happened to all opportunities, newest first",
        tags,
        querystring: z.object({
          limit: Limit,
          cursor: Before,
          portalId: ClientId.optional(),
          kind: z.enum(OPPORTUNITY_EVENTS).optional(),
          since: NamedInstant.optional(),
        }),
        response: { 200: pageOf(EventView), ...READ_REFUSALS },
      },
    },
    async ({ query: { limit, cursor, portalId, kind, since } }) => {
      const at = since === undefined ? undefined : new Date(since);
      const kinds = kind === undefined ? undefined : [kind];
      return pageFrom(await catalogue.history({ portalId, kinds, since: at, limit, before: cursor }));
    },
  );
}

function pageFrom({ items, nextBefore }: Awaited<ReturnType<OpportunityCatalogue["history"]>>) {
  return { items: items.map(view), nextCursor: nextBefore === null ? null : String(nextBefore) };
}

function view(event: OpportunityEvent): z.output<typeof EventView> {
  const { id, opportunityId, at, kind, field, before, after, jobId, actor, note } = event;
  const state = (each: typeof before) => (each ? { ...each, evidence: [...each.evidence] } : null);
  return {
    ...{ id, opportunityId, at: at.toISOString(), kind, field: field ?? null },
    ...{ before: state(before), after: state(after), jobId: jobId ?? null, actor: actor ?? null, note: note ?? null },
  };
}
