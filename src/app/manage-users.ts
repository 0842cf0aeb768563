import { z } from "zod";
import { systemClock } from "#kernel";
import { loadConfig, type Config } from "#platform/config";
import type { UserChange, UserRole } from "#platform/operators";
import { openStore } from "./open-store.ts";
import { hereOrAtServer, type RunningApi } from "./running-server.ts";

export type { UserRole } from "#platform/operators";

/** As `platform/operators` defines them; that is loaded only when an account is asked for. */
export const USER_ROLES = ["viewer", "operator", "admin"] as const satisfies readonly UserRole[];

const UserView = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(USER_ROLES),
  createdBy: z.string(),
  createdAt: z.coerce.date(),
  disabledAt: z.coerce.date().nullable(),
  lastSignedInAt: z.coerce.date().nullable(),
});
const WithPassword = UserView.extend({ password: z.string().nullable() });
const UserList = z.object({ items: z.array(UserView) });

export type ListedUser = z.output<typeof UserView>;
/** The password that was made, once; null where one was given. */
export type UserWithPassword = z.output<typeof WithPassword>;

/** Accounts of people, by name. Without a password one is made. */
export interface UserDesk extends AsyncDisposable {
  add(wanted: { name: string; role: UserRole; password: string | null }): Promise<UserWithPassword>;
  list(): Promise<ListedUser[]>;
  change(name: string, change: UserChange): Promise<ListedUser>;
  resetPassword(name: string, password: string | null): Promise<UserWithPassword>;
}

const BY = "command line";

/** Opens the accounts of the configured database; where a server holds it, asks the server. */
export function openUsers(): Promise<UserDesk> {
  const config = loadConfig();
  return hereOrAtServer(config, () => usersHere(config), usersAtServer);
}

async function usersHere(config: Config): Promise<UserDesk> {
  const { AuditLog, generatePassword, UserNotFound, Users } = await import("#platform/operators");
  const { database, close } = await openStore({ config });
  const audit = new AuditLog({ db: database.db, clock: systemClock });
  const users = new Users({ db: database.db, audit, clock: systemClock });
  const idOf = async (name: string) => {
    const user = await users.findByName(name);
    if (!user) throw new UserNotFound(name);
    return user.id;
  };
  return {
    async add({ name, role, password: given }) {
      const password = given ?? generatePassword();
      const user = UserView.parse(await users.add({ name, role, password }, BY));
      return { ...user, password: given === null ? password : null };
    },
    list: async () => (await users.list()).map((user) => UserView.parse(user)),
    change: async (name, change) => UserView.parse(await users.change(await idOf(name), change, BY)),
    async resetPassword(name, given) {
      const password = given ?? generatePassword();
      const user = UserView.parse(await users.resetPassword(await idOf(name), password, BY));
      return { ...user, password: given === null ? password : null };
    },
    [Symbol.asyncDispose]: close,
  };
}

async function usersAtServer(api: RunningApi): Promise<UserDesk> {
  const { UserNotFound } = await import("#platform/operators");
  const list = async () => UserList.parse(await api.ask("GET", "/api/v1/users")).items;
  const pathOf = async (name: string) => {
    const wanted = name.trim().toLowerCase();
    const user = (await list()).find((one) => one.name === wanted);
    if (!user) throw new UserNotFound(name);
    return `/api/v1/users/${encodeURIComponent(user.id)}`;
  };
  const given = (password: string | null) => (password === null ? {} : { password });
  return {
    list,
    async add({ name, role, password }) {
      return WithPassword.parse(await api.ask("POST", "/api/v1/users", { name, role, ...given(password) }));
    },
    change: async (name, change) => UserView.parse(await api.ask("PATCH", await pathOf(name), change)),
    async resetPassword(name, password) {
      return WithPassword.parse(await api.ask("POST", `${await pathOf(name)}/password`, given(password)));
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}
