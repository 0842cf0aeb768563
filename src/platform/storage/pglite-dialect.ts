import type { PGlite, Transaction } from "@electric-sql/pglite";
import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from "kysely";

/**
 * Kysely on PGlite. Kysely's own dialect hands one connection to everybody, so that a query outside a transaction runs
 * inside whichever transaction is open, and two transactions at once overwrite each other. Here every caller has a
 * connection of its own, and PGlite's lock lets transactions take turns.
 *
 * Within a transaction use the transaction, never the database: the database waits until the transaction has ended.
 */
export function pgliteDialect(pglite: PGlite): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => pgliteDriver(pglite),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

function pgliteDriver(pglite: PGlite): Driver {
  const held = new WeakMap<DatabaseConnection, PGliteConnection>();
  const connectionOf = (connection: DatabaseConnection) => held.get(connection) ?? new PGliteConnection(pglite);
  return {
    init: () => pglite.waitReady,
    destroy: () => (pglite.closed ? Promise.resolve() : pglite.close()),
    async acquireConnection() {
      const connection = new PGliteConnection(pglite);
      held.set(connection, connection);
      return connection;
    },
    releaseConnection: () => Promise.resolve(),
    beginTransaction: (connection) => connectionOf(connection).begin(),
    commitTransaction: (connection) => connectionOf(connection).end("commit"),
    rollbackTransaction: (connection) => connectionOf(connection).end("rollback"),
  };
}

const ROLLED_BACK = Symbol("rolled back");

interface OpenTransaction {
  tx: Transaction;
  finish: PromiseWithResolvers<void>;
  ended: Promise<void>;
}

class PGliteConnection implements DatabaseConnection {
  readonly #pglite: PGlite;
  #open: OpenTransaction | null = null;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affectedRows } = await (this.#open?.tx ?? this.#pglite).query<Row>(sql, [...parameters]);
    return affectedRows === undefined ? { rows } : { rows, numAffectedRows: BigInt(affectedRows) };
  }

  /** PGlite has no cursors over the wire: the whole result is one chunk. Page by key instead of streaming. */
  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query);
  }

  /** Resolves once it is our turn and the transaction is open. */
  async begin(): Promise<void> {
    const begun = Promise.withResolvers<Transaction>();
    const finish = Promise.withResolvers<void>();
    const ended = this.#pglite.transaction(async (tx) => {
      begun.resolve(tx);
      await finish.promise;
    });
    ended.catch(begun.reject);
    this.#open = { tx: await begun.promise, finish, ended };
  }

  async end(how: "commit" | "rollback"): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (!open) return;
    if (how === "commit") {
      open.finish.resolve();
      return open.ended;
    }
    open.finish.reject(ROLLED_BACK);
    await open.ended.catch((reason: unknown) => {
      if (reason !== ROLLED_BACK) throw reason;
    });
  }
}
