import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { waitFor } from "#kernel";
import type { StoredArtifact } from "../artifact.ts";
import { PackIndex, type Place } from "./pack-index.ts";
import { encodeRecord } from "./pack-record.ts";

interface Waiting {
  artifact: StoredArtifact;
  chunks: Uint8Array[];
  length: number;
  done: PromiseWithResolvers<void>;
}

/** What one fsync carries at most, so that a burst of large artifacts does not hold the first of them back. */
const BATCH_BYTES = 8 * 1024 * 1024;
/** Between the starts of two fsyncs. The first artifact after a rest is written at once; in a stream of them many share one. */
const REST_MS = 20;

/**
 * Appends artifacts to one pack. All that arrive while an fsync runs share the next one: a file and an fsync for each page
 * costs seven times the processor time, measured at 10 kB a page.
 */
export class PackWriter {
  readonly path: string;
  readonly places = new Map<string, Place>();
  readonly #file: FileHandle;
  #length = 0;
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | null = null;
  #flushedAt = -Infinity;
  #broken: unknown = null;
  #isSealed = false;

  private constructor(path: string, file: FileHandle) {
    this.path = path;
    this.#file = file;
  }

  static async create(path: string): Promise<PackWriter> {
    const file = await open(path, "wx", 0o600);
    await syncFolder(dirname(path));
    return new PackWriter(path, file);
  }

  get length(): number {
    return this.#length;
  }

  /** Nothing more can be appended: what was written could not be taken back. */
  get isBroken(): boolean {
    return this.#broken !== null;
  }

  /** Resolves once the artifact is on the disk; rejects with the file system's error and leaves nothing behind. Null: sealed. */
  append(artifact: StoredArtifact, stored: Uint8Array): Promise<void> | null {
    if (this.#isSealed) return null;
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ artifact, ...encodeRecord(artifact, stored), done });
    this.#flushing ??= this.#flush().finally(() => (this.#flushing = null));
    return done.promise;
  }

  /** Writes the index beside the pack, which finishes it. */
  async seal(): Promise<PackIndex> {
    this.#isSealed = true;
    await this.#flushing;
    await this.#file.close();
    const index = PackIndex.of(this.places);
    await writeIndex(this.path, index);
    return index;
  }

  async #flush(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      await this.#rest();
      this.#flushedAt = performance.now();
      const batch = this.#nextBatch();
      try {
        if (this.#broken) throw this.#broken;
        await this.#write(batch);
        batch.forEach(({ done }) => done.resolve());
      } catch (error) {
        batch.forEach(({ done }) => done.reject(error));
        await this.#takeBack();
      }
    }
  }

  async #rest(): Promise<void> {
    const restMs = this.#flushedAt + REST_MS - performance.now();
    if (restMs > 0 && !this.#isSealed) await waitFor(restMs);
  }

  #nextBatch(): Waiting[] {
    let bytes = 0;
    const full = this.#waiting.findIndex(({ length }) => (bytes += length) > BATCH_BYTES);
    return this.#waiting.splice(0, full === -1 ? this.#waiting.length : Math.max(full, 1));
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    const bytes = Buffer.concat(batch.flatMap(({ chunks }) => chunks));
    for (let written = 0; written < bytes.length;) {
      const { bytesWritten } = await this.#file.write(bytes, written, bytes.length - written, this.#length + written);
      written += bytesWritten;
    }
    await this.#file.datasync();
    for (const { artifact, length } of batch) {
      this.places.set(artifact.sha256, { offset: this.#length, length, storedAt: artifact.storedAt.getTime() });
      this.#length += length;
    }
  }

  /** A later record behind a torn one would not be found again: if the end cannot be cut off, the pack is finished. */
  async #takeBack(): Promise<void> {
    try {
      await this.#file.truncate(this.#length);
    } catch (error) {
      this.#broken = error;
    }
  }
}

/** Complete or not there at all: written aside, made durable, then renamed. */
export async function writeIndex(packPath: string, index: PackIndex): Promise<void> {
  const path = indexPathOf(packPath);
  const draft = `${path}.draft`;
  try {
    const file = await open(draft, "w", 0o600);
    await file.writeFile(index.bytes).finally(() => file.sync().finally(() => file.close()));
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(dirname(path));
}

export function indexPathOf(packPath: string): string {
  return packPath.replace(/\.pack$/, ".index");
}

/** A new name is durable once its folder is. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  await folder.sync().finally(() => folder.close());
}
