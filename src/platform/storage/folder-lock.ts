import { readFileSync } from "node:fs";
import { link, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { newId, waitFor } from "#kernel";
import { DatabaseInUse } from "./errors.ts";

const BEAT_MS = 5_000;
/** A holder on another machine, or in another container, cannot be asked whether it lives; its lock goes stale in silence. */
const SILENT_MS = 30_000;

/** How long to leave to another process that is just removing a stale lock. */
const TURN_MS = 20;

interface Holder {
  pid: number;
  host: string;
  /** When the process started, in ticks since boot: tells it from a later process with the same number. */
  started: string;
}

/**
 * Makes this process the only one that uses a folder, until the returned function is called or the process dies.
 * The lock of a dead process is taken over. Throws `DatabaseInUse` when its holder lives.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, "lock");
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) ?? "" });
  while (!(await createFile(path, mine))) {
    const found = await readLock(path);
    if (found && (await isAlive(path, found.holder))) throw new DatabaseInUse(folder, found.holder);
    if (found && !(await removeStale(path, found.text))) await waitFor(TURN_MS);
  }
  const beat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), BEAT_MS);
  beat.unref();
  return async () => {
    clearInterval(beat);
    if ((await readLock(path))?.text === mine) await rm(path, { force: true });
  };
}

/** `link` is atomic and refuses an existing name, so the lock is never seen half-written. */
async function createFile(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${newId()}`;
  await writeFile(draft, text, { mode: 0o600 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readLock(path: string): Promise<{ text: string; holder: Holder } | null> {
  try {
    const text = await readFile(path, "utf8");
    return { text, holder: parseHolder(text) };
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

function parseHolder(text: string): Holder {
  const holder = { pid: 0, host: "", started: "" };
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" ? { ...holder, ...json } : holder;
  } catch {
    return holder;
  }
}

async function isAlive(path: string, { pid, host, started }: Holder): Promise<boolean> {
  if (host === "" || host === hostname()) return pid > 0 && processLives(pid, started);
  const beaten = await stat(path).catch(() => null);
  return beaten !== null && Date.now() - beaten.mtimeMs < SILENT_MS;
}

function processLives(pid: number, started: string): boolean {
  const now = startOf(pid);
  if (now !== null && started !== "") return now === started;
  try {
    process.kill(pid, 0);
    return now !== "zombie";
  } catch (error) {
    return isCode(error, "EPERM");
  }
}

/** From Linux's /proc; null elsewhere or when there is no such process. A zombie holds nothing any more. */
function startOf(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? "zombie" : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/**
 * Of several that find the lock of a dead process, one at a time looks again and removes it: otherwise the second would
 * remove the new lock of the first. False when it is another's turn.
 */
async function removeStale(path: string, expected: string): Promise<boolean> {
  const turn = `${path}.turn`;
  if (!(await createFile(turn, ""))) {
    const begun = await stat(turn).catch(() => null);
    if (begun && Date.now() - begun.mtimeMs > SILENT_MS) await rm(turn, { force: true });
    return false;
  }
  try {
    if ((await readLock(path))?.text === expected) await rm(path, { force: true });
    return true;
  } finally {
    await rm(turn, { force: true });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
