import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AppError } from "#kernel";
import type { Config } from "#platform/config";
import type { OpenDatabase } from "#platform/storage";

/** Databases beside the usual one; more processes than that on one machine want PostgreSQL. */
const MOST_FOLDERS = 16;
const RUN_ID = /^[\w-]{1,100}$/;

export interface OpenStore {
  readonly database: OpenDatabase;
  readonly notice: string | null;
  rememberRun(run: string): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  config: Config;
  stepAside?: boolean;
  run?: string;
}

/**
 * Opens the configured database. One process may hold an embedded one; with `stepAside`, a second process takes the first free
 * folder beside it (`database-2` …) and notes which run lies where. Throws `DatabaseInUse` otherwise.
 */
export async function openStore({ config, stepAside = false, run }: StoreOptions): Promise<OpenStore> {
  const { openDatabase } = await import("#platform/storage");
  if (!("folder" in config.database)) return store(await openDatabase(config.database), null, async () => undefined);
  const { folder } = config.database;
  const notes = join(config.dataFolder, "runs");
  const remember = (used: string) => async (id: string) => {
    if (used === folder || !RUN_ID.test(id)) return;
    await mkdir(notes, { recursive: true });
    await writeFile(join(notes, id), basename(used));
  };
  if (run !== undefined) {
    const kept = await folderOfRun(notes, folder, run);
    return store(await openDatabase({ folder: kept }), null, remember(kept));
  }
  for (let number = 1; ; number += 1) {
    const used = number === 1 ? folder : `${folder}-${number}`;
    try {
      const database = await openDatabase({ folder: used });
      const notice = used === folder ? null : `Another process holds ${folder}; this run is kept in ${used}.`;
      return store(database, notice, remember(used));
    } catch (error) {
      const taken = error instanceof AppError && error.code === "database_in_use";
      if (!taken || !stepAside || number === MOST_FOLDERS) throw error;
    }
  }
}

async function folderOfRun(notes: string, folder: string, run: string): Promise<string> {
  if (!RUN_ID.test(run)) return folder;
  const noted = await readFile(join(notes, run), "utf8").catch(() => "");
  return /^[\w-]+$/.test(noted) ? join(dirname(folder), noted) : folder;
}

function store(database: OpenDatabase, notice: string | null, rememberRun: OpenStore["rememberRun"]): OpenStore {
  return { database, notice, rememberRun, close: () => database.close() };
}
