import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ReviewDecision, ReviewDesk } from "#products/portals";
import { nameOf } from "../../../access.ts";
import { WRITE_REFUSALS, type ZodApp } from "../../../schemas.ts";
import { OpportunityView, viewOfOpportunity } from "./opportunity-view.ts";

const note = z.string().trim().min(1).max(2_000).optional().describe("Why, for the record.");
const Decision = z
  .discriminatedUnion("decision", [
    z.strictObject({ decision: z.literal("accept"), note }),
    z.strictObject({ decision: z.literal("reject"), note }),
    z.strictObject({
      decision: z.literal("correct"),
      fields: z
        .record(z.string().min(1).max(100), z.union([z.string().max(5_000), z.number()]).nullable())
        .refine((fields) => Object.keys(fields).length > 0, "Name at least one field")
        .describe("What is right instead; null says that the page's value is wrong and nobody knows the right one."),
      note,
    }),
  ])
  .meta({ id: "ReviewDecision" });

const tags = ["Opportunities"];

/** Where people say what is right. What a page said is never written over. */
export function opportunityReviewRoutes(reviews: Pick<ReviewDesk, "decide">): FastifyPluginAsyncZod {
  return async (app) => {
    decide(app, reviews);
    withdraw(app, reviews);
  };
}

function decide(app: ZodApp, reviews: Pick<ReviewDesk, "decide">): void {
  app.post(
    "/opportunities/:opportunityId/review",
    {
      config: { access: "operator" },
      schema: {
        operationId: "reviewOpportunity",
        summary: "Accept, correct or reject an opportunity",
        description:
          "What waits is listed with `review=waiting&sort=confidence`. Rejected ones are in no list unless asked for.",
        tags,
        params: z.object({ opportunityId: z.uuid() }),
        body: Decision,
        response: { 200: OpportunityView, ...WRITE_REFUSALS },
      },
    },
    async ({ params, body, principal }) => {
      const person = { by: nameOf(principal), note: body.note };
      return viewOfOpportunity(await reviews.decide(params.opportunityId, decisionOf(body), person));
    },
  );
}

function withdraw(app: ZodApp, reviews: Pick<ReviewDesk, "decide">): void {
  app.delete(
    "/opportunities/:opportunityId/corrections/:field",
    {
      config: { access: "operator" },
      schema: {
        operationId: "withdrawCorrection",
        summary: "Take a correction back: the page's value counts again",
        tags,
        params: z.object({ opportunityId: z.uuid(), field: z.string().min(1).max(100) }),
        response: { 200: OpportunityView, ...WRITE_REFUSALS },
      },
    },
    async ({ params: { opportunityId, field }, principal }) => {
      const person = { by: nameOf(principal) };
      return viewOfOpportunity(await reviews.decide(opportunityId, { kind: "withdraw", field }, person));
    },
  );
}

function decisionOf(body: z.output<typeof Decision>): ReviewDecision {
  return body.decision === "correct" ? { kind: "correct", fields: body.fields } : { kind: body.decision };
}
