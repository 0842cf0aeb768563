import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { OpenDatabase } from "./database.ts";
import { BadDatabaseUrl, DatabaseUnavailable } from "./errors.ts";
import { PostgresListener } from "./postgres-listener.ts";
import type { Schema } from "./schema/index.ts";
import { INT8, parseInt8 } from "./sql-parsing.ts";

const CONNECT_TIMEOUT_MS = 10_000;
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === INT8 && format !== "binary" ? parseInt8 : pg.types.getTypeParser(id, format ?? "text"),
};

export interface PostgresOptions {
  url: string;
  /** Connections at most; PostgreSQL's own default allows 100 for all its clients. */
  maxConnections?: number;
}

/** A pool of connections to a PostgreSQL server. Not migrated yet. */
export async function openPostgres({ url, maxConnections = 10 }: PostgresOptions): Promise<OpenDatabase> {
  const address = addressOf(url);
  const settings = { connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, keepAlive: true, types };
  const pool = new pg.Pool({ ...settings, max: maxConnections, application_name: "gleaner" });
  // The pool drops a connection that the server closed and opens another; without a listener the loss would end the process.
  pool.on("error", () => undefined);
  // The pool listens to connections that nobody uses. One that is lost within a transaction, between two queries, is not among
  // them; its next query fails.
  pool.on("connect", (client) => client.on("error", () => undefined));
  try {
    await pool.query("select 1");
  } catch (error) {
    await pool.end();
    throw new DatabaseUnavailable(address, error);
  }
  const listener = new PostgresListener(() => new pg.Client({ ...settings, application_name: "gleaner listen" }));
  return {
    db: new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }),
    kind: "postgres",
    async executeSql(text, values = []) {
      const result: pg.QueryResult | pg.QueryResult[] =
        values.length > 0 ? await pool.query(text, values) : await pool.query(text);
      return { rows: Array.isArray(result) ? result.flatMap(({ rows }) => rows) : result.rows };
    },
    listen: (channel, onPayload, onReconnect) => listener.listen(channel, { onPayload, onReconnect }),
    async notify(channel, payload) {
      await pool.query("select pg_notify($1, $2)", [channel, payload]);
    },
    async close() {
      await listener.close();
      await pool.end();
    },
  };
}

/** Where the server is, without user and password: this goes into messages. */
function addressOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    throw new BadDatabaseUrl();
  }
}
