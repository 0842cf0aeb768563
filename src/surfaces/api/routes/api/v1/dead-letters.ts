import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Outbox } from "#platform/delivery";
import { Instant, Limit, READ_REFUSALS, WRITE_REFUSALS, type ZodApp } from "../../../schemas.ts";

const DeadLetterView = z
  .object({
    id: z.string().describe("The receiver sees it as `X-Gleaner-Delivery`."),
    url: z.string(),
    about: z.string().describe("What the message tells of; the same message is sent under the same words."),
    attempts: z.int(),
    lastError: z.string().nullable(),
    lastStatus: z.int().nullable(),
    createdAt: Instant,
    diedAt: Instant.nullable(),
  })
  .meta({ id: "DeadLetter" });

const Params = z.object({ deliveryId: z.uuid() });
const tags = ["Operation"];

type Letters = Pick<Outbox, "deadLetters" | "redeliver" | "discard">;

/** `/api/v1/dead-letters`: callbacks that could not be delivered, however often it was tried. */
export function deadLetterRoutes(letters: Letters): FastifyPluginAsyncZod {
  return async (app) => {
    listDeadLetters(app, letters);
    redeliver(app, letters);
    discard(app, letters);
  };
}

function listDeadLetters(app: ZodApp, letters: Letters): void {
  app.get(
    "",
    {
      config: { access: "operator" },
      schema: {
        operationId: "listDeadLetters",
        summary: "Callbacks that could not be delivered, the newest first",
        tags,
        querystring: z.object({ limit: Limit }),
        response: { 200: z.object({ items: z.array(DeadLetterView) }), ...READ_REFUSALS },
      },
    },
    async ({ query: { limit } }) => {
      const found = await letters.deadLetters({ limit });
      return {
        items: found.map(({ idempotencyKey, createdAt, diedAt, ...rest }) => ({
          ...rest,
          about: idempotencyKey,
          createdAt: createdAt.toISOString(),
          diedAt: diedAt?.toISOString() ?? null,
        })),
      };
    },
  );
}

function redeliver(app: ZodApp, letters: Letters): void {
  app.post(
    "/:deliveryId/redeliver",
    {
      config: { access: "operator", hasNoBody: true },
      schema: {
        operationId: "redeliverDeadLetter",
        summary: "Send a dead letter again, with all its attempts anew",
        tags,
        params: Params,
        response: { 202: z.object({ id: z.string() }), ...WRITE_REFUSALS },
      },
    },
    async ({ params: { deliveryId: id } }, reply) => {
      await letters.redeliver(id);
      return reply.status(202).send({ id });
    },
  );
}

function discard(app: ZodApp, letters: Letters): void {
  app.delete(
    "/:deliveryId",
    {
      config: { access: "operator" },
      schema: {
        operationId: "discardDeadLetter",
        summary: "Forget a dead letter for good",
        tags,
        params: Params,
        response: { 204: z.null(), ...WRITE_REFUSALS },
      },
    },
    async ({ params }, reply) => {
      await letters.discard(params.deliveryId);
      return reply.status(204).send(null);
    },
  );
}
