import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { nameOf } from "../../../access.ts";
import type { Maintenance } from "../../../api-deps.ts";
import { WRITE_REFUSALS, type ZodApp } from "../../../schemas.ts";

const CleanUpView = z
  .object({
    dryRun: z.boolean(),
    days: z.int(),
    jobs: z.int(),
    runs: z.int(),
    callbacks: z.int(),
    artifacts: z
      .int()
      .describe("Stored pages that nothing points at any more. A dry run still counts those of old runs as needed."),
    pictures: z.int().describe("Copies in `SCREENSHOT_DIR`."),
    modelCalls: z.int().describe("Lines of the ledger of questions to models."),
    artifactsKept: z.int().describe("Old ones that something that is kept points at."),
  })
  .meta({ id: "CleanUp" });

const RotationView = z
  .object({
    source: z.enum(["key file", "SECRETS_KEY"]),
    keyId: z.string().describe("Of the newest key; tells nothing of it."),
    resealed: z.int(),
    lost: z.int().describe("Secrets whose key was gone already."),
    olderKeys: z.int().describe("How many still open."),
  })
  .meta({ id: "SealRotation" });

const tags = ["Operation"];

/** `/api/v1/maintenance`: what else happens by time table or on the command line. */
export function maintenanceRoutes(maintenance: Maintenance): FastifyPluginAsyncZod {
  return async (app) => {
    cleanUp(app, maintenance);
    rotateSeal(app, maintenance);
  };
}

function cleanUp(app: ZodApp, maintenance: Maintenance): void {
  app.post(
    "/clean-up",
    {
      config: { access: "admin", isAuditedInside: true },
      schema: {
        operationId: "cleanUp",
        summary: "Remove what is old: jobs, runs, callbacks, and stored pages that nothing points at",
        description:
          "Opportunities and their evidence stay, and so do the newest job and the latest runs of each list.",
        tags,
        body: z.strictObject({
          days: z.int().min(1).max(36_500).optional().describe("Default: RETENTION_DAYS."),
          dryRun: z.boolean().default(false).describe("Only count."),
        }),
        response: { 200: CleanUpView, ...WRITE_REFUSALS },
      },
    },
    async ({ body, principal }) => maintenance.cleanUp({ ...body, by: nameOf(principal) }),
  );
}

function rotateSeal(app: ZodApp, maintenance: Maintenance): void {
  app.post(
    "/rotate-seal",
    {
      config: { access: "admin", isAuditedInside: true },
      schema: {
        operationId: "rotateSeal",
        summary: "Change the key that seals stored secrets",
        tags,
        body: z.strictObject({
          finish: z.boolean().default(false).describe("Remove the older keys, after every process was restarted."),
        }),
        response: { 200: RotationView, ...WRITE_REFUSALS },
      },
    },
    async ({ body: { finish }, principal }) => maintenance.rotateSeal({ finish, by: nameOf(principal) }),
  );
}
