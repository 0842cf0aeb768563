import { createHash } from "node:crypto";
import { cpSync, openAsBlob } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { OpenDatabase } from "./database.ts";
import { migrate } from "./migrate.ts";
import { embedded, startPGlite } from "./open-pglite.ts";

/** A cluster with this program's tables and no rows: as a folder to copy, and as the archive that PGlite loads into memory. */
interface PreparedCluster {
  readonly folder: string;
  readonly archive: string;
}

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const STORE = join(ROOT, "node_modules/.cache/gleaner-test-clusters");
const PGLITE = join(ROOT, "node_modules/@electric-sql/pglite/package.json");
const MIGRATIONS = fileURLToPath(new URL("migrations/", import.meta.url));
const PREFIX = "cluster-";

let prepared: Promise<PreparedCluster> | null = null;

/**
 * PGlite in memory, migrated. Making a cluster takes seconds of each test file, loading a made one a fifth of that; the
 * long way is what `open-pglite.test.ts` and `copy-database.test.ts` go.
 */
export async function openPrepared(): Promise<OpenDatabase> {
  const { archive } = await preparedCluster();
  return embedded(await startPGlite({ loadDataDir: await openAsBlob(archive) }), async () => undefined);
}

/** A new data folder of the program, `gleaner-<name>-…`, whose database is made already. Who asks for it removes it. */
export async function makeDataFolder(name: string): Promise<string> {
  const { folder } = await preparedCluster();
  const dataFolder = await mkdtemp(join(tmpdir(), `gleaner-${name}-`));
  const database = join(dataFolder, "database");
  await mkdir(database, { mode: 0o700 });
  // A thousand small files: one after the other takes a tenth of what as many promises take.
  cpSync(join(folder, "pgdata"), join(database, "pgdata"), { recursive: true });
  return dataFolder;
}

function preparedCluster(): Promise<PreparedCluster> {
  prepared ??= findOrPrepare();
  return prepared;
}

/** Processes that come together each make one; whose rename is first wins, and the others take that. */
async function findOrPrepare(): Promise<PreparedCluster> {
  const name = `${PREFIX}${await fingerprint()}`;
  const place = join(STORE, name);
  const cluster = { folder: place, archive: join(place, "cluster.tar") };
  await mkdir(STORE, { recursive: true });
  const there = await readdir(STORE);
  if (there.includes(name)) return cluster;
  const draft = await mkdtemp(join(STORE, "draft-"));
  await prepare(draft);
  await rename(draft, place).catch(() => rm(draft, { recursive: true, force: true }));
  const outdated = there.filter((each) => each.startsWith(PREFIX));
  await Promise.all(outdated.map((each) => rm(join(STORE, each), { recursive: true, force: true })));
  return cluster;
}

async function prepare(draft: string): Promise<void> {
  const made = await startPGlite({});
  const { db } = embedded(made, async () => undefined);
  await migrate(db);
  const archive = await made.dumpDataDir("none");
  await made.close();
  await writeFile(join(draft, "cluster.tar"), Buffer.from(await archive.arrayBuffer()));
  const copy = await startPGlite({ dataDir: join(draft, "pgdata"), loadDataDir: archive });
  await copy.close();
}

/** Another PGlite or other migrations make another cluster. */
async function fingerprint(): Promise<string> {
  const hash = createHash("sha256").update(await readFile(PGLITE));
  for (const name of (await readdir(MIGRATIONS)).sort()) hash.update(await readFile(join(MIGRATIONS, name)));
  return hash.digest("hex").slice(0, 16);
}
