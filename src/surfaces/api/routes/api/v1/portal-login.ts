import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { RefusalSchema, type LogInDesk, type PortalLogIn } from "#products/portals";
import { nameOf } from "../../../access.ts";
import { ClientId, Instant, READ_REFUSALS, WRITE_REFUSALS, type ZodApp } from "../../../schemas.ts";

const LogInView = z
  .object({
    usernameHint: z.string().describe("Enough of the user name to tell accounts apart."),
    hasCodes: z.boolean().describe("Whether one-time codes can be made."),
    loginUrl: z.string().nullable(),
    origins: z.array(z.string()).describe("Whose forms may get the password."),
    status: z
      .enum(["untried", "accepted", "refused"])
      .describe("A refused log-in is not tried again until a person corrects it, tests it, or resumes the portal."),
    refusal: RefusalSchema.nullable(),
    acceptedAt: Instant.nullable(),
    hasSession: z.boolean(),
    sessionUntil: Instant.nullable(),
    updatedAt: Instant,
    updatedBy: z.string(),
  })
  .meta({ id: "PortalLogIn" });

const NewLogIn = z
  .strictObject({
    username: z.string().min(1).max(500),
    password: z.string().min(1).max(500),
    totp: z
      .string()
      .max(2_000)
      .optional()
      .describe(
        "Secret of one-time codes: its Base32 text or otpauth://totp address. Left out: as it is for this user.",
      ),
    loginUrl: z
      .string()
      .min(1)
      .max(8_000)
      .optional()
      .describe(
        "The page with the form, where the portal does not lead there by itself. Its origin may get the password too.",
      ),
  })
  .meta({ id: "NewPortalLogIn" });

const Report = z
  .object({
    outcome: z.enum(["signed_in", "not_asked", "needs_person", "failed"]),
    message: z.string(),
    code: z.string().nullable().describe("Of the error behind `failed`."),
    records: z.int().describe("Of the list behind the log-in; 0 where none was found."),
  })
  .meta({ id: "LogInReport" });

const Params = z.object({ portalId: ClientId });
const tags = ["Portals"];

/** `/api/v1/portals/{portalId}/login`: how Gleaner signs in there. What is secret goes in and never comes out. */
export function portalLoginRoutes(desk: LogInDesk): FastifyPluginAsyncZod {
  return async (app) => {
    readLogIn(app, desk);
    setLogIn(app, desk);
    removeLogIn(app, desk);
    testLogIn(app, desk);
  };
}

function readLogIn(app: ZodApp, desk: LogInDesk): void {
  app.get(
    "",
    {
      config: { access: "viewer" },
      schema: {
        operationId: "getPortalLogin",
        summary: "How Gleaner signs in at a portal, without anything secret",
        tags,
        params: Params,
        response: { 200: LogInView, ...READ_REFUSALS },
      },
    },
    async ({ params }) => view(await desk.get(params.portalId)),
  );
}

function setLogIn(app: ZodApp, desk: LogInDesk): void {
  app.put(
    "",
    {
      config: { access: "operator" },
      schema: {
        operationId: "setPortalLogin",
        summary: "Give a portal's user name, password and one-time codes; they are sealed and never shown again",
        tags,
        params: Params,
        body: NewLogIn,
        response: { 200: LogInView, ...WRITE_REFUSALS },
      },
    },
    async ({ params, body, principal }) => view(await desk.set(params.portalId, body, nameOf(principal))),
  );
}

function removeLogIn(app: ZodApp, desk: LogInDesk): void {
  app.delete(
    "",
    {
      config: { access: "operator" },
      schema: {
        operationId: "removePortalLogin",
        summary: "Forget a portal's log-in and its session",
        tags,
        params: Params,
        response: { 204: z.null(), ...WRITE_REFUSALS },
      },
    },
    async ({ params }, reply) => {
      await desk.remove(params.portalId);
      return reply.status(204).send(null);
    },
  );
}

function testLogIn(app: ZodApp, desk: LogInDesk): void {
  app.post(
    "/test",
    {
      config: { access: "operator", hasNoBody: true },
      schema: {
        operationId: "testPortalLogin",
        summary: "Sign in once and tell how it went",
        description:
          "Takes up to two minutes. After a refusal each test is one more try at the portal: correct the log-in first.",
        tags,
        params: Params,
        response: { 200: Report, ...WRITE_REFUSALS },
      },
    },
    async ({ params, raw }) => {
      const gone = new AbortController();
      raw.socket.once("close", () => gone.abort(new Error("The client went away.")));
      return await desk.test(params.portalId, gone.signal);
    },
  );
}

function view(login: PortalLogIn): z.output<typeof LogInView> {
  const { usernameHint, hasCodes, url, origins, state, acceptedAt, hasSession, sessionUntil, updatedAt, updatedBy } =
    login;
  return {
    usernameHint,
    hasCodes,
    loginUrl: url,
    origins: [...origins],
    status: state.status,
    refusal: state.status === "refused" ? state.why : null,
    acceptedAt: acceptedAt?.toISOString() ?? null,
    hasSession,
    sessionUntil: sessionUntil?.toISOString() ?? null,
    updatedAt: updatedAt.toISOString(),
    updatedBy,
  };
}
