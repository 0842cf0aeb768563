import { sql, type Selectable } from "kysely";
import type { Database, UserAccountTable } from "#platform/storage";
import { UserExists, UserNotFound } from "../errors.ts";
import type { User } from "./user.ts";

export class UserStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** @throws UserExists */
  async insert(user: User, passwordHash: string, trx: Database = this.#db): Promise<void> {
    const { numInsertedOrUpdatedRows } = await trx
      .insertInto("user_account")
      .values({
        id: user.id,
        name: user.name,
        password_hash: passwordHash,
        role: user.role,
        created_by: user.createdBy,
        created_at: user.createdAt,
        password_changed_at: user.passwordChangedAt,
      })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .executeTakeFirst();
    if (!numInsertedOrUpdatedRows) throw new UserExists(user.name);
  }

  async list(): Promise<User[]> {
    const rows = await this.#db.selectFrom("user_account").selectAll().orderBy("name").execute();
    return rows.map(userOf);
  }

  async find(id: string): Promise<User | null> {
    const row = await this.#db.selectFrom("user_account").selectAll().where("id", "=", id).executeTakeFirst();
    return row ? userOf(row) : null;
  }

  async findByName(name: string): Promise<{ user: User; passwordHash: string } | null> {
    const row = await this.#db.selectFrom("user_account").selectAll().where("name", "=", name).executeTakeFirst();
    return row ? { user: userOf(row), passwordHash: row.password_hash } : null;
  }

  async passwordHashOf(id: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom("user_account")
      .select("password_hash")
      .where("id", "=", id)
      .executeTakeFirst();
    return row?.password_hash ?? null;
  }

  async count(trx: Database = this.#db): Promise<number> {
    const { count } = await trx
      .selectFrom("user_account")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Accounts are made, and admins changed, one after the other: so there is one first user, and always a last admin. */
  async oneByOne<T>(work: (trx: Database) => Promise<T>): Promise<T> {
    return this.#db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtext('user_account'))`.execute(trx);
      return work(trx);
    });
  }

  /** How many others could act as admins. */
  async otherAdmins(id: string, trx: Database): Promise<number> {
    const { count } = await trx
      .selectFrom("user_account")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("role", "=", "admin")
      .where("disabled_at", "is", null)
      .where("id", "<>", id)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** @throws UserNotFound */
  async get(id: string, trx: Database): Promise<User> {
    const row = await trx.selectFrom("user_account").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
    if (!row) throw new UserNotFound(id);
    return userOf(row);
  }

  async save(user: User, trx: Database): Promise<void> {
    await trx
      .updateTable("user_account")
      .set({ role: user.role, disabled_at: user.disabledAt })
      .where("id", "=", user.id)
      .execute();
  }

  async savePassword(id: string, passwordHash: string, now: Date, trx: Database): Promise<void> {
    await trx
      .updateTable("user_account")
      .set({ password_hash: passwordHash, password_changed_at: now })
      .where("id", "=", id)
      .execute();
  }
}

export function userOf(row: Selectable<UserAccountTable>): User {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdBy: row.created_by,
    createdAt: row.created_at,
    passwordChangedAt: row.password_changed_at,
    disabledAt: row.disabled_at,
    lastSignedInAt: row.last_signed_in_at,
  };
}
