import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  CompletenessSchema,
  documentedStatus,
  durationMs,
  errorOf,
  JOB_EVENTS,
  ScrapeFailureSchema,
  ScrapeProgressSchema,
  ScrapeRequestSchema,
  WallSchema,
  type JobEvent,
  type ScrapeDesk,
  type ScrapeJob,
} from "#products/portals";
import { nameOf } from "../../../access.ts";
import { jobStream, type StreamDeps } from "../../../job-stream.ts";
import { readPlace, writePlace } from "../../../place.ts";
import {
  ClientId,
  Cursor,
  Instant,
  Limit,
  pageOf,
  READ_REFUSALS,
  streamAs,
  WRITE_REFUSALS,
  type ZodApp,
} from "../../../schemas.ts";

export const JOB_STATES = [
  "queued",
  "running",
  "paused",
  "needs_person",
  "completed",
  "incomplete",
  "failed",
  "cancelled",
] as const;

const JobView = z
  .object({
    id: z.string(),
    portalId: z.string(),
    state: z.enum(JOB_STATES),
    status: z.enum(["queued", "in_progress", "completed", "failed"]).describe("As the documented API has it."),
    request: ScrapeRequestSchema,
    progress: ScrapeProgressSchema,
    attempt: z.int().describe("How often a worker has taken it."),
    run: z.string().nullable(),
    recipeId: z.string().nullable(),
    attentionId: z.string().nullable(),
    queuedAt: Instant,
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    cancelRequestedAt: Instant.nullable(),
    pauseRequestedAt: Instant.nullable().describe("Its worker stops at the next checkpoint."),
    duration: z.number().nullable().describe("Milliseconds."),
    wall: WallSchema.nullable(),
    personUntil: Instant.nullable().describe("So long a browser stays open before the wall; null: none does."),
    completeness: CompletenessSchema.nullable(),
    error: ScrapeFailureSchema.nullable(),
  })
  .meta({ id: "Job" });

const EventView = z.object({
  id: z.int(),
  at: Instant,
  kind: z.enum(JOB_EVENTS),
  data: z.record(z.string(), z.unknown()),
});

const LastEvent = z.object({
  "last-event-id": z.coerce.number().int().min(0).optional().catch(undefined),
  accept: z.string().optional(),
});

const HistoryAnswer = {
  description: "A page of it, or the stream",
  content: {
    "application/json": { schema: pageOf(EventView) },
    "text/event-stream": { schema: z.any() },
  },
};

const Params = z.object({ jobId: ClientId });
const Place = z.tuple([z.int()]);
const tags = ["Jobs"];

/** `/api/v1/jobs`: scrape jobs with their exact states and their history. */
export function jobRoutes(desk: ScrapeDesk, stream: Omit<StreamDeps, "desk">): FastifyPluginAsyncZod {
  return async (app) => {
    listJobs(app, desk);
    getJob(app, desk);
    listJobEvents(app, { desk, ...stream });
    streamJob(app, { desk, ...stream });
    costOfJob(app, desk);
    pauseJob(app, desk);
    resumeJob(app, desk);
    continueJob(app, desk);
    giveUpJob(app, desk);
  };
}

function listJobs(app: ZodApp, desk: ScrapeDesk): void {
  app.get(
    "",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listJobs",
        summary: "Scrape jobs, newest first",
        tags,
        querystring: z.object({
          limit: Limit,
          cursor: Cursor,
          portalId: ClientId.optional(),
          state: z.enum(JOB_STATES).optional(),
        }),
        response: { 200: pageOf(JobView), ...READ_REFUSALS },
      },
    },
    async ({ query: { limit, cursor, portalId, state } }) => {
      const before = cursor === undefined ? undefined : readPlace(cursor, Place)[0];
      const jobs = await desk.list({ portalId, status: state, before, limit });
      const last = jobs.at(-1);
      return {
        items: jobs.map(view),
        nextCursor: last && jobs.length === limit ? writePlace([last.sequence]) : null,
      };
    },
  );
}

function getJob(app: ZodApp, desk: ScrapeDesk): void {
  app.get(
    "/:jobId",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getJob",
        summary: "One scrape job",
        tags,
        params: Params,
        response: { 200: JobView, ...READ_REFUSALS },
      },
    },
    async ({ params }) => view(await desk.get(params.jobId)),
  );
}

function listJobEvents(app: ZodApp, deps: StreamDeps): void {
  app.get(
    "/:jobId/events",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listJobEvents",
        summary: "The history of a job, from its beginning",
        description: "With `Accept: text/event-stream` it goes on as server-sent events, as `/stream` does.",
        tags,
        params: Params,
        querystring: z.object({ limit: Limit, cursor: Cursor }),
        headers: LastEvent,
        response: { 200: HistoryAnswer, ...READ_REFUSALS },
      },
    },
    async ({ params, query: { limit, cursor }, headers }, reply) => {
      const after = cursor === undefined ? undefined : readPlace(cursor, Place)[0];
      if (wantsStream(headers)) return sendStream(reply, params.jobId, headers["last-event-id"] ?? after ?? 0, deps);
      const events = await deps.desk.events(params.jobId, { after, limit });
      const last = events.at(-1);
      return {
        items: events.map(eventView),
        nextCursor: last && events.length === limit ? writePlace([last.id]) : null,
      };
    },
  );
}

function streamJob(app: ZodApp, deps: StreamDeps): void {
  app.get(
    "/:jobId/stream",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "streamJob",
        summary: "A job's history and progress as it happens (server-sent events)",
        description:
          "Events `event` (an entry of the history), `job` (the job as it is now) and `end`. " +
          "With Last-Event-ID, or `after`, it begins behind that entry.",
        tags,
        params: Params,
        querystring: z.object({ after: z.coerce.number().int().min(0).optional() }),
        headers: LastEvent,
        response: { 200: streamAs("text/event-stream", "Server-sent events"), ...READ_REFUSALS },
      },
    },
    async ({ params, query, headers }, reply) =>
      sendStream(reply, params.jobId, headers["last-event-id"] ?? query.after ?? 0, deps),
  );
}

const CostView = z
  .object({
    questions: z.int().describe("That were asked of models; answers from the cache are none."),
    cached: z.int(),
    failed: z.int(),
    inputTokens: z.int(),
    outputTokens: z.int(),
    usd: z.number().nullable().describe("US dollars; null where a price is not known."),
  })
  .meta({ id: "Cost" });

function costOfJob(app: ZodApp, desk: ScrapeDesk): void {
  app.get(
    "/:jobId/cost",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getJobCost",
        summary: "What models took for a job; nothing where none was asked",
        tags,
        params: Params,
        response: { 200: CostView, ...READ_REFUSALS },
      },
    },
    async ({ params }) => desk.cost(params.jobId),
  );
}

function wantsStream({ accept }: z.output<typeof LastEvent>): boolean {
  return accept?.toLowerCase().includes("text/event-stream") === true;
}

/** Throws before anything is sent when there is no such job. */
async function sendStream(reply: FastifyReply, jobId: string, after: number, deps: StreamDeps): Promise<FastifyReply> {
  await deps.desk.get(jobId);
  const isStillAllowed = () => reply.request.isStillAllowed();
  const body = jobStream(jobId, { after, isStillAllowed, view, eventView }, deps);
  return reply.type("text/event-stream").header("x-accel-buffering", "no").send(body);
}

function pauseJob(app: ZodApp, desk: ScrapeDesk): void {
  app.post(
    "/:jobId/pause",
    {
      config: { access: "operator", hasNoBody: true },
      schema: {
        operationId: "pauseJob",
        summary: "Hold a job: at once in the queue, at its next checkpoint while it runs",
        description:
          "What it found so far is kept, its browser is given back, and no worker takes it until it is resumed. " +
          "Pausing a job that is paused changes nothing.",
        tags,
        params: Params,
        response: { 200: JobView, ...WRITE_REFUSALS },
      },
    },
    async ({ params, principal }) => view(await desk.pause(params.jobId, nameOf(principal))),
  );
}

function resumeJob(app: ZodApp, desk: ScrapeDesk): void {
  app.post(
    "/:jobId/resume",
    {
      config: { access: "operator", hasNoBody: true },
      schema: {
        operationId: "resumeJob",
        summary: "Let a paused job go on where it was held",
        tags,
        params: Params,
        response: { 200: JobView, ...WRITE_REFUSALS },
      },
    },
    async ({ params, principal }) => view(await desk.resume(params.jobId, nameOf(principal))),
  );
}

function continueJob(app: ZodApp, desk: ScrapeDesk): void {
  app.post(
    "/:jobId/continue",
    {
      config: { access: "operator", hasNoBody: true },
      schema: {
        operationId: "continueJob",
        summary: "Go on with a job whose wall a person has cleared",
        tags,
        params: Params,
        response: { 200: JobView, ...WRITE_REFUSALS },
      },
    },
    async ({ params, principal }) =>
      view(await desk.continue(params.jobId, { by: nameOf(principal), resolution: "The job goes on." })),
  );
}

function giveUpJob(app: ZodApp, desk: ScrapeDesk): void {
  app.post(
    "/:jobId/give-up",
    {
      config: { access: "operator", hasNoBody: true },
      schema: {
        operationId: "giveUpJob",
        summary: "End a job whose wall stays",
        tags,
        params: Params,
        response: { 200: JobView, ...WRITE_REFUSALS },
      },
    },
    async ({ params, principal }) =>
      view(await desk.giveUp(params.jobId, { by: nameOf(principal), resolution: "The job was given up." })),
  );
}

function view(job: ScrapeJob): z.output<typeof JobView> {
  const { id, status, request, progress, attempt, runId, recipeId, attentionId } = job;
  return {
    id,
    portalId: request.portalId,
    state: status,
    status: documentedStatus(job),
    request,
    progress,
    attempt,
    run: runId,
    recipeId,
    attentionId,
    queuedAt: job.queuedAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: "finishedAt" in job ? job.finishedAt.toISOString() : null,
    cancelRequestedAt: job.cancelRequestedAt?.toISOString() ?? null,
    pauseRequestedAt: ("pauseRequestedAt" in job ? job.pauseRequestedAt?.toISOString() : null) ?? null,
    duration: durationMs(job),
    wall: "wall" in job ? job.wall : null,
    personUntil: "personUntil" in job ? (job.personUntil?.toISOString() ?? null) : null,
    completeness: "completeness" in job ? job.completeness : null,
    error: errorOf(job),
  };
}

function eventView({ id, at, kind, data }: JobEvent): z.output<typeof EventView> {
  return { id, at: at.toISOString(), kind, data };
}
