import { sha256Hex, type Clock } from "#kernel";
import { isSha256, refOf, type ArtifactInfo, type ArtifactRef, type StoredArtifact } from "./artifact.ts";
import type { ArtifactIndexStore } from "./artifact-index-store.ts";
import type { ByteStore } from "./byte-store.ts";
import { compress, decompress } from "./compress.ts";
import { ArtifactAltered } from "./errors.ts";
import { IndexQueue } from "./index-queue.ts";

const DAY_MS = 86_400_000;
const REMOVED_AT_ONCE = 500;

/** Which of these artifacts somebody still points at. */
export type FindReferenced = (sha256s: readonly string[]) => Promise<ReadonlySet<string>>;

export interface ArtifactsDeps {
  store: ByteStore;
  /** Without a database there is no index; everything else works. */
  index?: ArtifactIndexStore;
  clock: Clock;
}

/** Bytes by the sha256 of their original form: stored once, compressed, durable, checked whenever they are read. */
export class Artifacts {
  readonly #store: ByteStore;
  readonly #index: ArtifactIndexStore | null;
  readonly #queue: IndexQueue | null;
  readonly #clock: Clock;
  readonly #putting = new Map<string, Promise<ArtifactRef>>();
  readonly #referrers: FindReferenced[] = [];

  constructor({ store, index, clock }: ArtifactsDeps) {
    this.#store = store;
    this.#clock = clock;
    this.#index = index ?? null;
    this.#queue = index ? new IndexQueue(index) : null;
  }

  /**
   * Stores bytes and resolves once they are durable. Storing the same bytes again, also at the same time, is the same artifact.
   * Throws `StorageFull` when there is no room; nothing half-written stays.
   */
  async put(bytes: Uint8Array, info: ArtifactInfo): Promise<ArtifactRef> {
    const sha256 = sha256Hex(bytes);
    const running = this.#putting.get(sha256);
    if (running) return running;
    const putting = this.#write(sha256, bytes, info).finally(() => this.#putting.delete(sha256));
    this.#putting.set(sha256, putting);
    return putting;
  }

  /** The original bytes, checked against their name; null when there is no such artifact. Throws `ArtifactAltered`. */
  async get(sha256: string): Promise<{ bytes: Uint8Array; ref: ArtifactRef } | null> {
    if (!isSha256(sha256)) return null;
    const found = await this.#store.read(sha256);
    if (!found) return null;
    const { artifact, stored } = found;
    const bytes = await decompress({ stored, encoding: artifact.encoding }, artifact.size).catch((cause: unknown) => {
      throw new ArtifactAltered(sha256, cause);
    });
    if (sha256Hex(bytes) !== sha256) throw new ArtifactAltered(sha256);
    return { bytes, ref: refOf(artifact) };
  }

  async has(sha256: string): Promise<boolean> {
    return isSha256(sha256) && this.#store.has(sha256);
  }

  /** Removes one artifact for good, referenced or not. For erasing on demand; retention is `removeOlderThan`. */
  async delete(sha256: string): Promise<boolean> {
    return (await this.has(sha256)) && (await this.#remove(new Set([sha256]), this.#clock())) > 0;
  }

  /** Owners of references say here which artifacts they still need; retention asks them all. */
  registerReferences(findReferenced: FindReferenced): void {
    this.#referrers.push(findReferenced);
  }

  /** Removes artifacts that are older than `days` and that nobody points at; with `dryRun` it only counts them. */
  async removeOlderThan(
    days: number,
    { signal, dryRun = false }: { signal?: AbortSignal | undefined; dryRun?: boolean } = {},
  ): Promise<{ removed: number; kept: number }> {
    const before = new Date(this.#clock().getTime() - days * DAY_MS);
    const outcome = { removed: 0, kept: 0 };
    for await (const batch of this.#batches((artifact) => artifact.storedAt <= before)) {
      signal?.throwIfAborted();
      const sha256s = batch.map(({ sha256 }) => sha256);
      const needed = await Promise.all(this.#referrers.map((findReferenced) => findReferenced(sha256s)));
      const free = sha256s.filter((sha256) => !needed.some((set) => set.has(sha256)));
      const removed = dryRun ? free.length : await this.#remove(new Set(free), before);
      outcome.removed += removed;
      outcome.kept += sha256s.length - removed;
    }
    return outcome;
  }

  /** Writes the index anew from what is stored. Returns how many artifacts there are. */
  async rebuildIndex(signal?: AbortSignal): Promise<number> {
    let count = 0;
    await this.#index?.clear();
    for await (const batch of this.#batches(() => true)) {
      signal?.throwIfAborted();
      await this.#index?.write(batch);
      count += batch.length;
    }
    return count;
  }

  /** Resolves when the index knows all that was put so far. */
  async settleIndex(): Promise<void> {
    await this.#queue?.settle();
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#putting.values());
    await this.#queue?.close();
    await this.#store.close();
  }

  async #write(sha256: string, bytes: Uint8Array, info: ArtifactInfo): Promise<ArtifactRef> {
    const { mediaType, kind, sourceUrl = null } = info;
    const storedAt = this.#clock();
    // What was stored long ago is written again: retention in another process may be about to remove the old copy.
    const known = this.#store.knownSince(sha256, new Date(storedAt.getTime() - DAY_MS));
    if (known) return { sha256, size: bytes.length, mediaType, storedAt: known };
    const { stored, encoding } = await compress(bytes);
    const ref = { sha256, size: bytes.length, mediaType, storedAt };
    const artifact: StoredArtifact = { ...ref, kind, sourceUrl, storedSize: stored.length, encoding };
    await this.#store.write(artifact, stored);
    this.#queue?.add(artifact);
    return ref;
  }

  async #remove(sha256s: ReadonlySet<string>, before: Date): Promise<number> {
    if (sha256s.size === 0) return 0;
    await this.settleIndex();
    const removed = await this.#store.remove(sha256s, before);
    await this.#index?.remove(removed);
    return removed.length;
  }

  async *#batches(wanted: (artifact: StoredArtifact) => boolean): AsyncGenerator<StoredArtifact[]> {
    let batch: StoredArtifact[] = [];
    for await (const artifact of this.#store.list()) {
      if (!wanted(artifact)) continue;
      batch.push(artifact);
      if (batch.length < REMOVED_AT_ONCE) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }
}
