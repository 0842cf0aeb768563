import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { AttentionNotFound, type Attention, type AttentionItem } from "#platform/operators";
import type { ScrapeDesk } from "#products/portals";
import { nameOf } from "../../../access.ts";
import { readPlace, writePlace } from "../../../place.ts";
import { Cursor, Instant, Limit, NamedInstant, pageOf, READ_REFUSALS, WRITE_REFUSALS } from "../../../schemas.ts";

const STATES = ["open", "claimed", "resolved"] as const;

const AttentionView = z
  .object({
    id: z.string(),
    kind: z.string(),
    subject: z.string().describe("What it is about: `scrape-job:ID`, `portal:ID`."),
    reason: z.string(),
    details: z.record(z.string(), z.unknown()),
    state: z.enum(STATES),
    openedAt: Instant,
    claimedBy: z.string().nullable(),
    claimedAt: Instant.nullable(),
    resolvedBy: z.string().nullable(),
    resolvedAt: Instant.nullable(),
    resolution: z.string().nullable(),
  })
  .meta({ id: "AttentionItem" });

const Resolution = z.strictObject({
  resolution: z.string().trim().min(1).max(2_000).describe("What was done, for the record."),
  outcome: z
    .enum(["continue", "give_up", "none"])
    .default("none")
    .describe("What becomes of the scrape job that waits for it."),
});

const Params = z.object({ attentionId: z.string().min(1).max(100) });
const Place = z.tuple([NamedInstant, z.uuid()]);
const tags = ["Attention"];

interface Deps {
  attention: Pick<Attention, "list" | "find" | "claim" | "giveBack" | "resolve">;
  desk: Pick<ScrapeDesk, "behindAttention" | "continue" | "giveUp">;
}

/** `/api/v1/attention`: what needs a person. */
export function attentionRoutes({ attention, desk }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "",
      {
        config: { access: "viewer" },
        schema: {
          operationId: "listAttention",
          summary: "What needs a person, oldest first; without a state all that is not resolved",
          tags,
          querystring: z.object({ limit: Limit, cursor: Cursor, state: z.enum(STATES).optional() }),
          response: { 200: pageOf(AttentionView), ...READ_REFUSALS },
        },
      },
      async ({ query: { limit, cursor, state = null } }) => {
        const place = cursor === undefined ? null : readPlace(cursor, Place);
        const after = place ? { openedAt: new Date(place[0]), id: place[1] } : undefined;
        const items = await attention.list({ limit, state, after });
        const last = items.length < limit ? undefined : items.at(-1);
        return {
          items: items.map(view),
          nextCursor: last ? writePlace([last.openedAt.toISOString(), last.id]) : null,
        };
      },
    );

    app.post(
      "/:attentionId/claim",
      {
        config: { access: "operator", hasNoBody: true, isAuditedInside: true },
        schema: {
          operationId: "claimAttention",
          summary: "Take something on",
          tags,
          params: Params,
          response: { 200: AttentionView, ...WRITE_REFUSALS },
        },
      },
      async ({ params, principal }) => view(await attention.claim(params.attentionId, nameOf(principal))),
    );

    app.post(
      "/:attentionId/give-back",
      {
        config: { access: "operator", hasNoBody: true, isAuditedInside: true },
        schema: {
          operationId: "giveBackAttention",
          summary: "Leave something to others again, also what somebody else took on",
          tags,
          params: Params,
          response: { 200: AttentionView, ...WRITE_REFUSALS },
        },
      },
      async ({ params: { attentionId }, principal }) => {
        await attention.giveBack(attentionId, nameOf(principal));
        return view(await found(attention, attentionId));
      },
    );

    app.post(
      "/:attentionId/resolve",
      {
        config: { access: "operator", isAuditedInside: true },
        schema: {
          operationId: "resolveAttention",
          summary: "Say that it is dealt with, and what becomes of the job that waits",
          tags,
          params: Params,
          body: Resolution,
          response: { 200: AttentionView, ...WRITE_REFUSALS },
        },
      },
      async ({ params: { attentionId }, body: { resolution, outcome }, principal }) => {
        const decision = { by: nameOf(principal), resolution };
        const job = outcome === "none" ? null : await desk.behindAttention(attentionId);
        if (job && outcome === "continue") await desk.continue(job.id, decision);
        else if (job) await desk.giveUp(job.id, decision);
        else await attention.resolve(attentionId, decision.by, resolution);
        return view(await found(attention, attentionId));
      },
    );
  };
}

async function found(attention: Pick<Attention, "find">, id: string): Promise<AttentionItem> {
  const item = await attention.find(id);
  if (!item) throw new AttentionNotFound(id);
  return item;
}

function view(item: AttentionItem): z.output<typeof AttentionView> {
  const claimed = item.state === "claimed" ? item : null;
  const resolved = item.state === "resolved" ? item : null;
  return {
    id: item.id,
    kind: item.kind,
    subject: item.subject,
    reason: item.reason,
    details: item.details,
    state: item.state,
    openedAt: item.openedAt.toISOString(),
    claimedBy: claimed?.claimedBy ?? resolved?.claimedBy ?? null,
    claimedAt: claimed?.claimedAt.toISOString() ?? null,
    resolvedBy: resolved?.resolvedBy ?? null,
    resolvedAt: resolved?.resolvedAt.toISOString() ?? null,
    resolution: resolved?.resolution ?? null,
  };
}
