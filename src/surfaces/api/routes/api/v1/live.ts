import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { ForeignPage, NotAWebSocket } from "../../../errors.ts";
import { isOfForeignPage } from "../../../own-page.ts";
import { LiveSocket, type LiveSocketDeps } from "../../../live-socket.ts";
import { ClientId, READ_REFUSALS } from "../../../schemas.ts";

const DESCRIPTION = `A WebSocket. The server sends JPEG pictures as binary messages and JSON as text:
\`{"type":"state","showing","url","driver","isYours","mayDrive"}\` at first and with every change, and
\`{"type":"error","code","message"}\`. An operator may send \`{"type":"take-over"}\`, after which the job waits, then
\`pointer\` (\`action\`: move, down, up; \`x\` and \`y\` from 0 to 1), \`scroll\` (\`dx\`, \`dy\`), \`key\` (\`key\`, \`modifiers\`) and
\`text\`, and at last \`{"type":"give-back"}\`. Who hangs up gives back.`;

/** `/api/v1/jobs/:jobId/live`: the browser of a job, to be watched and taken over. */
export function liveRoute(deps: LiveSocketDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/:jobId/live",
      config: { access: "viewer" },
      schema: {
        operationId: "watchJob",
        summary: "Watch the browser of a job, and take it over (WebSocket)",
        description: DESCRIPTION,
        tags: ["Jobs"],
        params: z.object({ jobId: ClientId }),
        response: { 101: z.null().describe("The connection is a WebSocket now"), ...READ_REFUSALS },
      },
      onRequest: async (request) => refuseForeign(request),
      handler: async () => {
        throw new NotAWebSocket();
      },
      wsHandler: (socket, { params, principal, isStillAllowed }) => {
        const { jobId } = z.object({ jobId: ClientId }).parse(params);
        void new LiveSocket(socket, { jobId, principal, isStillAllowed }, deps).serve();
      },
    });
  };
}

/** Also where sign-in is off, and for another server's page on this machine. */
function refuseForeign(request: FastifyRequest): void {
  if (isOfForeignPage(request)) throw new ForeignPage();
}
