import type { Selectable } from "kysely";
import type { Database, UserSessionTable } from "#platform/storage";
import type { Session, SignedIn } from "./session.ts";
import { userOf } from "./user-store.ts";

export class SessionStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** False when the account was disabled, or its password changed, since the password was looked at. */
  async start(session: Session, token: { sha256: string }, passwordHash: string): Promise<boolean> {
    return this.#db.transaction().execute(async (trx) => {
      const { numUpdatedRows } = await trx
        .updateTable("user_account")
        .set({ last_signed_in_at: session.startedAt })
        .where("id", "=", session.userId)
        .where("password_hash", "=", passwordHash)
        .where("disabled_at", "is", null)
        .executeTakeFirst();
      if (numUpdatedRows === 0n) return false;
      await this.insert(session, token, trx);
      return true;
    });
  }

  async insert(session: Session, { sha256 }: { sha256: string }, trx: Database): Promise<void> {
    await trx
      .insertInto("user_session")
      .values({
        id: session.id,
        user_id: session.userId,
        token_sha256: sha256,
        started_at: session.startedAt,
        seen_at: session.seenAt,
        expires_at: session.expiresAt,
        address: session.address,
      })
      .execute();
  }

  /** Unless it has ended, or its account is disabled. */
  async find(tokenSha256: string): Promise<SignedIn | null> {
    const row = await this.#db
      .selectFrom("user_session")
      .innerJoin("user_account", "user_account.id", "user_session.user_id")
      .selectAll("user_account")
      .select([
        "user_session.id as session_id",
        "user_session.started_at",
        "user_session.seen_at",
        "user_session.expires_at",
        "user_session.address",
      ])
      .where("token_sha256", "=", tokenSha256)
      .where("ended_at", "is", null)
      .where("disabled_at", "is", null)
      .executeTakeFirst();
    if (!row) return null;
    return { user: userOf(row), session: sessionOf({ ...row, id: row.session_id, user_id: row.id }) };
  }

  /** Those of an account that have not ended, the last used first. */
  async listOf(userId: string): Promise<Session[]> {
    const rows = await this.#db
      .selectFrom("user_session")
      .select(["id", "user_id", "started_at", "seen_at", "expires_at", "address"])
      .where("user_id", "=", userId)
      .where("ended_at", "is", null)
      .orderBy("seen_at", "desc")
      .orderBy("id")
      .execute();
    return rows.map(sessionOf);
  }

  async seen(id: string, now: Date): Promise<void> {
    await this.#db.updateTable("user_session").set({ seen_at: now }).where("id", "=", id).execute();
  }

  async end(id: string, now: Date): Promise<void> {
    await this.#db
      .updateTable("user_session")
      .set({ ended_at: now })
      .where("id", "=", id)
      .where("ended_at", "is", null)
      .execute();
  }

  async endAll(userId: string, now: Date, trx: Database): Promise<void> {
    await trx
      .updateTable("user_session")
      .set({ ended_at: now })
      .where("user_id", "=", userId)
      .where("ended_at", "is", null)
      .execute();
  }

  /** Of this account only: one, or all but one. How many ended. */
  async endOf(userId: string, which: { id: string } | { but: string }, now: Date): Promise<number> {
    const { numUpdatedRows } = await this.#db
      .updateTable("user_session")
      .set({ ended_at: now })
      .where("user_id", "=", userId)
      .where("id", "id" in which ? "=" : "!=", "id" in which ? which.id : which.but)
      .where("ended_at", "is", null)
      .executeTakeFirst();
    return Number(numUpdatedRows);
  }

  /** Whether somebody has signed in to this account from this address since. */
  async knows(name: string, address: string, since: Date): Promise<boolean> {
    const row = await this.#db
      .selectFrom("user_session")
      .innerJoin("user_account", "user_account.id", "user_session.user_id")
      .select("user_session.id")
      .where("user_account.name", "=", name)
      .where("user_session.address", "=", address)
      .where("user_session.started_at", ">", since)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async forgetBefore(time: Date): Promise<void> {
    await this.#db.deleteFrom("user_session").where("expires_at", "<", time).execute();
  }
}

function sessionOf(
  row: Pick<Selectable<UserSessionTable>, "id" | "user_id" | "started_at" | "seen_at" | "expires_at" | "address">,
): Session {
  return {
    id: row.id,
    userId: row.user_id,
    startedAt: row.started_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    address: row.address,
  };
}
