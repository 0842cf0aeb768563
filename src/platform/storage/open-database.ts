import type { OpenDatabase } from "./database.ts";
import { migrate } from "./migrate.ts";
import { openInFolder, openInMemory } from "./open-pglite.ts";
import { openPostgres, type PostgresOptions } from "./open-postgres.ts";

/** A PostgreSQL server; a folder that one process uses at a time; or memory, gone with the process. */
export type DatabaseOptions = PostgresOptions | { folder: string } | { memory: true };

/**
 * Opens a database and migrates it. Throws `DatabaseInUse` when another process holds the folder, `DataFolderUnusable`
 * or `DiskFull` when nothing can be written there, `DatabaseUnavailable` when the server does not answer, and
 * `DatabaseIsNewer` when a newer Gleaner has migrated it.
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const opened = await open(options);
  try {
    await migrate(opened.db);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

function open(options: DatabaseOptions): Promise<OpenDatabase> {
  if ("url" in options) return openPostgres(options);
  return "folder" in options ? openInFolder(options.folder) : openInMemory();
}
