import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Clock } from "#kernel";
import { CompletenessSchema, type PortalHealth, type PortalHealthStore } from "#products/portals";
import { Instant, pageOf, READ_REFUSALS } from "../../../schemas.ts";
import { JOB_STATES } from "./jobs.ts";

const HealthView = z
  .object({
    portalId: z.string(),
    jobs: z
      .array(z.object({ id: z.string(), state: z.enum(JOB_STATES), found: z.int(), queuedAt: Instant }))
      .describe("The last 14, newest first."),
    completeness: CompletenessSchema.nullable().describe("Of the last of these jobs that could tell."),
    models: z.object({
      questions: z.int().min(0),
      tokens: z.int().min(0),
      usd: z.number().nullable().describe("Null where the price of an answer is not known."),
    }),
  })
  .meta({ id: "PortalHealth" });

const DAY_MS = 86_400_000;
const Query = z.object({
  days: z.coerce.number().int().min(1).max(365).default(30).describe("Over how many days cost is counted."),
});

interface Deps {
  health: Pick<PortalHealthStore, "read">;
  clock: Clock;
}

/** `/api/v1/portal-health`: how every portal has been lately, in one answer. */
export function portalHealthRoutes({ health, clock }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "",
      {
        config: { access: "viewer" },
        schema: {
          operationId: "listPortalHealth",
          summary: "Last jobs, completeness and cost of every portal",
          tags: ["Portals"],
          querystring: Query,
          response: { 200: pageOf(HealthView), ...READ_REFUSALS },
        },
      },
      async ({ query: { days } }) => {
        const all = await health.read(new Date(clock().getTime() - days * DAY_MS));
        return { items: all.map(view), nextCursor: null };
      },
    );
  };
}

function view({ jobs, ...portal }: PortalHealth): z.output<typeof HealthView> {
  return { ...portal, jobs: jobs.map(({ queuedAt, ...job }) => ({ ...job, queuedAt: queuedAt.toISOString() })) };
}
