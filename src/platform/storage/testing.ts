import { sql } from "kysely";
import { afterAll, beforeEach } from "vitest";
import { newId } from "#kernel";
import type { Database, OpenDatabase } from "./database.ts";
import { openDatabase } from "./open-database.ts";
import { openPrepared } from "./prepared-cluster.ts";

export { makeDataFolder, openPrepared } from "./prepared-cluster.ts";

/** One migrated database per test file, emptied before each test: opening costs seconds, emptying milliseconds. */
export async function useTestDatabase(): Promise<Database> {
  return (await useOpenTestDatabase()).db;
}

/**
 * As `useTestDatabase`, with LISTEN/NOTIFY and raw SQL. PGlite in memory, or a fresh database on a real server when
 * GLEANER_TEST_DATABASE_URL names one (`scripts/servers/with-servers.sh` sets it).
 */
export async function useOpenTestDatabase(): Promise<OpenDatabase> {
  const url = process.env["GLEANER_TEST_DATABASE_URL"];
  const { opened, drop } = url ? await freshOnServer(url) : { opened: await openPrepared(), drop: null };
  beforeEach(() => emptyTables(opened.db));
  afterAll(async () => {
    await opened.close();
    await drop?.();
  });
  return opened;
}

/** A new database on the server, and how to get rid of it. */
export async function freshOnServer(
  url: string,
): Promise<{ url: string; opened: OpenDatabase; drop: () => Promise<void> }> {
  const name = `gleaner_test_${newId().replaceAll("-", "")}`;
  const own = new URL(url);
  own.pathname = `/${name}`;
  await onServer(url, `create database ${name}`);
  const opened = await openDatabase({ url: own.href });
  return { url: own.href, opened, drop: () => onServer(url, `drop database ${name} with (force)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const server = await openDatabase({ url });
  await server.executeSql(statement);
  await server.close();
}

/** The audit log refuses to be emptied; as a replica, triggers are silent. */
export async function emptyTables(db: Database): Promise<void> {
  const tables = (await db.introspection.getTables()).filter(({ name }) => name !== "migration");
  await db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx);
    await sql`truncate ${sql.join(tables.map(({ schema, name }) => sql.table(`${schema}.${name}`)))} cascade`.execute(
      trx,
    );
  });
}
