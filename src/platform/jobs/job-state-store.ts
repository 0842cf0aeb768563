import type { OpenDatabase } from "#platform/storage";

/** Questions about jobs that pg-boss has no call for. The schema is pg-boss's own. */
export class JobStateStore {
  readonly #database: Pick<OpenDatabase, "executeSql">;
  readonly #schema: string;

  constructor(database: Pick<OpenDatabase, "executeSql">, schema: string) {
    this.#database = database;
    this.#schema = schema;
  }

  /** Of these, the jobs that are no longer anybody's to run: cancelled, or failed for want of a heartbeat. */
  async noLongerActive(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const { rows } = await this.#database.executeSql(
      `select id::text as id from ${this.#schema}.job where id = any($1::uuid[]) and state = 'active'`,
      [[...ids]],
    );
    const active = new Set(rows.map(idOf));
    return ids.filter((id) => !active.has(id));
  }

  /**
   * Makes every running job look as if its worker had been silent for long, so that the next round of supervision takes it
   * back. Only where no other process can be working: an embedded database belongs to one process, and that has just begun.
   */
  async declareWorkersDead(): Promise<void> {
    await this.#database.executeSql(
      `update ${this.#schema}.job set heartbeat_on = 'epoch', heartbeat_seconds = coalesce(heartbeat_seconds, 10)
       where state = 'active'`,
    );
    await this.#database.executeSql(`update ${this.#schema}.queue set monitor_on = null, monitor_claim_on = null`);
  }
}

function idOf(row: unknown): string {
  return typeof row === "object" && row !== null && "id" in row ? String(row.id) : "";
}
