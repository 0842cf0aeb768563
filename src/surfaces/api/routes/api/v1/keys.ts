import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { ROLES, type ApiKey, type ApiKeys } from "#platform/operators";
import { nameOf } from "../../../access.ts";
import { Instant, NamedInstant, pageOf, READ_REFUSALS, WRITE_REFUSALS } from "../../../schemas.ts";

const KeyView = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().describe("The first characters, to tell keys apart."),
    role: z.enum(ROLES),
    createdBy: z.string(),
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    revokedAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
  })
  .meta({ id: "ApiKey" });

const NewKey = z.strictObject({
  name: z.string().trim().min(1).max(200),
  role: z.enum(ROLES),
  expiresAt: NamedInstant.optional(),
});

const tags = ["Keys"];

/** `/api/v1/keys`: the keys of programs. */
export function keyRoutes(keys: Pick<ApiKeys, "create" | "list" | "revoke">): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "",
      {
        config: { access: "admin" },
        schema: {
          operationId: "listKeys",
          summary: "All keys, also those that were revoked",
          tags,
          response: { 200: pageOf(KeyView), ...READ_REFUSALS },
        },
      },
      async () => ({ items: (await keys.list()).map(view), nextCursor: null }),
    );

    app.post(
      "",
      {
        config: { access: "admin", isAuditedInside: true },
        schema: {
          operationId: "createKey",
          summary: "Make a key; it is shown this once",
          tags,
          body: NewKey,
          response: {
            201: KeyView.extend({ key: z.string().describe("The secret, never shown again.") }),
            ...WRITE_REFUSALS,
          },
        },
      },
      async ({ body: { name, role, expiresAt }, principal }, reply) => {
        const expiry = expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) };
        const { key, apiKey } = await keys.create({ name, role, by: nameOf(principal), ...expiry });
        return reply.status(201).send({ ...view(apiKey), key });
      },
    );

    app.delete(
      "/:keyId",
      {
        config: { access: "admin", isAuditedInside: true },
        schema: {
          operationId: "revokeKey",
          summary: "Revoke a key at once and for good",
          tags,
          params: z.object({ keyId: z.string().min(1).max(100) }),
          response: { 204: z.null(), ...WRITE_REFUSALS },
        },
      },
      async ({ params, principal }, reply) => {
        await keys.revoke(params.keyId, nameOf(principal));
        return reply.status(204).send(null);
      },
    );
  };
}

function view(key: ApiKey): z.output<typeof KeyView> {
  return {
    ...key,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  };
}
