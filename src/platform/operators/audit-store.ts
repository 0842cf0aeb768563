import type { Database } from "#platform/storage";
import type { AuditEvent } from "./audit-log.ts";

export class AuditStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async append({ details, ...event }: Omit<AuditEvent, "id">, trx: Database = this.#db): Promise<void> {
    await trx
      .insertInto("audit_event")
      .values({ ...event, details: JSON.stringify(details) })
      .execute();
  }

  list(before: number, limit: number): Promise<AuditEvent[]> {
    return this.#db
      .selectFrom("audit_event")
      .selectAll()
      .where("id", "<", before)
      .orderBy("id", "desc")
      .limit(limit)
      .execute();
  }
}
