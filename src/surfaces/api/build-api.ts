import cookie from "@fastify/cookie";
import Fastify, { type FastifyInstance } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import { newId } from "#kernel";
import { registerAccess } from "./access.ts";
import type { ApiDeps } from "./api-deps.ts";
import { registerAuditTrail } from "./audit-trail.ts";
import { registerDashboard } from "./dashboard.ts";
import { answerNoHttp, answerUnreadableAddress, registerErrorResponse } from "./error-response.ts";
import { registerJsonBodies } from "./json-bodies.ts";
import { registerDocs, registerOpenApi } from "./openapi.ts";
import { registerRateLimit } from "./rate-limit.ts";
import { registerRequestLog } from "./request-log.ts";
import { registerRouteRules } from "./route-rules.ts";
import { artifactRoutes } from "./routes/api/v1/artifacts.ts";
import { attentionRoutes } from "./routes/api/v1/attention.ts";
import { statisticsRoutes } from "./routes/api/v1/statistics.ts";
import { auditRoutes } from "./routes/api/v1/audit.ts";
import { documentRoutes } from "./routes/api/v1/documents.ts";
import { deadLetterRoutes } from "./routes/api/v1/dead-letters.ts";
import { evidenceRoutes } from "./routes/api/v1/evidence.ts";
import { healRoutes } from "./routes/api/v1/heals.ts";
import { jobRoutes } from "./routes/api/v1/jobs.ts";
import { keyRoutes } from "./routes/api/v1/keys.ts";
import { liveRoute } from "./routes/api/v1/live.ts";
import { maintenanceRoutes } from "./routes/api/v1/maintenance.ts";
import { opportunityRoutes } from "./routes/api/v1/opportunities.ts";
import { opportunityExportRoutes } from "./routes/api/v1/opportunity-exports.ts";
import { opportunityHistoryRoutes } from "./routes/api/v1/opportunity-history.ts";
import { opportunityLinkRoutes } from "./routes/api/v1/opportunity-links.ts";
import { opportunityReviewRoutes } from "./routes/api/v1/opportunity-review.ts";
import { ownSessionRoutes } from "./routes/api/v1/own-sessions.ts";
import { portalHealthRoutes } from "./routes/api/v1/portal-health.ts";
import { portalLoginRoutes } from "./routes/api/v1/portal-login.ts";
import { portalRoutes } from "./routes/api/v1/portals.ts";
import { recipeRoutes } from "./routes/api/v1/recipes.ts";
import { runRoutes } from "./routes/api/v1/runs.ts";
import { viewRoutes } from "./routes/api/v1/views.ts";
import { sessionRoutes } from "./routes/api/v1/session.ts";
import { subscriptionRoutes } from "./routes/api/v1/subscriptions.ts";
import { userRoutes } from "./routes/api/v1/users.ts";
import { cancelRoute } from "./routes/cancel.ts";
import { healthRoutes } from "./routes/health.ts";
import { metricsRoute } from "./routes/metrics.ts";
import { scrapeRoute } from "./routes/scrape.ts";
import { statusRoute } from "./routes/status.ts";
import { unsubscribeRoutes } from "./routes/unsubscribe.ts";
import { registerSecurityHeaders } from "./security-headers.ts";
import { registerTextCheck } from "./unstorable-text.ts";
import { registerWebSockets } from "./web-sockets.ts";

const MAX_BODY_BYTES = 1_048_576;
const MAX_PARAM_LENGTH = 300;
const STREAM_SILENCE_MS = 10_000;
/** Publishers of OCDS are given a prefix; whoever has none yet says so. */
const UNREGISTERED = { prefix: "unregistered", name: "Gleaner" };

/** Builds the API without listening, so that tests and the OpenAPI export can use it too. Who calls it closes it. */
export async function buildApi(deps: ApiDeps): Promise<FastifyInstance> {
  const { settings, logger, keys, sessions, audit } = deps;
  const app = Fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => newId(),
    trustProxy: settings.trustProxy ?? false,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true },
    frameworkErrors: answerUnreadableAddress,
    clientErrorHandler: answerNoHttp,
    requestTimeout: 60_000,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  registerJsonBodies(app);
  registerErrorResponse(app, logger);
  registerRequestLog(app, logger);
  registerSecurityHeaders(app);
  await app.register(cookie);
  registerAccess(app, {
    isRequired: settings.isAuthRequired,
    staticKey: settings.staticKey,
    localKey: settings.localKey,
    findKey: (key) => keys.authenticate(key),
    findSession: (token) => sessions.authenticate(token),
  });
  await registerRateLimit(app, settings.requestsPerMinute);
  registerTextCheck(app);
  registerAuditTrail(app, audit);
  registerRouteRules(app);
  await registerOpenApi(app, settings.version);
  await registerWebSockets(app);
  await registerDashboard(app, settings.dashboardFolder);
  await registerRoutes(app, deps);
  await registerDocs(app);
  return app;
}

async function registerRoutes(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  const { portals, harvester, artifacts, keys, audit, attention, metrics } = deps;
  const closing = new AbortController();
  app.addHook("preClose", async () => closing.abort());
  await app.register(scrapeRoute(portals.desk));
  await app.register(statusRoute(portals.desk));
  await app.register(cancelRoute(portals.desk));
  await app.register(healthRoutes(deps));
  await app.register(metricsRoute(metrics));
  const stream = { silenceMs: deps.settings.streamSilenceMs ?? STREAM_SILENCE_MS, closing: closing.signal };
  await app.register(portalRoutes(portals.registry, portals.desk), { prefix: "/api/v1/portals" });
  await app.register(portalLoginRoutes(portals.logins), { prefix: "/api/v1/portals/:portalId/login" });
  await app.register(jobRoutes(portals.desk, stream), { prefix: "/api/v1/jobs" });
  await app.register(liveRoute({ live: portals.live, audit, logger: deps.logger }), { prefix: "/api/v1/jobs" });
  await registerOpportunities(app, deps);
  await app.register(documentRoutes(portals.documents.shelf), { prefix: "/api/v1" });
  await app.register(subscriptionRoutes(portals.subscriptions.desk), { prefix: "/api/v1/subscriptions" });
  await app.register(unsubscribeRoutes(portals.subscriptions.desk), { prefix: "/unsubscribe" });
  const quality = deps.settings.screenshotQuality ?? 80;
  await app.register(evidenceRoutes({ catalogue: portals.catalogue, viewer: deps.evidence, quality }), {
    prefix: "/api/v1/opportunities/:opportunityId/evidence/:field",
  });
  await app.register(healRoutes(portals.heals), { prefix: "/api/v1/heals" });
  await app.register(recipeRoutes(harvester.recipes, deps.recipeSchema), { prefix: "/api/v1/recipes" });
  await app.register(runRoutes(harvester), { prefix: "/api/v1/runs" });
  await app.register(artifactRoutes({ artifacts, viewer: deps.evidence }), { prefix: "/api/v1/artifacts" });
  await app.register(attentionRoutes({ attention, desk: portals.desk }), { prefix: "/api/v1/attention" });
  await app.register(sessionRoutes(deps), { prefix: "/api/v1/session" });
  await app.register(ownSessionRoutes(deps.sessions), { prefix: "/api/v1/session/all" });
  await app.register(userRoutes(deps.users), { prefix: "/api/v1/users" });
  await app.register(keyRoutes(keys), { prefix: "/api/v1/keys" });
  await app.register(deadLetterRoutes(deps.deadLetters), { prefix: "/api/v1/dead-letters" });
  await app.register(maintenanceRoutes(deps.maintenance), { prefix: "/api/v1/maintenance" });
  await app.register(auditRoutes({ audit, keys }), { prefix: "/api/v1/audit" });
  const { health, statistics } = portals;
  await app.register(statisticsRoutes({ statistics, clock: deps.clock }), { prefix: "/api/v1/statistics" });
  await app.register(portalHealthRoutes({ health, clock: deps.clock }), { prefix: "/api/v1/portal-health" });
}

async function registerOpportunities(app: FastifyInstance, { portals, settings, clock }: ApiDeps): Promise<void> {
  const { catalogue, reviews, savedViews: views } = portals;
  const publisher = settings.ocds ?? UNREGISTERED;
  const prefix = "/api/v1";
  await app.register(opportunityRoutes(catalogue), { prefix });
  await app.register(opportunityExportRoutes({ catalogue, publisher, clock }), { prefix });
  await app.register(opportunityHistoryRoutes(catalogue), { prefix });
  await app.register(opportunityLinkRoutes({ catalogue, reviews }), { prefix });
  await app.register(opportunityReviewRoutes(reviews), { prefix });
  await app.register(viewRoutes({ views, clock }), { prefix: `${prefix}/views` });
}
