import type { FastifyInstance } from "fastify";
import type { Logger } from "#kernel";

/** One line per request: the route's pattern, never its values, headers or body. */
export function registerRequestLog(app: FastifyInstance, logger: Logger): void {
  app.addHook("onResponse", async (request, reply) => {
    const { id: requestId, method, principal, routeOptions } = request;
    const quiet = routeOptions.config.rateLimit === false;
    logger[quiet ? "debug" : "info"]("api.request", {
      requestId,
      method,
      route: routeOptions.url ?? "(none)",
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
      caller: principal?.id ?? null,
    });
  });
}
