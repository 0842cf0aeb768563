import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { documentedStatus, RequestedScrapeSchema, type ScrapeDesk, type ScrapeJob } from "#products/portals";
import { WRITE_REFUSALS } from "../schemas.ts";

const ScrapeResponse = z
  .object({
    success: z.boolean(),
    jobId: z.string(),
    status: z.enum(["queued", "started", "completed", "failed"]),
    message: z.string().optional(),
  })
  .meta({ id: "ScrapeResponse" });

/** `POST /scrape`: hands a portal to the workers. */
export function scrapeRoute(desk: Pick<ScrapeDesk, "submit">): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/scrape",
      {
        config: { access: "operator" },
        schema: {
          operationId: "startScrape",
          summary: "Scrape one portal",
          description:
            "Answers at once; the work goes on in the background. The same jobId with the same request starts nothing twice. " +
            "Credentials are sealed and kept with the portal; a portal that needs some and has none is answered with 422 `credentials_missing`.",
          tags: ["Scraping"],
          body: RequestedScrapeSchema,
          response: { 200: ScrapeResponse, 202: ScrapeResponse, ...WRITE_REFUSALS },
        },
      },
      async ({ body }, reply) => {
        const { job, isNew } = await desk.submit(body);
        return reply.status(isNew ? 202 : 200).send(view(job, isNew));
      },
    );
  };
}

function view(job: ScrapeJob, isNew: boolean): z.output<typeof ScrapeResponse> {
  const documented = documentedStatus(job);
  const status = documented === "in_progress" ? ("started" as const) : documented;
  const message = isNew
    ? `Accepted. Ask GET /status/${job.id} for progress.`
    : "This job is known already; nothing was started anew.";
  return { success: status !== "failed", jobId: job.id, status, message };
}
