import { CompiledQuery, type Kysely } from "kysely";
import type { Schema } from "./schema/index.ts";

/** The typed query builder over every table. A transaction is one too. */
export type Database = Kysely<Schema>;

/** Runs SQL text with `$1` placeholders. */
export interface SqlExecutor {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** A migrated database and what goes beside queries. Who opens it closes it. */
export interface OpenDatabase extends SqlExecutor {
  readonly db: Database;
  readonly kind: "pglite" | "postgres";
  /** Without values, `text` may be several statements; their rows are joined. Not inside `db`'s transactions. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /**
   * Calls back on every NOTIFY until the returned function is called. Survives a lost connection; what was notified meanwhile
   * is lost, which `onReconnect` is the place to repair.
   */
  listen(channel: string, onPayload: (payload: string) => void, onReconnect?: () => void): Promise<() => Promise<void>>;
  /** At most 7,999 bytes of payload. */
  notify(channel: string, payload: string): Promise<void>;
  close(): Promise<void>;
}

/** Runs SQL inside a caller's transaction (or on its database). For libraries that bring their own SQL. */
export function executorOf(db: Database): SqlExecutor {
  return {
    async executeSql(text, values = []) {
      const { rows } = await db.executeQuery(CompiledQuery.raw(text, values));
      return { rows };
    },
  };
}
