import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { HarvestedRecord, Harvester } from "#engines/harvest";
import { CompletenessSchema } from "#products/portals";
import { EXPORT_TYPES, exportStream } from "../../../export-stream.ts";
import { readPlace, writePlace } from "../../../place.ts";
import {
  Cursor,
  Instant,
  Limit,
  pageOf,
  READ_REFUSALS,
  streamAs,
  WRITE_REFUSALS,
  type ZodApp,
} from "../../../schemas.ts";

const Texts = z.array(z.string()).readonly();

const RunView = z
  .object({
    id: z.string(),
    status: z.enum(["running", "finished"]).describe("One that lost its process stays running until it is resumed."),
    url: z.string(),
    transport: z.enum(["http", "browser"]),
    recipeId: z.string().nullable(),
    recipeVersion: z.int().nullable(),
    robots: z.enum(["respect", "ignore"]),
    inputs: z
      .array(z.object({ name: z.string(), said: z.string(), value: z.string() }))
      .readonly()
      .describe("What the search form was asked: as it was said (`today-30d`), and what that was when the run began."),
    pages: z.int(),
    records: z.int(),
    unverified: z.int(),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    completeness: CompletenessSchema.nullable().describe("Null while it runs."),
    notes: Texts,
    alarms: z.array(z.object({ kind: z.string(), message: z.string() })).readonly(),
  })
  .meta({ id: "Run" });

const EvidenceView = z
  .object({
    artifact: z.string().nullable().describe("See /api/v1/artifacts."),
    url: z.string(),
    path: z.string(),
    attribute: z.string().optional(),
    range: z.tuple([z.number(), z.number()]).readonly().optional(),
    quote: z.string(),
    capturedAt: Instant,
  })
  .meta({ id: "Evidence" });

const RecordView = z.object({
  id: z.string(),
  page: z.int(),
  text: z.string(),
  links: Texts,
  fields: z.record(z.string(), z.string()).describe("Only values that were found again in the stored bytes."),
  evidence: z.record(z.string(), EvidenceView),
  unverified: Texts.describe("Fields whose value was not found again, and is not served."),
  status: z.enum(["verified", "unverified"]),
  key: z.string(),
  detail: z
    .object({
      url: z.string(),
      fields: z.record(z.string(), z.union([z.string(), Texts])),
      evidence: z.record(z.string(), z.array(EvidenceView)),
      unverified: Texts,
    })
    .nullable()
    .describe("What the record's own page said."),
});

const Findings = z
  .array(z.object({ record: z.string(), field: z.string(), reason: z.string(), message: z.string() }))
  .readonly();

const VerifyView = z.object({
  run: z.string(),
  ok: z.boolean(),
  program: z
    .object({ run: z.string().nullable(), now: z.string() })
    .describe("Which program read the pages, and which one looked now."),
  recipeVersion: z.int().nullable(),
  checked: z.int().describe("Values whose quote was looked for in stored bytes."),
  records: z.int(),
  pages: z.int(),
  sealed: z
    .boolean()
    .describe("Whether the run was sealed when it ended; false while it runs, and for runs of older versions."),
  failures: z.int(),
  failed: Findings.describe("The first thousand."),
  differences: z
    .int()
    .describe("What another program than the run's reads differently, though its evidence holds: no failures."),
  differs: Findings.describe("The first thousand of these."),
});

const Params = z.object({ runId: z.uuid() });
const IdPlace = z.tuple([z.uuid()]);
const CountPlace = z.tuple([z.int().min(0)]);
const tags = ["Evidence"];

type Harvests = Pick<Harvester, "runs" | "records" | "verify">;
type Run = Awaited<ReturnType<Harvester["runs"]["get"]>>;

/** `/api/v1/runs`: harvests, what they found, and the proof of it. */
export function runRoutes(harvester: Harvests): FastifyPluginAsyncZod {
  return async (app) => {
    listRuns(app, harvester);
    getRun(app, harvester);
    listRunRecords(app, harvester);
    exportRunRecords(app, harvester);
    verifyRun(app, harvester);
  };
}

function listRuns(app: ZodApp, harvester: Harvests): void {
  app.get(
    "",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listRuns",
        summary: "Harvests, newest first",
        tags,
        querystring: z.object({ limit: Limit, cursor: Cursor, recipeId: z.uuid().optional() }),
        response: { 200: pageOf(RunView), ...READ_REFUSALS },
      },
    },
    async ({ query: { limit, cursor, recipeId } }) => {
      const after = cursor === undefined ? {} : { after: readPlace(cursor, IdPlace)[0] };
      const runs = await harvester.runs.list({ limit, ...after, ...(recipeId === undefined ? {} : { recipeId }) });
      const last = runs.at(-1);
      return { items: runs.map(view), nextCursor: last && runs.length === limit ? writePlace([last.id]) : null };
    },
  );
}

function getRun(app: ZodApp, harvester: Harvests): void {
  app.get(
    "/:runId",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getRun",
        summary: "One harvest, and how complete it is",
        tags,
        params: Params,
        response: { 200: RunView, ...READ_REFUSALS },
      },
    },
    async ({ params }) => view(await harvester.runs.get(params.runId)),
  );
}

function listRunRecords(app: ZodApp, harvester: Harvests): void {
  app.get(
    "/:runId/records",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listRunRecords",
        summary: "Records of a harvest with the evidence of every value",
        tags,
        params: Params,
        querystring: z.object({ limit: Limit, cursor: Cursor }),
        response: { 200: pageOf(RecordView), ...READ_REFUSALS },
      },
    },
    async ({ params: { runId }, query: { limit, cursor } }) => {
      const from = cursor === undefined ? 0 : readPlace(cursor, CountPlace)[0];
      await harvester.runs.get(runId);
      const records = await slice(harvester.records(runId), from, limit);
      return {
        items: records.map(recordView),
        nextCursor: records.length === limit ? writePlace([from + limit]) : null,
      };
    },
  );
}

function exportRunRecords(app: ZodApp, harvester: Harvests): void {
  app.get(
    "/:runId/records.ndjson",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "exportRunRecords",
        summary: "All records of a harvest, one a line",
        tags,
        params: Params,
        response: { 200: streamAs("application/x-ndjson", "Written while it is sent"), ...READ_REFUSALS },
      },
    },
    async ({ params: { runId } }, reply) => {
      await harvester.runs.get(runId);
      const rows = rowsOf(harvester.records(runId));
      return reply.type(EXPORT_TYPES.ndjson).send(exportStream(rows, "ndjson", []));
    },
  );
}

function verifyRun(app: ZodApp, harvester: Harvests): void {
  app.post(
    "/:runId/verify",
    {
      config: { access: "operator", hasNoBody: true },
      schema: {
        operationId: "verifyRun",
        summary: "Look for every value of a harvest in the stored bytes again",
        tags,
        params: Params,
        response: { 200: VerifyView, ...WRITE_REFUSALS },
      },
    },
    async ({ params, signal }) => harvester.verify(params.runId, { signal }),
  );
}

async function slice(records: AsyncIterable<HarvestedRecord>, from: number, count: number): Promise<HarvestedRecord[]> {
  const taken: HarvestedRecord[] = [];
  let at = 0;
  for await (const record of records) {
    if (at >= from) taken.push(record);
    at += 1;
    if (taken.length === count) break;
  }
  return taken;
}

async function* rowsOf(records: AsyncIterable<HarvestedRecord>) {
  for await (const record of records) yield recordView(record);
}

function view(run: Run): z.output<typeof RunView> {
  const { id, status, request, recipeId, recipeVersion, pages, records, unverified, startedAt } = run;
  const end = run.status === "finished" ? run : null;
  return {
    id,
    status,
    url: request.url,
    transport: request.transport,
    recipeId,
    recipeVersion,
    robots: request.robots,
    inputs: request.inputs ?? [],
    pages,
    records,
    unverified,
    startedAt: startedAt.toISOString(),
    finishedAt: end?.finishedAt.toISOString() ?? null,
    completeness: end?.completeness ?? null,
    notes: end?.outcome.notes ?? [],
    alarms: end?.outcome.alarms ?? [],
  };
}

function recordView(record: HarvestedRecord): z.output<typeof RecordView> {
  const { evidence, detail, fields } = record;
  return {
    ...record,
    fields: { ...fields },
    evidence: mapped(evidence, evidenceView),
    detail: detail && {
      ...detail,
      fields: { ...detail.fields },
      evidence: mapped(detail.evidence, (each) => each.map(evidenceView)),
    },
  };
}

function evidenceView({ capturedAt, ...place }: HarvestedRecord["evidence"][string]): z.output<typeof EvidenceView> {
  return { ...place, capturedAt: capturedAt.toISOString() };
}

function mapped<From, To>(values: Readonly<Record<string, From>>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
