import { sql } from "kysely";
import type { Database } from "./database.ts";
import { DatabaseIsNewer } from "./errors.ts";
import { MIGRATIONS, type Migration } from "./migrations/index.ts";

/** Any constant will do, as long as every Gleaner asks for the same one. */
const LOCK = 4_711_003;

/**
 * Brings a database up to this program's tables and returns the names of the migrations that ran. All of them run in one
 * transaction, so that a failure leaves the database as it was; on PostgreSQL an advisory lock lets processes that start
 * together take turns.
 */
export async function migrate(db: Database, migrations: readonly Migration[] = MIGRATIONS): Promise<readonly string[]> {
  if (await isCurrent(db, migrations)) return [];
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK}::bigint)`.execute(trx);
    await sql`
      create table if not exists migration (name text primary key, applied_at timestamptz not null default now())
    `.execute(trx);
    const applied = await appliedMigrations(trx);
    refuseNewer(applied, migrations);
    const pending = migrations.filter(({ name }) => !applied.has(name));
    for (const { name, up } of pending) {
      await up(trx);
      await sql`insert into migration (name) values (${name})`.execute(trx);
    }
    return pending.map(({ name }) => name);
  });
}

async function isCurrent(db: Database, migrations: readonly Migration[]): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`select to_regclass('migration') is not null as found`.execute(db);
  if (!rows[0]?.found) return false;
  const applied = await appliedMigrations(db);
  refuseNewer(applied, migrations);
  return applied.size === migrations.length;
}

async function appliedMigrations(db: Database): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ name: string }>`select name from migration`.execute(db);
  return new Set(rows.map(({ name }) => name));
}

function refuseNewer(applied: ReadonlySet<string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied].filter((name) => !known.has(name));
  if (unknown.length > 0) throw new DatabaseIsNewer(unknown);
}
