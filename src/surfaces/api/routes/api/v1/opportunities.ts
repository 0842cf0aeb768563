import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import {
  EvidenceByFieldSchema,
  OPPORTUNITY_SORTS,
  OpportunitySchema,
  type OpportunityCatalogue,
  type OpportunityFilter,
  type StoredOpportunity,
} from "#products/portals";
import { EXPORT_TYPES, exportStream, type ExportFormat } from "../../../export-stream.ts";
import { ClientId, Cursor, Instant, Limit, NamedInstant, pageOf, READ_REFUSALS, streamAs } from "../../../schemas.ts";

const OpportunityView = OpportunitySchema.extend({
  id: z.string(),
  portalId: z.string(),
  verification: z
    .enum(["verified", "unverified"])
    .describe("Unverified: a value of its record could not be found again, and is not here."),
  run: z.string(),
  recordId: z.string(),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  changedAt: Instant,
}).meta({ id: "StoredOpportunity" });

const OpportunityDetail = OpportunityView.extend({
  raw: z.record(z.string(), z.string()).describe("The words of the page behind each field."),
  evidence: EvidenceByFieldSchema.describe("Where each value stands in stored bytes."),
});

const words = z.string().min(1).max(300).optional();
const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/, "An ISO 8601 date")
  .optional();
const amount = z.coerce.number().optional();

const Filter = z.object({
  portalId: ClientId.optional(),
  jobId: ClientId.optional().describe("Only what this job saw."),
  q: words.describe("Words that title, reference or description hold, all of them."),
  status: words,
  opportunityType: words,
  category: words,
  department: words,
  agency: words,
  currency: z.string().length(3).optional(),
  closingFrom: date,
  closingTo: date,
  postedFrom: date,
  postedTo: date,
  firstSeenSince: NamedInstant.optional(),
  changedSince: NamedInstant.optional(),
  valueFrom: amount,
  valueTo: amount,
  verification: z.enum(["verified", "unverified"]).optional(),
  sort: z.enum(OPPORTUNITY_SORTS).default("-lastSeen").describe("A minus turns the order round."),
});

const COLUMNS = Object.keys(OpportunityView.shape);
const tags = ["Opportunities"];

/** `/api/v1/opportunities`: what all jobs found, each opportunity once. */
export function opportunityRoutes(catalogue: OpportunityCatalogue): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "/opportunities",
      {
        config: { access: "viewer" },
        schema: {
          operationId: "listOpportunities",
          summary: "Opportunities, filtered and sorted",
          tags,
          querystring: Filter.extend({ limit: Limit, cursor: Cursor }),
          response: { 200: pageOf(OpportunityView), ...READ_REFUSALS },
        },
      },
      async ({ query: { sort, limit, cursor, ...rest } }) => {
        const { items, nextCursor } = await catalogue.list(filterOf(rest), { sort, cursor, limit });
        return { items: items.map(view), nextCursor };
      },
    );

    app.get(
      "/opportunities/:opportunityId",
      {
        config: { access: "viewer" },
        schema: {
          operationId: "getOpportunity",
          summary: "One opportunity with the evidence of every value",
          tags,
          params: z.object({ opportunityId: z.uuid() }),
          response: { 200: OpportunityDetail, ...READ_REFUSALS },
        },
      },
      async ({ params }) => {
        const found = await catalogue.get(params.opportunityId);
        return { ...view(found), raw: found.raw, evidence: found.evidence };
      },
    );

    await app.register(exportRoute(catalogue, "json"));
    await app.register(exportRoute(catalogue, "ndjson"));
    await app.register(exportRoute(catalogue, "csv"));
  };
}

function exportRoute(catalogue: OpportunityCatalogue, format: ExportFormat): FastifyPluginAsyncZod {
  const [mediaType = ""] = EXPORT_TYPES[format].split(";");
  return async (app) => {
    app.get(
      `/opportunities.${format}`,
      {
        config: { access: "viewer" },
        schema: {
          operationId: `exportOpportunities${format.charAt(0).toUpperCase()}${format.slice(1)}`,
          summary: `All opportunities that match, as ${format.toUpperCase()}`,
          tags,
          querystring: Filter,
          response: { 200: streamAs(mediaType, "Written while it is sent"), ...READ_REFUSALS },
        },
      },
      async ({ query: { sort, ...rest } }, reply) => {
        const rows = rowsOf(catalogue.all(filterOf(rest), sort));
        return reply
          .type(EXPORT_TYPES[format])
          .header("content-disposition", `attachment; filename="opportunities.${format}"`)
          .send(exportStream(rows, format, COLUMNS));
      },
    );
  };
}

async function* rowsOf(found: AsyncIterable<StoredOpportunity>) {
  for await (const each of found) yield view(each);
}

function filterOf({ firstSeenSince, changedSince, ...rest }: Omit<z.output<typeof Filter>, "sort">): OpportunityFilter {
  return {
    ...rest,
    firstSeenSince: firstSeenSince === undefined ? undefined : new Date(firstSeenSince),
    changedSince: changedSince === undefined ? undefined : new Date(changedSince),
  };
}

function view(found: StoredOpportunity): z.output<typeof OpportunityView> {
  const { id, portalId, opportunity, verification, runId, recordId, firstSeenAt, lastSeenAt, changedAt } = found;
  return {
    ...opportunity,
    id,
    portalId,
    verification,
    run: runId,
    recordId,
    firstSeenAt: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}
