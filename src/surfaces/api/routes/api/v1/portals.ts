import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { newId } from "#kernel";
import {
  PortalConfigurationSchema,
  RequestedConfigurationSchema,
  settingsVersion,
  type Portal,
  type PortalRegistry,
  type ScrapeDesk,
} from "#products/portals";
import { nameOf } from "../../../access.ts";
import { readPlace, writePlace } from "../../../place.ts";
import {
  ClientId,
  Cursor,
  Instant,
  Limit,
  pageOf,
  READ_REFUSALS,
  WRITE_REFUSALS,
  type ZodApp,
} from "../../../schemas.ts";

const PortalView = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    state: z.string().nullable(),
    capital: z.string().nullable(),
    status: z.enum(["pending", "in_progress", "completed", "failed"]),
    configuration: PortalConfigurationSchema,
    recipeId: z.string().nullable().describe("The recipe that jobs replay; null until one was learnt."),
    robots: z.enum(["respect", "ignore"]),
    robotsReason: z.string().nullable(),
    watched: z.boolean().describe("Whether jobs are sent by themselves."),
    schedule: z.string().nullable().describe("Its own cron expression; null: when all watched portals are run."),
    timezone: z.string(),
    nextRunAt: Instant.nullable(),
    paused: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
    consecutiveFailures: z.int(),
    lastCount: z.int().nullable().describe("Opportunities of the last complete job."),
    lastScrapedAt: Instant.nullable(),
    lastSuccessfulScrapeAt: Instant.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    settingsVersion: z.string().describe("Another one as soon as somebody changes the settings; jobs leave it."),
  })
  .meta({ id: "Portal" });

const fields = {
  name: z.string().trim().min(1).max(300).optional(),
  state: z.string().max(200).nullable().optional(),
  capital: z.string().max(200).nullable().optional(),
  configuration: RequestedConfigurationSchema.optional(),
  recipeId: z.uuid().nullable().optional().describe("Null: learn the list anew with the next job."),
  robots: z.enum(["respect", "ignore"]).optional(),
  robotsReason: z.string().max(2_000).nullable().optional().describe("Needed to ignore robots.txt; kept on record."),
  watched: z.boolean().optional().describe("Run it by itself. A portal that is added here is, unless this says false."),
  schedule: z.string().trim().min(1).max(100).nullable().optional().describe("Cron: minute hour day month weekday."),
  timezone: z.string().trim().min(1).max(100).optional().describe("Of `schedule`, such as Europe/Berlin."),
};
const url = z.string().min(1).max(8_000);
const NewPortal = z.strictObject({ id: ClientId.optional().describe("Made up when left out."), url, ...fields });
const PortalChange = z.strictObject({
  url: url.optional(),
  ...fields,
  settingsVersion: z
    .string()
    .max(100)
    .optional()
    .describe(
      "As it was read: 409 `portal_changed` when somebody changed the settings since. Left out: not looked at.",
    ),
});
const Params = z.object({ portalId: ClientId });
const Place = z.tuple([z.string(), z.string()]);
const tags = ["Portals"];

/** `/api/v1/portals`: the sites that Gleaner watches. */
export function portalRoutes(registry: PortalRegistry, desk: Pick<ScrapeDesk, "submit">): FastifyPluginAsyncZod {
  return async (app) => {
    listPortals(app, registry);
    addPortal(app, registry);
    getPortal(app, registry);
    changePortal(app, registry);
    deletePortal(app, registry);
    pausePortal(app, registry);
    resumePortal(app, registry);
    runPortal(app, { registry, desk });
  };
}

function listPortals(app: ZodApp, registry: PortalRegistry): void {
  app.get(
    "",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listPortals",
        summary: "Portals by name",
        tags,
        querystring: z.object({ limit: Limit, cursor: Cursor }),
        response: { 200: pageOf(PortalView), ...READ_REFUSALS },
      },
    },
    async ({ query: { limit, cursor } }) => {
      const place = cursor === undefined ? null : readPlace(cursor, Place);
      const after = place ? { name: place[0], id: place[1] } : undefined;
      const found = await registry.list({ limit, after });
      const last = found.at(-1);
      const nextCursor = last && found.length === limit ? writePlace([last.name, last.id]) : null;
      return { items: found.map(view), nextCursor };
    },
  );
}

function addPortal(app: ZodApp, registry: PortalRegistry): void {
  app.post(
    "",
    {
      config: { access: "operator" },
      schema: {
        operationId: "addPortal",
        summary: "Add a portal",
        tags,
        body: NewPortal,
        response: { 201: PortalView, ...WRITE_REFUSALS },
      },
    },
    async ({ body: { id = newId(), ...wish }, principal }, reply) =>
      reply.status(201).send(view(await registry.add(id, wish, nameOf(principal)))),
  );
}

function getPortal(app: ZodApp, registry: PortalRegistry): void {
  app.get(
    "/:portalId",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getPortal",
        summary: "One portal",
        tags,
        params: Params,
        response: { 200: PortalView, ...READ_REFUSALS },
      },
    },
    async ({ params }) => view(await registry.get(params.portalId)),
  );
}

function changePortal(app: ZodApp, registry: PortalRegistry): void {
  app.patch(
    "/:portalId",
    {
      config: { access: "operator" },
      schema: {
        operationId: "changePortal",
        summary: "Change a portal; what is left out stays",
        tags,
        params: Params,
        body: PortalChange,
        response: { 200: PortalView, ...WRITE_REFUSALS },
      },
    },
    async ({ params, body, principal }) => view(await registry.change(params.portalId, body, nameOf(principal))),
  );
}

function deletePortal(app: ZodApp, registry: PortalRegistry): void {
  app.delete(
    "/:portalId",
    {
      config: { access: "admin" },
      schema: {
        operationId: "deletePortal",
        summary: "Delete a portal that was never scraped",
        tags,
        params: Params,
        response: { 204: z.null(), ...WRITE_REFUSALS },
      },
    },
    async ({ params }, reply) => {
      await registry.remove(params.portalId);
      return reply.status(204).send(null);
    },
  );
}

function pausePortal(app: ZodApp, registry: PortalRegistry): void {
  app.post(
    "/:portalId/pause",
    {
      config: { access: "operator" },
      schema: {
        operationId: "pausePortal",
        summary: "Send a portal no more jobs by itself",
        tags,
        params: Params,
        body: z.strictObject({ reason: z.string().trim().min(1).max(2_000) }),
        response: { 200: PortalView, ...WRITE_REFUSALS },
      },
    },
    async ({ params, body: { reason }, principal }) =>
      view(await registry.pause(params.portalId, { by: nameOf(principal), reason })),
  );
}

function resumePortal(app: ZodApp, registry: PortalRegistry): void {
  app.post(
    "/:portalId/resume",
    {
      config: { access: "operator", hasNoBody: true },
      schema: {
        operationId: "resumePortal",
        summary: "Let a paused portal's time table take effect again",
        tags,
        params: Params,
        response: { 200: PortalView, ...WRITE_REFUSALS },
      },
    },
    async ({ params }) => view(await registry.resume(params.portalId)),
  );
}

function runPortal(
  app: ZodApp,
  { registry, desk }: { registry: PortalRegistry; desk: Pick<ScrapeDesk, "submit"> },
): void {
  app.post(
    "/:portalId/run",
    {
      config: { access: "operator", hasNoBody: true },
      schema: {
        operationId: "runPortal",
        summary: "Send a job for a portal now, with the portal's own configuration",
        tags,
        params: Params,
        response: { 202: z.object({ jobId: z.string() }), ...WRITE_REFUSALS },
      },
    },
    async ({ params }, reply) => {
      const { id: portalId, url, configuration } = await registry.get(params.portalId);
      const { job } = await desk.submit({ jobId: newId(), url, portalId, configuration });
      return reply.status(202).send({ jobId: job.id });
    },
  );
}

function view(portal: Portal): z.output<typeof PortalView> {
  return {
    ...portal,
    nextRunAt: portal.nextRunAt?.toISOString() ?? null,
    paused: portal.paused && { ...portal.paused, at: portal.paused.at.toISOString() },
    lastScrapedAt: portal.lastScrapedAt?.toISOString() ?? null,
    lastSuccessfulScrapeAt: portal.lastSuccessfulScrapeAt?.toISOString() ?? null,
    createdAt: portal.createdAt.toISOString(),
    updatedAt: portal.updatedAt.toISOString(),
    settingsVersion: settingsVersion(portal),
  };
}
