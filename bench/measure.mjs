// How benchmarks run their contestants: each in a process of its own, in turns, so that a noisy machine is noisy for all.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { enableCompileCache } from "node:module";
import { cpus, totalmem } from "node:os";
import { createInterface } from "node:readline";
import { boundedEnvironment, boundsFor } from "../bin/bounds.mjs";

// As the command does, for every contestant; threads share one arena of memory in all of them, too.
enableCompileCache();
/** Gleaner's own bound. Others run as they come. */
const boundsOf = (script) => (script.includes("gleaner-") ? boundsFor() : []);

/** Starts `script` with Node and resolves with its first line and a way to end it. */
export async function serve(script, ...args) {
  const child = spawn(process.execPath, [new URL(script, import.meta.url).pathname, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { url: line, close: () => child.kill() };
}

/** Runs a contestant; its last line of output is JSON. */
export async function run(script, input) {
  const child = spawn(
    process.execPath,
    ["--expose-gc", ...boundsOf(script), new URL(script, import.meta.url).pathname],
    {
      stdio: ["pipe", "pipe", "inherit"],
      env: boundedEnvironment,
    },
  );
  child.stdin.end(JSON.stringify(input));
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`${script} ended with ${code}\n${output.slice(-2000)}`);
  return JSON.parse(output.trim().split("\n").at(-1));
}

/** Milliseconds of CPU since `before`, all threads of the process together. */
export function cpuMs(before) {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** What a contestant was asked, from standard input. */
export async function asked() {
  let text = "";
  for await (const chunk of process.stdin) text += chunk;
  return JSON.parse(text);
}

export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/**
 * Rounds of all contestants in turn; the order is reversed every second round. Gives the median pages per second of each.
 * The CPU time of a page is told beside it: that is what other programs on the machine change least.
 */
export async function compete(contestants, rounds) {
  const speeds = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const names = Object.keys(contestants);
    for (const name of round % 2 ? names.reverse() : names) {
      const { pages, records, ms, cpu } = await contestants[name]();
      speeds[name].push((pages / ms) * 1000);
      console.log(
        `  round ${round + 1}  ${name.padEnd(28)} ${Math.round((pages / ms) * 1000)} pages/s, ` +
          `${cpu ? `${(cpu / pages).toFixed(2)} ms CPU a page, ` : ""}${records} records`,
      );
    }
  }
  return Object.fromEntries(Object.entries(speeds).map(([name, all]) => [name, median(all)]));
}

export function environment() {
  return `Node ${process.version}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}
