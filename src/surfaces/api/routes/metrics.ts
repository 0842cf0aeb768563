import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { ApiDeps } from "../api-deps.ts";
import { READ_REFUSALS, textAs } from "../schemas.ts";

/** `GET /metrics`: what Prometheus reads. It holds numbers only, so it is open like the health report. */
export function metricsRoute(metrics: ApiDeps["metrics"]): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/metrics",
      {
        config: { access: "public", rateLimit: false },
        schema: {
          operationId: "getMetrics",
          summary: "Measurements for Prometheus",
          tags: ["Operation"],
          security: [],
          response: { 200: textAs("text/plain", "Prometheus text format"), ...READ_REFUSALS },
        },
      },
      async (_request, reply) => {
        const { contentType, text } = await metrics.render();
        return reply.type(contentType).send(text);
      },
    );
  };
}
