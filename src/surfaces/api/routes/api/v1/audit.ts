import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ApiKeys, AuditLog } from "#platform/operators";
import { readPlace, writePlace } from "../../../place.ts";
import { Cursor, Instant, Limit, NamedInstant, pageOf, READ_REFUSALS } from "../../../schemas.ts";

const AuditView = z
  .object({
    id: z.int(),
    at: Instant,
    actor: z.string().describe("`user:NAME`, a key's id, `env:API_KEY`, `local`, or a part of the program."),
    actorName: z.string().nullable().describe("What the key is called, where the actor is one."),
    action: z.string().describe("Noun and verb: `user.added`; or the API's operation: `api.addPortal`."),
    subject: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "AuditEvent" });

const Query = z.object({
  limit: Limit,
  cursor: Cursor,
  actor: z.string().min(1).max(300).optional().describe("Exactly this one."),
  action: z.string().min(1).max(100).optional().describe("`user.added`, or only its noun: `user`."),
  subject: z.string().min(1).max(2_000).optional().describe("Exactly this one."),
  since: NamedInstant.optional(),
  until: NamedInstant.optional().describe("The first instant that is too late."),
});

const Place = z.tuple([z.int()]);

interface Deps {
  audit: Pick<AuditLog, "list">;
  keys: Pick<ApiKeys, "list">;
}

/** `/api/v1/audit`: who changed what. Nobody can change this list. */
export function auditRoutes({ audit, keys }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "",
      {
        config: { access: "admin" },
        schema: {
          operationId: "listAudit",
          summary: "What was changed by whom, newest first",
          tags: ["Audit"],
          querystring: Query,
          response: { 200: pageOf(AuditView), ...READ_REFUSALS },
        },
      },
      async ({ query: { limit, cursor, since, until, ...filter } }) => {
        const before = cursor === undefined ? undefined : readPlace(cursor, Place)[0];
        const times = { since: timeOf(since), until: timeOf(until) };
        const events = await audit.list({ ...filter, ...times, before, limit });
        const names = new Map((await keys.list()).map(({ id, name }) => [id, name]));
        const last = events.at(-1);
        const items = events.map((event) => ({
          ...event,
          at: event.at.toISOString(),
          actorName: names.get(event.actor) ?? null,
        }));
        return { items, nextCursor: last && events.length === limit ? writePlace([last.id]) : null };
      },
    );
  };
}

function timeOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
