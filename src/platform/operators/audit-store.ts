import type { Database } from "#platform/storage";
import type { AuditEvent, AuditQuery } from "./audit-log.ts";

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

  list({ before, limit, actor, action, subject, since, until }: AuditQuery & { limit: number }): Promise<AuditEvent[]> {
    let query = this.#db.selectFrom("audit_event").selectAll().orderBy("id", "desc").limit(limit);
    if (before !== undefined) query = query.where("id", "<", before);
    if (actor !== undefined) query = query.where("actor", "=", actor);
    if (action !== undefined)
      query = query.where((eb) => eb.or([eb("action", "=", action), eb("action", "like", `${literally(action)}.%`)]));
    if (subject !== undefined) query = query.where("subject", "=", subject);
    if (since !== undefined) query = query.where("at", ">=", since);
    if (until !== undefined) query = query.where("at", "<", until);
    return query.execute();
  }
}

/** What stands for something else in a pattern stands for itself. */
function literally(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
