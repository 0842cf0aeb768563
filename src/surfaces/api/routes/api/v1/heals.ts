import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { HealEntry } from "#engines/harvest";
import type { HealDesk, PortalHeal } from "#products/portals";
import { nameOf } from "../../../access.ts";
import { readPlace, writePlace } from "../../../place.ts";
import { Cursor, Instant, Limit, pageOf, READ_REFUSALS, WRITE_REFUSALS, type ZodApp } from "../../../schemas.ts";
import { fieldChanges, FieldChange } from "./heal-fields.ts";

const Proof = z.object({
  paired: z.int().describe("Known records that stand on the changed page too."),
  known: z.int(),
  now: z.int().describe("Records on the changed page."),
  agreement: z.number().describe("Share of the values of paired records that are the same, 0 to 1."),
  kept: z.array(z.string()).describe("Fields that the changed page has."),
  lost: z
    .array(z.string())
    .describe("Fields that were not found on it: empty from then on, should the healing be used."),
  gone: z
    .array(z.string())
    .describe("Of those: fields of which it shows no known value any more. It has no such column."),
  reproduced: z.int().describe("Stored pages that the healed recipe reads as they were read then."),
  snapshots: z.int(),
});

const Heal = z
  .object({
    id: z.int(),
    recipeId: z.string(),
    portal: z.object({ id: z.string(), name: z.string() }).nullable(),
    at: Instant,
    state: z
      .enum(["healed", "waiting", "approved", "rejected", "undone", "outdated"])
      .describe("`healed`: proven and in use; `waiting`: a person decides; `outdated`: nothing left to decide."),
    fromVersion: z.int(),
    toVersion: z.int().nullable(),
    reasons: z.array(z.string()).describe("Why it was left to a person."),
    proof: Proof.nullable(),
    artifact: z.string().nullable().describe("SHA-256 of the stored bytes of the changed page."),
    hasProposal: z.boolean(),
    decision: z.object({ by: z.string(), at: Instant, note: z.string().nullable() }).nullable(),
  })
  .meta({ id: "Heal" });

const Values = z.record(z.string(), z.string()).nullable();

const Comparison = Heal.extend({
  fields: z.array(FieldChange),
  sample: z
    .array(z.object({ before: Values, after: Values }))
    .describe("The same records as they were known and as they would be read now."),
}).meta({ id: "HealComparison" });

const Params = z.object({ healId: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const Query = z.object({
  limit: Limit,
  cursor: Cursor,
  portalId: z.string().min(1).max(100).optional(),
  recipeId: z.uuid().optional(),
  state: z.enum(["waiting"]).optional().describe("Only those that wait for a person."),
});
const Verdict = z.strictObject({ note: z.string().trim().min(1).max(2_000).optional() });
const Place = z.tuple([z.int()]);
const tags = ["Recipes"];

/** `/api/v1/heals`: what changed pages did to recipes, with before and after, and the word of a person. */
export function healRoutes(desk: HealDesk): FastifyPluginAsyncZod {
  return async (app) => {
    listHeals(app, desk);
    getHeal(app, desk);
    decideHeal(app, desk, "approve", "Use the proposed recipe from now on");
    decideHeal(app, desk, "reject", "Keep the recipe as it was, or take a healing back");
  };
}

function listHeals(app: ZodApp, desk: HealDesk): void {
  app.get(
    "",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "listHeals",
        summary: "Recipes that were healed or wait for a person, the latest first",
        tags,
        querystring: Query,
        response: { 200: pageOf(Heal), ...READ_REFUSALS },
      },
    },
    async ({ query: { limit, cursor, portalId, recipeId, state } }) => {
      const before = cursor === undefined ? undefined : readPlace(cursor, Place)[0];
      const found = await desk.list({ limit, portalId, recipeId, waiting: state === "waiting", before });
      const last = found.at(-1);
      const nextCursor = last && found.length === limit ? writePlace([last.heal.id]) : null;
      return { items: found.map(view), nextCursor };
    },
  );
}

function getHeal(app: ZodApp, desk: HealDesk): void {
  app.get(
    "/:healId",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getHeal",
        summary: "A healing with both recipes field by field, and the same records before and after",
        tags,
        params: Params,
        response: { 200: Comparison, ...READ_REFUSALS },
      },
    },
    async ({ params }) => {
      const { heal, portal } = await desk.compare(params.healId);
      const { entry, before, after, sample } = heal;
      const fields = fieldChanges(before.recipe.fields, after?.fields ?? null, entry.proof?.lost ?? []);
      return { ...view({ heal: entry, portal }), fields, sample: [...sample] };
    },
  );
}

function decideHeal(app: ZodApp, desk: HealDesk, verdict: "approve" | "reject", summary: string): void {
  app.post(
    `/:healId/${verdict}`,
    {
      config: { access: "operator" },
      schema: {
        operationId: `${verdict}Heal`,
        summary,
        tags,
        params: Params,
        body: Verdict,
        response: { 200: Heal, ...WRITE_REFUSALS },
      },
    },
    async ({ params: { healId }, body: { note }, principal }) => {
      const heal = await desk[verdict](healId, { by: nameOf(principal), ...(note === undefined ? {} : { note }) });
      const { portal } = await desk.compare(healId);
      return view({ heal, portal });
    },
  );
}

function view({ heal, portal }: PortalHeal<HealEntry>): z.output<typeof Heal> {
  const { at, decision, proposal, proof, reasons, ...rest } = heal;
  return {
    ...rest,
    portal,
    at: at.toISOString(),
    reasons: [...reasons],
    proof: proof && { ...proof, kept: [...proof.kept], lost: [...proof.lost], gone: [...proof.gone] },
    hasProposal: proposal !== null || rest.toVersion !== null,
    decision: decision && { ...decision, at: decision.at.toISOString() },
  };
}
