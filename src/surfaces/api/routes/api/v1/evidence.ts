import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { EvidenceViewer } from "#engines/harvest";
import { OpportunityEvidenceSchema, type OpportunityCatalogue } from "#products/portals";
import { FieldWithoutEvidence } from "../../../errors.ts";
import { READ_REFUSALS, streamAs, type ZodApp } from "../../../schemas.ts";
import { SHOWN_PAGE } from "../../../shown-page.ts";

const PlaceView = OpportunityEvidenceSchema.extend({
  verified: z.boolean().describe("The quote was found again in the stored bytes just now."),
  reason: z
    .enum(["not_stored", "artifact_missing", "artifact_altered", "not_a_page", "quote_not_found"])
    .nullable()
    .describe("Why it was not."),
  message: z.string().nullable(),
  links: z.object({
    artifact: z.string().nullable().describe("The stored bytes."),
    page: z.string().describe("The stored page with the value outlined, as HTML that does nothing."),
    screenshot: z.string().describe("A picture of it."),
  }),
}).meta({ id: "EvidencePlace" });

const FieldEvidence = z
  .object({
    field: z.string(),
    value: z.unknown().describe("As the opportunity has it."),
    raw: z.string().nullable().describe("The words of the page."),
    evidence: z.array(PlaceView),
  })
  .meta({ id: "FieldEvidence" });

const Params = z.object({ opportunityId: z.uuid(), field: z.string().min(1).max(100) });
const Which = {
  index: z.coerce.number().int().min(0).max(10_000).default(0).describe("Of a field with several places, which one."),
};
const tags = ["Opportunities"];

interface Deps {
  catalogue: Pick<OpportunityCatalogue, "get">;
  viewer: Pick<EvidenceViewer, "check" | "page" | "picture">;
  /** `SCREENSHOT_QUALITY`. */
  quality: number;
}

/** `/api/v1/opportunities/:opportunityId/evidence/:field`: the proof of one value, to be read, seen and looked at. */
export function evidenceRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    getEvidence(app, deps);
    getEvidencePage(app, deps);
    getEvidenceScreenshot(app, deps);
  };
}

function getEvidence(app: ZodApp, { catalogue, viewer }: Deps): void {
  app.get(
    "",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getEvidence",
        summary: "Where a value stands, and whether it still does",
        tags,
        params: Params,
        response: { 200: FieldEvidence, ...READ_REFUSALS },
      },
    },
    async ({ params }) => {
      const { opportunityId, field } = params;
      const { opportunity, raw, places } = await placesOf(catalogue, params);
      const here = `/api/v1/opportunities/${opportunityId}/evidence/${encodeURIComponent(field)}`;
      const evidence = await Promise.all(
        places.map(async (place, index) => {
          const check = await viewer.check(place);
          const problem = check.verified ? { reason: null, message: null } : check;
          const links = {
            artifact: place.artifact === null ? null : `/api/v1/artifacts/${place.artifact}`,
            page: `${here}/page?index=${index}#gleaner-evidence`,
            screenshot: `${here}/screenshot?index=${index}`,
          };
          return { ...place, verified: check.verified, reason: problem.reason, message: problem.message, links };
        }),
      );
      const value: unknown = Object.entries(opportunity).find(([name]) => name === field)?.[1] ?? null;
      return { field, value, raw: raw[field] ?? null, evidence };
    },
  );
}

function getEvidencePage(app: ZodApp, { catalogue, viewer }: Deps): void {
  app.get(
    "/page",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getEvidencePage",
        summary: "The stored page with the value outlined",
        description: "HTML without scripts, frames, forms or addresses; `#gleaner-evidence` jumps to the value.",
        tags,
        params: Params,
        querystring: z.object(Which),
        response: { 200: streamAs("text/html", "The page"), ...READ_REFUSALS },
      },
    },
    async ({ params, query: { index } }, reply) => {
      const { artifact, path, url, range } = await placeOf(catalogue, params, index);
      if (artifact === null) throw new FieldWithoutEvidence(params.field);
      return reply.headers(SHOWN_PAGE).send(await viewer.page(artifact, { path, url, ...(range ? { range } : {}) }));
    },
  );
}

function getEvidenceScreenshot(app: ZodApp, { catalogue, viewer, quality }: Deps): void {
  app.get(
    "/screenshot",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getEvidenceScreenshot",
        summary: "A picture of the stored page with a box around the value",
        tags,
        params: Params,
        querystring: z.object({
          ...Which,
          fullPage: z.stringbool().default(false).describe("The whole page instead of the part around the value."),
        }),
        response: { 200: streamAs("image/jpeg", "The picture"), ...READ_REFUSALS },
      },
    },
    async ({ params, query: { index, fullPage }, signal }, reply) => {
      const place = await placeOf(catalogue, params, index);
      const bytes = await viewer.picture(place, { fullPage, quality, signal });
      return reply.type("image/jpeg").send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },
  );
}

type Named = z.output<typeof Params>;

async function placesOf(catalogue: Deps["catalogue"], { opportunityId, field }: Named) {
  const { opportunity, raw, evidence } = await catalogue.get(opportunityId);
  const places = Object.hasOwn(evidence, field) ? evidence[field] : undefined;
  if (!places || places.length === 0) throw new FieldWithoutEvidence(field);
  return {
    opportunity,
    raw,
    places: places.map(({ attribute, range, ...place }) => ({
      ...place,
      ...(attribute === undefined ? {} : { attribute }),
      ...(range === undefined ? {} : { range }),
    })),
  };
}

async function placeOf(catalogue: Deps["catalogue"], named: Named, index: number) {
  const place = (await placesOf(catalogue, named)).places[index];
  if (!place) throw new FieldWithoutEvidence(named.field);
  return place;
}
