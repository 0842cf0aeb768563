import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ApiDeps, ModelHealth } from "../api-deps.ts";
import { READ_REFUSALS } from "../schemas.ts";

const Part = z.object({ status: z.enum(["ok", "error"]) });
const Bytes = z.int().describe("Bytes.");

/** Both documented shapes in one: the short one of the API contract, the long one of monitoring. */
const HealthResponse = z
  .object({
    status: z.enum(["healthy", "degraded", "unhealthy"]),
    timestamp: z.iso.datetime(),
    uptime: z.number().describe("Seconds."),
    version: z.string(),
    activeBrowsers: z.int(),
    activeJobs: z.int(),
    completedJobs: z.int(),
    failedJobs: z.int(),
    lastJobAt: z.int().optional().describe("When a job was last handed in, in milliseconds since 1970."),
    checks: z.object({
      browser: Part.extend({ activeBrowsers: z.int(), maxBrowsers: z.int() }),
      openai: Part.extend({
        lastCallAt: z.iso.datetime().optional(),
        circuitBreaker: z.enum(["closed", "open", "half_open"]),
      }).describe("The model. Learning and replaying need none; without one it is ok and never called."),
      convex: Part.extend({ lastCallAt: z.iso.datetime().optional() }).describe(
        "The client's side: where callbacks go.",
      ),
      database: Part,
      memory: z.object({ used: Bytes, total: Bytes, percentage: z.number() }),
    }),
  })
  .meta({ id: "HealthResponse" });

type Deps = Pick<ApiDeps, "portals" | "browsers" | "callbacks" | "models" | "clock" | "settings">;

/** `GET /health` for people and load balancers, `GET /healthz` for whoever restarts a dead process. */
export function healthRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/health",
      {
        config: { access: "public", rateLimit: false },
        schema: {
          operationId: "getHealth",
          summary: "How the server is",
          description: "503 when it cannot work at all; degraded when a part is missing.",
          tags: ["Operation"],
          security: [],
          response: { 200: HealthResponse, ...READ_REFUSALS, 503: HealthResponse },
        },
      },
      async (_request, reply) => {
        const health = await examine(deps);
        return reply.status(health.status === "unhealthy" ? 503 : 200).send(health);
      },
    );

    app.get(
      "/healthz",
      {
        config: { access: "public", rateLimit: false },
        schema: {
          operationId: "getLiveness",
          summary: "Whether the process answers",
          tags: ["Operation"],
          security: [],
          response: { 200: z.object({ status: z.literal("ok") }), ...READ_REFUSALS },
        },
      },
      async () => ({ status: "ok" as const }),
    );
  };
}

async function examine({
  portals,
  browsers,
  callbacks,
  models,
  clock,
  settings,
}: Deps): Promise<z.output<typeof HealthResponse>> {
  const counted = await portals.desk.count().catch(() => null);
  const told = await callbacks().catch(() => ({ status: "error" as const, lastCallAt: undefined }));
  const { active, total, isBroken } = browsers();
  const { byStatus = {}, lastQueuedAt = null } = counted ?? {};
  const memory = memoryInUse();
  const isWhole = !isBroken && told.status === "ok" && memory.percentage < 95;
  return {
    status: counted === null ? "unhealthy" : isWhole ? "healthy" : "degraded",
    timestamp: clock().toISOString(),
    uptime: Math.round(process.uptime()),
    version: settings.version,
    activeBrowsers: active,
    activeJobs: byStatus.running ?? 0,
    completedJobs: (byStatus.completed ?? 0) + (byStatus.incomplete ?? 0),
    failedJobs: byStatus.failed ?? 0,
    ...(lastQueuedAt === null ? {} : { lastJobAt: lastQueuedAt.getTime() }),
    checks: {
      browser: { status: isBroken ? "error" : "ok", activeBrowsers: active, maxBrowsers: total },
      openai: modelHealth(models()),
      convex: { status: told.status, ...(told.lastCallAt ? { lastCallAt: told.lastCallAt.toISOString() } : {}) },
      database: { status: counted === null ? "error" : "ok" },
      memory,
    },
  };
}

/** An open circuit is an error of the model's server; without a model there is nothing that could fail. */
function modelHealth(status: ModelHealth | null) {
  const { circuitBreaker, lastCallAt } = status ?? { circuitBreaker: "closed" as const, lastCallAt: null };
  return {
    status: circuitBreaker === "open" ? ("error" as const) : ("ok" as const),
    circuitBreaker,
    ...(lastCallAt ? { lastCallAt: lastCallAt.toISOString() } : {}),
  };
}

/** Of what this process may use: the limit of its container where there is one. */
function memoryInUse() {
  const used = process.memoryUsage.rss();
  const total = Math.max(used, used + process.availableMemory());
  return { used, total, percentage: Math.round((used / total) * 1000) / 10 };
}
