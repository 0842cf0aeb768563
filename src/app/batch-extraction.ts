import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { z } from "zod";
import { AppError } from "#kernel";
import type { PageSource } from "#engines/extraction";
import { BatchUnreadable } from "./errors.ts";
import { learnAndRead, readWith, type ExtractedPage, type LearntPage, type ReadOptions } from "./extract-page.ts";

const MAX_INFLATED_BYTES = 64_000_000;
const inflate = promisify(gunzip);

const BatchLine = z.object({
  id: z.string().min(1),
  path: z.string().min(1),
  url: z.string().nullish(),
  encoding: z.string().nullish(),
  learnFrom: z.string().min(1).nullish(),
});
type BatchLine = z.infer<typeof BatchLine>;

export type BatchResult =
  | ({ id: string; ms: number } & ExtractedPage)
  /** `line` counts from 1 where the line had no id. */
  | { id: string | null; line: number; error: { code: string; message: string } };

export interface BatchOptions extends ReadOptions {
  /** Milliseconds that only go up. */
  readonly now?: () => number;
  readonly signal?: AbortSignal;
}

/**
 * Reads the pages that a JSON Lines file names, one result a line, in its order. `learnFrom` is the id of another line (or a
 * path): that page is learnt once and what it taught is applied unchanged. A line that fails is reported and the rest goes on.
 * Throws `BatchUnreadable` when the file itself cannot be read.
 */
export async function* extractBatch(file: string, options: BatchOptions = {}): AsyncGenerator<BatchResult> {
  const { now = () => performance.now(), signal } = options;
  const lines = await readLines(file);
  const byId = new Map(lines.flatMap(({ line }) => ("failure" in line ? [] : [[line.id, line] as const])));
  const learnt = new Map<string, Promise<LearntPage>>();
  for (const { number, line } of lines) {
    signal?.throwIfAborted();
    if ("failure" in line) {
      yield { id: line.id, line: number, error: { code: "bad_batch_line", message: line.failure } };
      continue;
    }
    try {
      const source = await readSource(line);
      const teacher = line.learnFrom ? await taughtBy(line.learnFrom, { byId, learnt, options }) : null;
      const started = now();
      const result = teacher ? readWith(teacher, source, options) : learnAndRead(source, options).result;
      yield { id: line.id, ...result, ms: Math.round((now() - started) * 100) / 100 };
    } catch (error) {
      yield { id: line.id, line: number, error: describe(error) };
    }
  }
}

interface Teachers {
  byId: ReadonlyMap<string, BatchLine>;
  learnt: Map<string, Promise<LearntPage>>;
  options: ReadOptions;
}

function taughtBy(name: string, { byId, learnt, options }: Teachers): Promise<LearntPage> {
  const known = learnt.get(name);
  if (known) return known;
  const line = byId.get(name) ?? { id: name, path: name };
  const taught = readSource(line).then((source) => learnAndRead(source, options).learnt);
  learnt.set(name, taught);
  return taught;
}

async function readSource({ path, url, encoding }: BatchLine): Promise<PageSource> {
  const stored = await readFile(path);
  const bytes = path.endsWith(".gz") ? await inflate(stored, { maxOutputLength: MAX_INFLATED_BYTES }) : stored;
  return { bytes, url: url ?? null, encoding: encoding ?? null };
}

type ReadLine = { number: number; line: BatchLine | { id: string | null; failure: string } };

async function readLines(file: string): Promise<ReadLine[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new BatchUnreadable(file, error);
  });
  return text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .map((content, at) => ({ number: at + 1, content }))
    .filter(({ content }) => content.trim() !== "")
    .map(({ number, content }) => ({ number, line: parseLine(content) }));
}

function parseLine(content: string): ReadLine["line"] {
  try {
    const json: unknown = JSON.parse(content);
    const parsed = BatchLine.safeParse(json);
    if (parsed.success) return parsed.data;
    const id = z.object({ id: z.string() }).safeParse(json).data?.id ?? null;
    return {
      id,
      failure: parsed.error.issues.map(({ path, message }) => `${path.join(".") || "line"}: ${message}`).join("; "),
    };
  } catch {
    return {
      id: null,
      failure: 'The line is no JSON. Each line is an object like {"id":"1","path":"page.html","url":null}.',
    };
  }
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof AppError) return { code: error.code, message: error.message };
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT")
    return { code: "page_missing", message: "There is no such file. Paths are relative to the current folder." };
  if (code.startsWith("Z_") || code === "ERR_BUFFER_TOO_LARGE") {
    return { code: "page_unreadable", message: "The file cannot be decompressed, or is too large when it is." };
  }
  return { code: "page_failed", message: error instanceof Error ? error.message : String(error) };
}
