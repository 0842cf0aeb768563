import { readFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly isZombie: boolean;
  readonly command: string;
}

const PAGE_BYTES = 4096;

/** Processes that descend from this one, dead ones that nobody buried left out. */
export async function descendantsOf(pid: number): Promise<Process[]> {
  const all = await listed();
  const found: Process[] = [];
  let parents = new Set([pid]);
  while (parents.size > 0) {
    const children = all.filter(({ parent }) => parents.has(parent));
    found.push(...children);
    parents = new Set(children.map((child) => child.pid));
  }
  return found.filter(({ isZombie }) => !isZombie);
}

/** The browsers that a process started: their main processes. */
export async function browsersOf(pid: number): Promise<number[]> {
  const all = await descendantsOf(pid);
  return all.filter(({ parent, command }) => parent === pid && /chrom/i.test(command)).map((each) => each.pid);
}

/** Of these processes, those that are there; a number that went to somebody else is not taken for one of them. */
export async function stillThere(processes: readonly Process[]): Promise<Process[]> {
  const all = await listed();
  return processes.filter((known) =>
    all.some(({ pid, command, isZombie }) => pid === known.pid && command === known.command && !isZombie),
  );
}

/** Bytes that a process holds, and its browsers; what they share with files or among each other does not count. */
export async function memoryOf(pid: number): Promise<{ own: number; browsers: number }> {
  const children = await descendantsOf(pid);
  const sizes = await Promise.all(children.map((child) => residentBytes(child.pid)));
  return { own: await residentBytes(pid), browsers: sizes.reduce((sum, size) => sum + size, 0) };
}

async function listed(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)("ps", ["-e", "-o", "pid=,ppid=,stat=,comm="]);
  return [...stdout.matchAll(/(\d+) +(\d+) +(\S+) +(.*)/g)].map(([, pid, parent, state = "", command = ""]) => ({
    pid: Number(pid),
    parent: Number(parent),
    isZombie: state.startsWith("Z"),
    command,
  }));
}

/** Source: proc(5), statm: size, resident, shared, in pages. */
async function residentBytes(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => "0 0 0");
  const [, resident = 0, shared = 0] = text.split(" ").map(Number);
  return (resident - shared) * PAGE_BYTES;
}
