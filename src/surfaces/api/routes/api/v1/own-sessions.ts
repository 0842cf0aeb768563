import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Session, Sessions } from "#platform/operators";
import { NotSignedIn } from "../../../errors.ts";
import { Instant, pageOf, READ_REFUSALS, WRITE_REFUSALS } from "../../../schemas.ts";

const OwnSessionView = z
  .object({
    id: z.string(),
    startedAt: Instant,
    seenAt: Instant.describe("When it was used last, to the minute."),
    expiresAt: Instant,
    address: z.string().describe("The network that the person signed in from."),
    isThis: z.boolean().describe("The one that is asking."),
  })
  .meta({ id: "OwnSession" });

const tags = ["Session"];

type Deps = Pick<Sessions, "ownOf" | "endOwn">;

/** `/api/v1/session/all`: every browser where the person who asks is signed in. */
export function ownSessionRoutes(sessions: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "",
      {
        config: { access: "viewer" },
        schema: {
          operationId: "listOwnSessions",
          summary: "Where the person who asks is signed in, last used first",
          tags,
          response: { 200: pageOf(OwnSessionView), ...READ_REFUSALS },
        },
      },
      async ({ signedIn }) => {
        if (!signedIn) throw new NotSignedIn();
        const own = await sessions.ownOf(signedIn);
        return { items: own.map((session) => view(session, signedIn.session.id)), nextCursor: null };
      },
    );

    app.delete(
      "",
      {
        config: { access: "viewer", isAuditedInside: true },
        schema: {
          operationId: "endOtherSessions",
          summary: "Sign out everywhere but here",
          tags,
          response: { 204: z.null(), ...WRITE_REFUSALS },
        },
      },
      async ({ signedIn }, reply) => {
        if (!signedIn) throw new NotSignedIn();
        await sessions.endOwn(signedIn, "others");
        return reply.status(204).send(null);
      },
    );

    app.delete(
      "/:sessionId",
      {
        config: { access: "viewer", isAuditedInside: true },
        schema: {
          operationId: "endOwnSession",
          summary: "Sign out in one other browser; one that has ended already is no mistake",
          tags,
          params: z.object({ sessionId: z.uuid() }),
          response: { 204: z.null(), ...WRITE_REFUSALS },
        },
      },
      async ({ signedIn, params: { sessionId } }, reply) => {
        if (!signedIn) throw new NotSignedIn();
        await sessions.endOwn(signedIn, { id: sessionId });
        return reply.status(204).send(null);
      },
    );
  };
}

function view(session: Session, here: string): z.output<typeof OwnSessionView> {
  return {
    id: session.id,
    startedAt: session.startedAt.toISOString(),
    seenAt: session.seenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    address: session.address,
    isThis: session.id === here,
  };
}
