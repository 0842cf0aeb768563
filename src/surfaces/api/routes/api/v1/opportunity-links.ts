import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { OpportunityCatalogue, OpportunityLink, ReviewDesk } from "#products/portals";
import { nameOf } from "../../../access.ts";
import { readPlace, writePlace } from "../../../place.ts";
import { Cursor, Instant, Limit, pageOf, READ_REFUSALS, WRITE_REFUSALS, type ZodApp } from "../../../schemas.ts";
import { OpportunityView, viewOfOpportunity } from "./opportunity-view.ts";

const LinkView = z
  .object({
    id: z.string(),
    state: z.enum(["linked", "confirmed", "split"]).describe("`linked` by Gleaner; the others by a person."),
    confidence: z.number().describe("How likely both are one, 0 to 1."),
    reasons: z
      .array(z.object({ fact: z.string(), speaks: z.enum(["for", "against"]), text: z.string() }))
      .describe("Why, the weightiest first."),
    foundAt: Instant,
    decidedBy: z.string().nullable(),
    decidedAt: Instant.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: "OpportunityLink" });

const Decision = z.strictObject({
  state: z.enum(["confirmed", "split"]),
  note: z.string().trim().min(1).max(2_000).optional().describe("Why, for the record."),
});
const tags = ["Opportunities"];

interface Deps {
  catalogue: Pick<OpportunityCatalogue, "linksOf" | "undecidedLinks">;
  reviews: Pick<ReviewDesk, "decideLink">;
}

/** Entries that are, or may be, one opportunity. Both stay; a link says that they belong together, and why. */
export function opportunityLinkRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    ofOne(app, deps);
    undecided(app, deps);
    decide(app, deps);
  };
}

function ofOne(app: ZodApp, { catalogue }: Deps): void {
  app.get(
    "/opportunities/:opportunityId/links",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listOpportunityLinks",
        summary: "What may be the same opportunity, and why",
        tags,
        params: z.object({ opportunityId: z.uuid() }),
        response: { 200: pageOf(LinkView.extend({ other: OpportunityView })), ...READ_REFUSALS },
      },
    },
    async ({ params: { opportunityId } }) => {
      const found = await catalogue.linksOf(opportunityId);
      const items = found.map(({ link, other }) => ({ ...view(link), other: viewOfOpportunity(other) }));
      return { items, nextCursor: null };
    },
  );
}

const PlaceSchema = z.tuple([z.number(), z.uuid()]);

function undecided(app: ZodApp, { catalogue }: Deps): void {
  app.get(
    "/opportunity-links",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listUndecidedLinks",
        summary: "Links that nobody has decided, the least sure first",
        tags,
        querystring: z.object({ limit: Limit, cursor: Cursor }),
        response: { 200: pageOf(LinkView.extend({ entries: z.array(OpportunityView) })), ...READ_REFUSALS },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const after = cursor === undefined ? undefined : readPlace(cursor, PlaceSchema);
      const found = await catalogue.undecidedLinks({ limit, after });
      const last = found.at(-1)?.link;
      return {
        items: found.map(({ link, entries }) => ({
          ...view(link),
          entries: entries.map((each) => viewOfOpportunity(each)),
        })),
        nextCursor: found.length < limit || !last ? null : writePlace([last.confidence, last.id]),
      };
    },
  );
}

function decide(app: ZodApp, { reviews }: Deps): void {
  app.post(
    "/opportunity-links/:linkId/decision",
    {
      config: { access: "operator" },
      schema: {
        operationId: "decideLink",
        summary: "Say that two entries are one, or that they are two",
        tags,
        params: z.object({ linkId: z.uuid() }),
        body: Decision,
        response: { 200: LinkView, ...WRITE_REFUSALS },
      },
    },
    async ({ params: { linkId }, body: { state, note }, principal }) =>
      view(await reviews.decideLink(linkId, state, { by: nameOf(principal), note })),
  );
}

function view({
  id,
  state,
  confidence,
  reasons,
  foundAt,
  decidedBy,
  decidedAt,
  note,
}: OpportunityLink): z.output<typeof LinkView> {
  return {
    ...{ id, state, confidence, reasons: reasons.map((each) => ({ ...each })), foundAt: foundAt.toISOString() },
    ...{ decidedBy, decidedAt: decidedAt?.toISOString() ?? null, note },
  };
}
