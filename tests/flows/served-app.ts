import { spawn, type ChildProcess } from "node:child_process";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

const MAIN = resolve("src/surfaces/cli/main.ts");
const INHERITED = ["PATH", "HOME", "NODE_V8_COVERAGE"];
/** Longer than any test: what a failed one left behind ends too. */
const OUTLIVES_NO_TEST_MS = 900_000;
const COMPILE_CACHE = resolve("node_modules/.cache/compiled");

export interface ServedApp {
  readonly url: string;
  readonly pid: number;
  get(path: string): Promise<Reply>;
  post(path: string, body?: object): Promise<Reply>;
  /** Sends the signal and waits for the end. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

interface Reply {
  readonly status: number;
  /** JSON, or text. Expectations say what it must be. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface ServeOptions {
  /** Writing more than this into one file fails. */
  readonly longestFileKb?: number;
  /** Told each line of its log. */
  readonly onLog?: (line: string) => void;
}

/** The program as it is deployed: `gleaner serve` in a process of its own, without what this shell has set. */
export async function serveApp(
  settings: Readonly<Record<string, string>>,
  { longestFileKb, onLog }: ServeOptions = {},
): Promise<ServedApp> {
  const inherited = Object.fromEntries(INHERITED.map((name) => [name, process.env[name] ?? ""]));
  const env = { ...inherited, NODE_COMPILE_CACHE: COMPILE_CACHE, ...settings };
  const limit = longestFileKb === undefined ? "" : `trap "" XFSZ; ulimit -f ${longestFileKb}; `;
  const serve = [process.execPath, MAIN, "serve", "--port", "0", "--json"];
  const child = spawn("bash", ["-c", `${limit}exec "$0" "$@"`, ...serve], {
    env,
    stdio: ["ignore", "pipe", onLog ? "pipe" : process.env["SERVED_APP_LOG"] ? "inherit" : "ignore"],
    timeout: OUTLIVES_NO_TEST_MS,
    killSignal: "SIGKILL",
  });
  if (child.stderr) createInterface({ input: child.stderr }).on("line", (line) => onLog?.(line));
  const url = await listening(child);
  const ask = async (method: string, path: string, body?: object): Promise<Reply> => {
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const reply = await fetch(url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const text = await reply.text();
    const isJson = reply.headers.get("content-type")?.includes("json") === true;
    return { status: reply.status, body: isJson ? JSON.parse(text) : text };
  };
  return {
    url,
    pid: child.pid ?? 0,
    get: (path) => ask("GET", path),
    post: (path, body = {}) => ask("POST", path, body),
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = new Promise<number | null>((done) => child.once("close", done));
      child.kill(signal);
      return ended;
    },
  };
}

async function listening(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("The server has no standard output.");
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume();
    const said: { url?: string } = JSON.parse(line);
    if (said.url === undefined) throw new Error(`The server did not start: ${line}`);
    return said.url;
  }
  throw new Error("The server ended before it listened. Set SERVED_APP_LOG=1 to see what it said.");
}
