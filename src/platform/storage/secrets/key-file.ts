import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { link, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { newId } from "#kernel";
import { parseKeys, type KeyRing } from "./key-ring.ts";

export interface KeySource {
  /** `SECRETS_KEY`: 64 hex digits; after a rotation several, separated by commas, newest first. */
  secretsKey?: string | undefined;
  /** Where the key file lies, and is made at the first use when there is no other key. */
  folder: string;
}

const FILE = "secrets.key";

/** The keys of the configuration, then those of the key file; a new key file when there is neither. */
export async function loadKeyRing({ secretsKey = "", folder }: KeySource): Promise<KeyRing> {
  const path = join(folder, FILE);
  const configured = parseKeys(secretsKey, "SECRETS_KEY");
  const filed = parseKeys(await readIfThere(path), path);
  if (configured) return [...configured, ...(filed ?? [])];
  if (filed) return filed;
  await createKeyFile(path);
  const created = parseKeys(await readFile(path, "utf8"), path);
  if (!created) throw new Error(`The key file ${path} is empty.`);
  return created;
}

/** Puts a new key on top of the key file; the older ones stay readable. Reseal what is stored, then remove them. */
export async function rotateKeyFile(folder: string): Promise<void> {
  const path = join(folder, FILE);
  const older = await readIfThere(path);
  const draft = await writeDraft(path, `${newKey()}\n${older}`);
  await rename(draft, path);
  await syncFolder(dirname(path));
}

/** Keeps the newest key of the key file only. What is sealed with another one no longer opens: reseal first. */
export async function dropOlderKeys(folder: string): Promise<void> {
  const path = join(folder, FILE);
  const [newest] = parseKeys(await readIfThere(path), path) ?? [];
  if (!newest) return;
  const draft = await writeDraft(path, `${Buffer.from(newest.bytes).toString("hex")}\n`);
  await rename(draft, path);
  await syncFolder(dirname(path));
}

/** The keys as they are now, read at once; for a process that meets a key it does not know. */
export function rereadKeyRing({ secretsKey = "", folder }: KeySource, known: KeyRing): KeyRing {
  const path = join(folder, FILE);
  try {
    const filed = parseKeys(readFileSync(path, "utf8"), path) ?? [];
    const [first, ...rest] = [...(parseKeys(secretsKey, "SECRETS_KEY") ?? []), ...filed];
    return first ? [first, ...rest] : known;
  } catch (error) {
    if (isCode(error, "ENOENT")) return known;
    throw error;
  }
}

/** Of processes that start together one makes the file, and all read the same: `link` refuses an existing name. */
async function createKeyFile(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = await writeDraft(path, `${newKey()}\n`);
  try {
    await link(draft, path);
    await syncFolder(dirname(path));
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeDraft(path: string, text: string): Promise<string> {
  const draft = `${path}.${newId()}`;
  const file = await open(draft, "wx", 0o600);
  await file.writeFile(text).finally(() => file.sync().finally(() => file.close()));
  return draft;
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return "";
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function newKey(): string {
  return randomBytes(32).toString("hex");
}
