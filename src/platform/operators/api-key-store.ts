import type { Selectable } from "kysely";
import type { ApiKeyTable, Database } from "#platform/storage";
import type { ApiKey } from "./api-key.ts";

export class ApiKeyStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async insert(key: ApiKey, keySha256: string): Promise<void> {
    await this.#db
      .insertInto("api_key")
      .values({
        id: key.id,
        name: key.name,
        prefix: key.prefix,
        key_sha256: keySha256,
        role: key.role,
        created_by: key.createdBy,
        created_at: key.createdAt,
        expires_at: key.expiresAt,
      })
      .execute();
  }

  async findByHash(keySha256: string): Promise<ApiKey | null> {
    const row = await this.#db.selectFrom("api_key").selectAll().where("key_sha256", "=", keySha256).executeTakeFirst();
    return row ? fromRow(row) : null;
  }

  async list(): Promise<ApiKey[]> {
    const rows = await this.#db.selectFrom("api_key").selectAll().orderBy("created_at").orderBy("id").execute();
    return rows.map(fromRow);
  }

  /** False when there is no such key. The first revocation counts. */
  async revoke(id: string, now: Date): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable("api_key")
      .set((eb) => ({ revoked_at: eb.fn.coalesce("revoked_at", eb.val(now)) }))
      .where("id", "=", id)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  async used(id: string, now: Date): Promise<void> {
    await this.#db.updateTable("api_key").set({ last_used_at: now }).where("id", "=", id).execute();
  }

  async count(): Promise<number> {
    const { count } = await this.#db
      .selectFrom("api_key")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("revoked_at", "is", null)
      .executeTakeFirstOrThrow();
    return count;
  }
}

function fromRow(row: Selectable<ApiKeyTable>): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    role: row.role,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  };
}
