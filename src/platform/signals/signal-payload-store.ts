import type { Database } from "#platform/storage";

/** Payloads too long for a notification. */
export class SignalPayloadStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async put(payload: string, storedAt: Date): Promise<number> {
    const row = { payload, stored_at: storedAt };
    const { id } = await this.#db.insertInto("signal_payload").values(row).returning("id").executeTakeFirstOrThrow();
    return id;
  }

  async get(id: number): Promise<string | null> {
    const row = await this.#db.selectFrom("signal_payload").select("payload").where("id", "=", id).executeTakeFirst();
    return row?.payload ?? null;
  }

  async sweep(storedBefore: Date): Promise<void> {
    await this.#db.deleteFrom("signal_payload").where("stored_at", "<", storedBefore).execute();
  }
}
