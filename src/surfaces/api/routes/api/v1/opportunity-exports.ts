import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import type { Clock } from "#kernel";
import { releaseOf, type OcdsPublisher, type OpportunityCatalogue, type StoredOpportunity } from "#products/portals";
import { EXPORT_TYPES, exportStream, type ExportFormat } from "../../../export-stream.ts";
import { ocdsStream } from "../../../ocds-stream.ts";
import { READ_REFUSALS, streamAs, type ZodApp } from "../../../schemas.ts";
import { filterOf, OpportunityQuery } from "./opportunity-filter.ts";
import { OpportunityView, viewOfOpportunity } from "./opportunity-view.ts";

const COLUMNS = Object.keys(OpportunityView.shape);
const tags = ["Opportunities"];

interface Deps {
  catalogue: Pick<OpportunityCatalogue, "all">;
  publisher: OcdsPublisher;
  clock: Clock;
}

/** All opportunities that match, as files of any length. */
export function opportunityExportRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const format of ["json", "ndjson", "csv"] as const) exportAs(app, deps, format);
    exportOcds(app, deps);
  };
}

function exportAs(app: ZodApp, { catalogue }: Deps, format: ExportFormat): void {
  const [mediaType = ""] = EXPORT_TYPES[format].split(";");
  app.get(
    `/opportunities.${format}`,
    {
      config: { access: "viewer" },
      schema: {
        operationId: `exportOpportunities${format.charAt(0).toUpperCase()}${format.slice(1)}`,
        summary: `All opportunities that match, as ${format.toUpperCase()}`,
        tags,
        querystring: OpportunityQuery,
        response: { 200: streamAs(mediaType, "Written while it is sent"), ...READ_REFUSALS },
      },
    },
    async ({ query: { sort, ...rest } }, reply) => {
      const rows = each(catalogue.all(filterOf(rest), sort), viewOfOpportunity);
      return reply
        .type(EXPORT_TYPES[format])
        .header("content-disposition", `attachment; filename="opportunities.${format}"`)
        .send(exportStream(rows, format, COLUMNS));
    },
  );
}

function exportOcds(app: ZodApp, { catalogue, publisher, clock }: Deps): void {
  app.get(
    "/opportunities.ocds.json",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "exportOpportunitiesOcds",
        summary: "All opportunities that match, as a release package of the Open Contracting Data Standard 1.1.5",
        tags,
        querystring: OpportunityQuery,
        response: { 200: streamAs("application/json", "Written while it is sent"), ...READ_REFUSALS },
      },
    },
    async ({ query: { sort, ...rest }, protocol, host, originalUrl }, reply) => {
      const releases = each(catalogue.all(filterOf(rest), sort), (found) => releaseOf(found, publisher));
      const uri = new URL(originalUrl, `${protocol}://${host}`).href;
      return reply
        .type("application/json; charset=utf-8")
        .header("content-disposition", 'attachment; filename="opportunities.ocds.json"')
        .send(ocdsStream({ uri, publishedDate: clock(), publisher: publisher.name, releases }));
    },
  );
}

async function* each<Row>(
  found: AsyncIterable<StoredOpportunity>,
  show: (one: StoredOpportunity) => Row,
): AsyncGenerator<Row> {
  for await (const one of found) yield show(one);
}
