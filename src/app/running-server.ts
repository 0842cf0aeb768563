import { randomBytes } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AppError } from "#kernel";
import type { Config } from "#platform/config";
import { ServerRefused } from "./errors.ts";

const FILE = "server.json";
const REQUEST_MS = 120_000;
const KEY_BYTES = 32;
const Note = z.object({ url: z.url(), key: z.string().optional() });
const Failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** A key that holds for one run of the server: for the command line of whoever can read the data folder. */
export function newLocalKey(): string {
  return randomBytes(KEY_BYTES).toString("hex");
}

/**
 * Notes in the data folder where the server listens, and with which key, so that the command line finds it. Only the owner of
 * the folder can read it, who could as well read the database. Returns how to take the note away.
 */
export async function noteServer(
  folder: string,
  { url, key }: { url: string; key: string },
): Promise<{ close(): Promise<void> }> {
  const file = join(folder, FILE);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Written anew: the mode of a file that was there would stay as it was.
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify({ url, key }), { mode: 0o600 });
  return { close: () => rm(file, { force: true }) };
}

type Method = "GET" | "POST" | "PATCH" | "DELETE";

export interface RunningApi {
  /** The body of the answer, or null when it has none. Throws `ServerRefused` with what the server said. */
  ask(method: Method, path: string, body?: object): Promise<unknown>;
}

/** Does the work here where the database is free, else asks the server that holds it. Other failures pass. */
export async function hereOrAtServer<T>(
  config: Config,
  here: () => Promise<T>,
  there: (api: RunningApi) => Promise<T>,
): Promise<T> {
  try {
    return await here();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "database_in_use") throw error;
    const server = await findServer(config.dataFolder);
    if (server === null) throw error;
    const key = server.key ?? config.access.sharedKey;
    return there({ ask: (method, path, body) => ask(key, { method, url: server.url + path, body }) });
  }
}

async function findServer(folder: string): Promise<z.output<typeof Note> | null> {
  const text = await readFile(join(folder, FILE), "utf8").catch(() => null);
  return text === null ? null : Note.parse(JSON.parse(text));
}

async function ask(
  key: string | null,
  { method, url, body }: { method: Method; url: string; body: object | undefined },
): Promise<unknown> {
  const { TrustedClient } = await import("#platform/egress");
  const client = new TrustedClient({ timeoutMs: REQUEST_MS });
  try {
    const answer = await client.send({
      url,
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = new TextDecoder().decode(answer.body);
    const json: unknown = text === "" ? null : JSON.parse(text);
    if (answer.status < 400) return json;
    const said = Failure.safeParse(json).data?.error.message ?? `it answered ${answer.status}`;
    throw new ServerRefused(url, said);
  } finally {
    await client.close();
  }
}
