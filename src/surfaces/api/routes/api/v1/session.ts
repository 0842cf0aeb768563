import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { actorOf, ROLES, SetUpRefused, type StartedSession } from "#platform/operators";
import type { Principal } from "../../../access.ts";
import type { ApiDeps } from "../../../api-deps.ts";
import { ForeignPage, NotSignedIn } from "../../../errors.ts";
import { isOfForeignPage } from "../../../own-page.ts";
import { Instant, READ_REFUSALS, WRITE_REFUSALS, type ZodApp } from "../../../schemas.ts";
import { clearSessionCookie, setSessionCookie } from "../../../session-cookie.ts";

const SessionView = z
  .object({
    isSignInRequired: z.boolean().describe("False only where just this machine reaches the server."),
    awaitsSetUp: z.boolean().describe("Nobody has an account yet, and the server printed a code to make the first."),
    who: z
      .object({
        actor: z.string().describe("As the audit log and the queue for people name them."),
        name: z.string(),
        role: z.enum(ROLES),
        isPerson: z.boolean().describe("Signed in with a password, which can be changed."),
        expiresAt: Instant.nullable().describe("When a person has to sign in again at the latest."),
      })
      .nullable()
      .describe("Null when nobody is signed in."),
  })
  .meta({ id: "Session" });

const Name = z.string().min(1).max(400).describe("Name or e-mail address.");
const Password = z.string().min(1).max(400);
const SignIn = z.strictObject({ name: Name, password: Password });
const SetUp = z.strictObject({ code: z.string().min(1).max(100), name: Name, password: Password });
const NewPassword = z.strictObject({ current: Password, next: Password });

const tags = ["Session"];

type Deps = Pick<ApiDeps, "sessions" | "users" | "setUp" | "settings">;

/** `/api/v1/session`: signing in and out, and who is asking. */
export function sessionRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    addSession(app, deps);
    addPassword(app, deps);
    addSetUp(app, deps);
  };
}

function addSession(app: ZodApp, { sessions, users, setUp, settings }: Deps): void {
  app.get(
    "",
    {
      config: { access: "public" },
      schema: {
        operationId: "getSession",
        summary: "Who is asking, and whether they have to sign in",
        tags,
        response: { 200: SessionView, ...READ_REFUSALS },
      },
    },
    async ({ principal, signedIn }) => ({
      isSignInRequired: settings.isAuthRequired,
      awaitsSetUp: principal === null && setUp !== null && (await users.count()) === 0,
      who: principal && { ...namedOf(principal), ...lastingOf(signedIn?.session.expiresAt ?? null) },
    }),
  );

  app.post(
    "",
    {
      config: { access: "public", isAuditedInside: true },
      schema: {
        operationId: "signIn",
        summary: "Sign in with name and password; the answer sets the session's cookie",
        tags,
        body: SignIn,
        response: { 200: SessionView, ...WRITE_REFUSALS },
      },
    },
    async (request, reply) => {
      if (isOfForeignPage(request)) throw new ForeignPage();
      return begin(await sessions.signIn({ ...request.body, address: request.ip }), request, reply);
    },
  );

  app.delete(
    "",
    {
      config: { access: "public", isAuditedInside: true },
      schema: {
        operationId: "signOut",
        summary: "Sign out: the session ends at once",
        tags,
        response: { 204: z.null(), ...WRITE_REFUSALS },
      },
    },
    async (request, reply) => {
      if (request.signedIn) await sessions.signOut(request.signedIn);
      clearSessionCookie(request, reply);
      return reply.status(204).send(null);
    },
  );
}

function addPassword(app: ZodApp, { sessions }: Deps): void {
  app.put(
    "/password",
    {
      config: { access: "viewer", isAuditedInside: true },
      schema: {
        operationId: "changeOwnPassword",
        summary: "Change one's own password; every other session of the account ends",
        tags,
        body: NewPassword,
        response: { 200: SessionView, ...WRITE_REFUSALS },
      },
    },
    async (request, reply) => {
      if (!request.signedIn) throw new NotSignedIn();
      const { current, next } = request.body;
      const address = request.ip;
      return begin(await sessions.changePassword(request.signedIn, { current, next, address }), request, reply);
    },
  );
}

function addSetUp(app: ZodApp, { sessions, users, setUp }: Deps): void {
  app.post(
    "/set-up",
    {
      config: { access: "public", isAuditedInside: true },
      schema: {
        operationId: "setUp",
        summary: "Make the first account, an admin's, with the code that the server printed; and sign in",
        tags,
        body: SetUp,
        response: { 200: SessionView, ...WRITE_REFUSALS },
      },
    },
    async (request, reply) => {
      if (isOfForeignPage(request)) throw new ForeignPage();
      const { code, name, password } = request.body;
      if (!setUp?.matches(code)) throw new SetUpRefused();
      await users.addFirst({ name, password });
      return begin(await sessions.signIn({ name, password, address: request.ip }), request, reply);
    },
  );
}

function begin(started: StartedSession, request: FastifyRequest, reply: FastifyReply): z.output<typeof SessionView> {
  const { user, session, token } = started;
  setSessionCookie(request, reply, token, session.expiresAt);
  const who = { ...lastingOf(session.expiresAt), actor: actorOf(user), name: user.name, role: user.role };
  return { isSignInRequired: true, awaitsSetUp: false, who };
}

function namedOf({ id, name, role }: Principal) {
  return { actor: id, name, role };
}

function lastingOf(expiresAt: Date | null) {
  return { isPerson: expiresAt !== null, expiresAt: expiresAt?.toISOString() ?? null };
}
