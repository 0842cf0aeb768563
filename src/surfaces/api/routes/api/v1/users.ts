import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { generatePassword, USER_ROLES, type User, type Users } from "#platform/operators";
import { nameOf } from "../../../access.ts";
import { Instant, pageOf, READ_REFUSALS, WRITE_REFUSALS } from "../../../schemas.ts";

const UserView = z
  .object({
    id: z.string(),
    name: z.string().describe("Name or e-mail address, in lower case. It never changes."),
    role: z.enum(USER_ROLES),
    createdBy: z.string(),
    createdAt: Instant,
    passwordChangedAt: Instant,
    disabledAt: Instant.nullable().describe("Null where the person may sign in."),
    lastSignedInAt: Instant.nullable(),
  })
  .meta({ id: "User" });

const Password = z.string().min(1).max(400).optional().describe("Left out, one is made and shown this once.");
const NewUser = z.strictObject({ name: z.string().min(1).max(400), role: z.enum(USER_ROLES), password: Password });
const UserChange = z.strictObject({ role: z.enum(USER_ROLES).optional(), disabled: z.boolean().optional() });
const PasswordReset = z.strictObject({ password: Password });
const WithPassword = UserView.extend({
  password: z.string().nullable().describe("The one that was made; null where one was given."),
});

const Params = z.object({ userId: z.string().min(1).max(100) });
const tags = ["Users"];

/** `/api/v1/users`: people who may sign in. */
export function userRoutes(users: Pick<Users, "add" | "change" | "list" | "resetPassword">): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      "",
      {
        config: { access: "admin" },
        schema: {
          operationId: "listUsers",
          summary: "Everybody who has an account, also who may not sign in any more",
          tags,
          response: { 200: pageOf(UserView), ...READ_REFUSALS },
        },
      },
      async () => ({ items: (await users.list()).map(view), nextCursor: null }),
    );

    app.post(
      "",
      {
        config: { access: "admin", isAuditedInside: true },
        schema: {
          operationId: "addUser",
          summary: "Give somebody an account",
          tags,
          body: NewUser,
          response: { 201: WithPassword, ...WRITE_REFUSALS },
        },
      },
      async ({ body: { name, role, password: given }, principal }, reply) => {
        const password = given ?? generatePassword();
        const user = await users.add({ name, role, password }, nameOf(principal));
        return reply.status(201).send({ ...view(user), password: given === undefined ? password : null });
      },
    );

    app.patch(
      "/:userId",
      {
        config: { access: "admin", isAuditedInside: true },
        schema: {
          operationId: "changeUser",
          summary: "Change somebody's role, or whether they may sign in; disabling ends their sessions",
          tags,
          params: Params,
          body: UserChange,
          response: { 200: UserView, ...WRITE_REFUSALS },
        },
      },
      async ({ params: { userId }, body: { role, disabled }, principal }) => {
        const change = { ...(role === undefined ? {} : { role }), ...(disabled === undefined ? {} : { disabled }) };
        return view(await users.change(userId, change, nameOf(principal)));
      },
    );

    app.post(
      "/:userId/password",
      {
        config: { access: "admin", isAuditedInside: true },
        schema: {
          operationId: "resetPassword",
          summary: "Set a new password for somebody; their sessions end",
          tags,
          params: Params,
          body: PasswordReset,
          response: { 200: WithPassword, ...WRITE_REFUSALS },
        },
      },
      async ({ params: { userId }, body: { password: given }, principal }) => {
        const password = given ?? generatePassword();
        const user = await users.resetPassword(userId, password, nameOf(principal));
        return { ...view(user), password: given === undefined ? password : null };
      },
    );
  };
}

function view(user: User): z.output<typeof UserView> {
  return {
    ...user,
    createdAt: user.createdAt.toISOString(),
    passwordChangedAt: user.passwordChangedAt.toISOString(),
    disabledAt: user.disabledAt?.toISOString() ?? null,
    lastSignedInAt: user.lastSignedInAt?.toISOString() ?? null,
  };
}
