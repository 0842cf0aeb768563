import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Clock } from "#kernel";
import type { StatisticsStore } from "#products/portals";
import { ClientId, READ_REFUSALS } from "../../../schemas.ts";

const Count = z.int().min(0);

const StatisticsView = z
  .object({
    days: z
      .array(
        z.object({
          day: z.iso.date().describe("In UTC."),
          jobs: z.object({ completed: Count, incomplete: Count, failed: Count, cancelled: Count }),
          completeness: z
            .object({ complete: Count, incomplete: Count, unknown: Count })
            .describe("Jobs by how much of their list came home; those that failed or were cancelled are in none."),
          opportunities: z
            .object({ found: Count, new: Count })
            .describe("Seen by jobs that ended on this day, each once; and seen for the first time ever."),
          models: z.object({
            tokens: Count,
            usd: z.number().nullable().describe("Null where the price of an answer is not known."),
          }),
        }),
      )
      .describe("Every day of the range, oldest first, today last."),
    failures: z
      .array(
        z.object({
          code: z.string(),
          jobs: Count,
          byDay: z.array(Count).describe("As many as there are `days`, in their order."),
        }),
      )
      .describe("The eight most frequent, most first."),
  })
  .meta({ id: "Statistics" });

const Query = z.object({
  days: z.enum(["7", "30", "90"]).default("30").describe("How many days, today included."),
  portalId: ClientId.optional().describe("Only this portal."),
});

interface Deps {
  statistics: Pick<StatisticsStore, "read">;
  clock: Clock;
}

/** `/api/v1/statistics`: what became of jobs, day by day. */
export function statisticsRoutes({ statistics, clock }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "",
      {
        config: { access: "viewer" },
        schema: {
          operationId: "readStatistics",
          summary: "Jobs, opportunities, cost and failures, day by day",
          tags: ["Jobs"],
          querystring: Query,
          response: { 200: StatisticsView, ...READ_REFUSALS },
        },
      },
      ({ query: { days, portalId } }) => statistics.read({ days: Number(days), now: clock(), portalId }),
    );
  };
}
