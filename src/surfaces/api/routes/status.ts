import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  CompletenessSchema,
  documentedInteraction,
  DocumentedInteractionSchema,
  documentedStatus,
  durationMs,
  errorOf,
  OpportunitySchema,
  ScrapeFailureSchema,
  WallSchema,
  type JobReport,
  type ScrapeDesk,
} from "#products/portals";
import { ClientId, READ_REFUSALS } from "../schemas.ts";

const StatusResponse = z
  .object({
    jobId: z.string(),
    status: z.enum(["queued", "in_progress", "completed", "failed"]),
    agentStatus: z
      .enum(["queued", "running", "paused", "needs_person", "completed", "incomplete", "failed", "cancelled"])
      .describe("The state more exactly than `status` can say it."),
    progress: z.object({
      currentPage: z.int(),
      totalPages: z.int().optional(),
      opportunitiesFound: z.int(),
      totalDeclared: z.int().optional().describe("How many the list itself says there are."),
      currentAction: z.string().optional(),
    }),
    result: z
      .object({
        opportunities: z.array(OpportunitySchema),
        interactions: z.array(DocumentedInteractionSchema),
        duration: z.number().describe("Milliseconds."),
      })
      .optional()
      .describe("Once the job has ended with results, or has failed after it found some."),
    error: ScrapeFailureSchema.optional().describe(
      "When `status` is failed. A cancelled job has the code `cancelled`.",
    ),
    completeness: CompletenessSchema.optional().describe("How much of the list the job brought home."),
    wall: WallSchema.optional().describe("What the job waits for a person at."),
    run: z.string().optional().describe("The harvest behind the job, see /api/v1/runs."),
    attentionId: z.string().optional().describe("The entry in the queue for people, see /api/v1/attention."),
  })
  .meta({ id: "StatusResponse" });

/** `GET /status/:jobId`: how far a job is, and what it found. */
export function statusRoute(desk: Pick<ScrapeDesk, "report">): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/status/:jobId",
      {
        config: { access: "viewer" },
        schema: {
          operationId: "getScrapeStatus",
          summary: "Progress and results of a scrape job",
          tags: ["Scraping"],
          params: z.object({ jobId: ClientId }),
          response: { 200: StatusResponse, ...READ_REFUSALS },
        },
      },
      async ({ params }) => view(await desk.report(params.jobId)),
    );
  };
}

function view({ job, results }: JobReport): z.output<typeof StatusResponse> {
  const { currentPage, totalPages, opportunitiesFound, totalDeclared, currentAction } = job.progress;
  const error = errorOf(job);
  return {
    jobId: job.id,
    status: documentedStatus(job),
    agentStatus: job.status,
    progress: {
      currentPage,
      ...(totalPages === null ? {} : { totalPages }),
      opportunitiesFound,
      ...(totalDeclared === null ? {} : { totalDeclared }),
      ...(currentAction === null ? {} : { currentAction }),
    },
    ...(results
      ? {
          result: {
            opportunities: results.opportunities,
            interactions: results.interactions.map(documentedInteraction),
            duration: durationMs(job) ?? 0,
          },
        }
      : {}),
    ...(error ? { error } : {}),
    ...("completeness" in job ? { completeness: job.completeness } : {}),
    ...("wall" in job ? { wall: job.wall } : {}),
    ...(job.runId === null ? {} : { run: job.runId }),
    ...(job.attentionId === null ? {} : { attentionId: job.attentionId }),
  };
}
