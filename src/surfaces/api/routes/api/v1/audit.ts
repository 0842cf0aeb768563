import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { AuditLog } from "#platform/operators";
import { readPlace, writePlace } from "../../../place.ts";
import { Cursor, Instant, Limit, pageOf, READ_REFUSALS } from "../../../schemas.ts";

const AuditView = z.object({
  id: z.int(),
  at: Instant,
  actor: z.string().describe("A key's id, `env:API_KEY`, `local`, or a part of the program."),
  action: z.string(),
  subject: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});

const Place = z.tuple([z.int()]);

/** `/api/v1/audit`: who changed what. Nobody can change this list. */
export function auditRoutes(audit: Pick<AuditLog, "list">): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "",
      {
        config: { access: "admin" },
        schema: {
          operationId: "listAudit",
          summary: "What was changed by whom, newest first",
          tags: ["Audit"],
          querystring: z.object({ limit: Limit, cursor: Cursor }),
          response: { 200: pageOf(AuditView), ...READ_REFUSALS },
        },
      },
      async ({ query: { limit, cursor } }) => {
        const before = cursor === undefined ? {} : { before: readPlace(cursor, Place)[0] };
        const events = await audit.list({ ...before, limit });
        const last = events.at(-1);
        const items = events.map((event) => ({ ...event, at: event.at.toISOString() }));
        return { items, nextCursor: last && events.length === limit ? writePlace([last.id]) : null };
      },
    );
  };
}
