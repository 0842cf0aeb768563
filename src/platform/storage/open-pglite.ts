import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { Kysely } from "kysely";
import type { OpenDatabase } from "./database.ts";
import { lockFolder } from "./folder-lock.ts";
import { folderTrouble } from "./folder-trouble.ts";
import { pgliteDialect } from "./pglite-dialect.ts";
import type { Schema } from "./schema/index.ts";
import { BYTEA, INT8, parseBytea, parseInt8 } from "./sql-parsing.ts";

/**
 * The memory of WebAssembly grows and never shrinks: what PostgreSQL would cache, 128 MB by default, this process keeps for
 * good. The operating system caches the same files and gives the memory back. A new segment of the log is not filled with
 * 16 MB of zeros first, 8 kB at a time.
 */
const SETTINGS = ["shared_buffers=8MB", "wal_buffers=1MB", "wal_init_zero=off"];

/** PostgreSQL in memory, gone with the process. Not migrated yet. */
export async function openInMemory(): Promise<OpenDatabase> {
  return embedded(await startPGlite({}), async () => undefined);
}

/** PostgreSQL in this process, in a folder, one process at a time. Not migrated yet. Throws what `folderTrouble` says. */
export async function openInFolder(folder: string): Promise<OpenDatabase> {
  try {
    const unlock = await lockDataFolder(folder);
    try {
      return embedded(await startPGlite({ dataDir: join(folder, "pgdata") }), unlock);
    } catch (error) {
      await unlock();
      throw error;
    }
  } catch (error) {
    throw folderTrouble(error, folder) ?? error;
  }
}

/** As it is used here: with vectors, our parsers and little memory. `loadDataDir` spares making a cluster. */
export function startPGlite(where: Pick<PGliteOptions, "dataDir" | "loadDataDir">): Promise<PGlite> {
  return PGlite.create({
    ...where,
    extensions: { vector },
    parsers: { [INT8]: parseInt8, [BYTEA]: parseBytea },
    // Bytes that stay bytes go over as they are; PGlite would write each as two characters of text.
    serializers: { [BYTEA]: (bytes) => bytes },
    startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ["-c", setting])],
  });
}

async function lockDataFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return lockFolder(folder);
}

/** `unlock` runs after it is closed. */
export function embedded(pglite: PGlite, unlock: () => Promise<void>): OpenDatabase {
  const db = new Kysely<Schema>({ dialect: pgliteDialect(pglite) });
  return {
    db,
    kind: "pglite",
    async executeSql(text, values = []) {
      if (values.length > 0) return pglite.query(text, values);
      return execute(pglite, text);
    },
    async listen(channel, onPayload) {
      const unlisten = await pglite.listen(channel, onPayload);
      return () => unlisten();
    },
    async notify(channel, payload) {
      await pglite.query("select pg_notify($1, $2)", [channel, payload]);
    },
    async close() {
      if (!pglite.closed) await pglite.close();
      await unlock();
    },
  };
}

/** A failed block of `begin … commit` would leave the only session in an aborted transaction, for everybody. */
async function execute(pglite: PGlite, text: string): Promise<{ rows: unknown[] }> {
  try {
    const results = await pglite.exec(text);
    return { rows: results.flatMap(({ rows }) => rows) };
  } catch (error) {
    await pglite.exec("rollback");
    throw error;
  }
}
