import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { EvidenceByFieldSchema, type OpportunityCatalogue } from "#products/portals";
import { Cursor, Limit, pageOf, READ_REFUSALS, type ZodApp } from "../../../schemas.ts";
import { filterOf, OpportunityQuery } from "./opportunity-filter.ts";
import { Highlights, highlightsOf, OpportunityView, viewOfOpportunity } from "./opportunity-view.ts";

const OpportunityDetail = OpportunityView.extend({
  raw: z.record(z.string(), z.string()).describe("The words of the page behind each field."),
  evidence: EvidenceByFieldSchema.describe("Where each value stands in stored bytes."),
  fieldConfidence: z.record(z.string(), z.number()).describe("How sure each field is, 0 to 1."),
});

const Listed = OpportunityView.extend({
  highlights: Highlights.optional().describe("Where the words that were looked for stand, by field."),
});
const tags = ["Opportunities"];

/** `/api/v1/opportunities`: what all jobs found, each opportunity once. */
export function opportunityRoutes(catalogue: Pick<OpportunityCatalogue, "list" | "get">): FastifyPluginAsyncZod {
  return async (app) => {
    list(app, catalogue);
    getOne(app, catalogue);
  };
}

function list(app: ZodApp, catalogue: Pick<OpportunityCatalogue, "list">): void {
  app.get(
    "/opportunities",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listOpportunities",
        summary: "Opportunities, filtered and sorted",
        tags,
        querystring: OpportunityQuery.extend({ limit: Limit, cursor: Cursor }),
        response: { 200: pageOf(Listed), ...READ_REFUSALS },
      },
    },
    async ({ query: { sort, limit, cursor, ...rest } }) => {
      const { items, nextCursor } = await catalogue.list(filterOf(rest), { sort, cursor, limit });
      const { q } = rest;
      return {
        items: items.map((found) => {
          const view = viewOfOpportunity(found);
          return q === undefined ? view : { ...view, highlights: highlightsOf(found, q) };
        }),
        nextCursor,
      };
    },
  );
}

function getOne(app: ZodApp, catalogue: Pick<OpportunityCatalogue, "get">): void {
  app.get(
    "/opportunities/:opportunityId",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getOpportunity",
        summary: "One opportunity with the evidence of every value",
        tags,
        params: z.object({ opportunityId: z.uuid() }),
        response: { 200: OpportunityDetail, ...READ_REFUSALS },
      },
    },
    async ({ params }) => {
      const found = await catalogue.get(params.opportunityId);
      const { raw, evidence, fieldConfidence } = found;
      return { ...viewOfOpportunity(found), raw, evidence, fieldConfidence };
    },
  );
}
