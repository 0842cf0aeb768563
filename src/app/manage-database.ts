import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadConfig } from "#platform/config";
import type { DatabaseOptions } from "#platform/storage";
import { DatabaseMissing } from "./errors.ts";
import { openStore } from "./open-store.ts";

/** Migrates the configured database. */
export async function migrateStore(): Promise<{ kind: "pglite" | "postgres" }> {
  const store = await openStore({ config: loadConfig() });
  await store.close();
  return { kind: store.database.kind };
}

export interface CopyOptions {
  /** An address of an empty PostgreSQL database. */
  to: string;
  /** An address or a folder; null for the configured database. */
  from: string | null;
  onTable: (table: string, rows: number) => void;
}

/** Copies everything from one database into an empty other one, which is migrated first. Throws `DatabaseMissing`. */
export async function copyStore({ to, from, onTable }: CopyOptions): Promise<void> {
  const { copyDatabase, openDatabase } = await import("#platform/storage");
  const source = await openDatabase(existing(from === null ? loadConfig().database : databaseAt(from)));
  try {
    const target = await openDatabase({ url: to });
    try {
      await copyDatabase(source.db, target.db, { onTable: ({ table, rows }) => onTable(table, rows) });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

function databaseAt(place: string): DatabaseOptions {
  return /^[a-z]+:\/\//i.test(place) ? { url: place } : { folder: place };
}

/** Opening a folder makes a database there; to copy from, it must have been there before. */
function existing(options: DatabaseOptions): DatabaseOptions {
  if ("folder" in options && !existsSync(join(options.folder, "pgdata"))) throw new DatabaseMissing(options.folder);
  return options;
}
