import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ScrapeDesk } from "#products/portals";
import { nameOf } from "../access.ts";
import { ClientId, WRITE_REFUSALS } from "../schemas.ts";

const CancelResponse = z
  .object({ success: z.boolean(), jobId: z.string(), message: z.string() })
  .meta({ id: "CancelResponse" });

/** `POST /cancel/:jobId`: stops a job. */
export function cancelRoute(desk: Pick<ScrapeDesk, "cancel">): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      "/cancel/:jobId",
      {
        config: { access: "operator", hasNoBody: true },
        schema: {
          operationId: "cancelScrape",
          summary: "Cancel a scrape job",
          description:
            "A waiting job ends at once, a running one within seconds. One that has ended is answered with 409.",
          tags: ["Scraping"],
          params: z.object({ jobId: ClientId }),
          response: { 200: CancelResponse, ...WRITE_REFUSALS },
        },
      },
      async ({ params: { jobId }, principal }) => {
        const { status } = await desk.cancel(jobId, nameOf(principal));
        const message =
          status === "cancelled"
            ? "Cancelled."
            : "The worker has been told to stop; the job ends as cancelled in a moment.";
        return { success: true, jobId, message };
      },
    );
  };
}
