import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { isDiskFull, newId, type AppError, type Clock } from "#kernel";
import type { StoredArtifact } from "../artifact.ts";
import type { ByteStore } from "../byte-store.ts";
import { ArtifactAltered, ArtifactStoreUnavailable, StorageFull } from "../errors.ts";
import { PackCatalog, isGone } from "./pack-catalog.ts";
import type { Place } from "./pack-index.ts";
import { PackWriter, indexPathOf } from "./pack-writer.ts";
import { readRecord, scanPack } from "./read-pack.ts";

const PACK_BYTES = 32 * 1024 * 1024;
const PACK_AGE_MS = 15 * 60_000;

export interface PackFolderOptions {
  folder: string;
  clock: Clock;
  /** A pack is finished and the next one begun at this length. */
  packBytes?: number;
}

/** Artifacts in pack files in one folder. Several processes may use it at once, each writing packs of its own. */
export class PackFolder implements ByteStore {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #packBytes: number;
  readonly #catalog: PackCatalog;
  #writer: { name: string; since: number; pack: PackWriter } | null = null;
  /** Opening, finishing and rewriting packs take turns; appending to one does not. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor({ folder, clock, packBytes = PACK_BYTES }: PackFolderOptions) {
    this.#folder = folder;
    this.#clock = clock;
    this.#packBytes = packBytes;
    this.#catalog = new PackCatalog(folder, clock);
  }

  static async open(options: PackFolderOptions): Promise<PackFolder> {
    const folder = join(options.folder, "packs");
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const store = new PackFolder({ ...options, folder });
      await store.#catalog.refresh();
      return store;
    } catch (error) {
      throw storeTrouble(error, folder) ?? error;
    }
  }

  knownSince(sha256: string, since: Date): Date | null {
    const place = this.#find(sha256)?.place;
    return place && place.storedAt > since.getTime() ? new Date(place.storedAt) : null;
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.#findOrLook(sha256)) !== null;
  }

  async write(artifact: StoredArtifact, stored: Uint8Array): Promise<void> {
    try {
      let appended: Promise<void> | null = null;
      while (!appended) {
        const pack = this.#writableNow() ?? (await this.#inTurn(() => this.#writable()));
        appended = pack.append(artifact, stored);
      }
      await appended;
    } catch (error) {
      throw storeTrouble(error, this.#folder) ?? error;
    }
  }

  async read(sha256: string): Promise<{ artifact: StoredArtifact; stored: Uint8Array } | null> {
    const found = await this.#findOrLook(sha256);
    if (!found) return null;
    try {
      return checked(sha256, await readRecord(this.#catalog.pathOf(found.name), found.place));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
    // Another process has rewritten the pack meanwhile.
    await this.#catalog.refresh(this.#writer?.name);
    const moved = this.#find(sha256);
    return moved && checked(sha256, await readRecord(this.#catalog.pathOf(moved.name), moved.place));
  }

  async remove(sha256s: ReadonlySet<string>, storedBefore: Date): Promise<readonly string[]> {
    await this.#inTurn(async () => {
      await this.#finishWriter();
      await this.#catalog.refresh();
      const isDoomed = ([sha256, { storedAt }]: [string, Place]) =>
        sha256s.has(sha256) && storedAt <= storedBefore.getTime();
      for (const name of this.#catalog.names.filter((known) => this.#catalog.isFinished(known))) {
        const places = [...this.#catalog.placesIn(name)];
        if (places.some(isDoomed))
          await this.#rewrite(
            name,
            places.filter((place) => !isDoomed(place)),
          );
      }
    });
    return [...sha256s].filter((sha256) => !this.#find(sha256));
  }

  async *list(): AsyncGenerator<StoredArtifact> {
    await this.#catalog.refresh(this.#writer?.name);
    for (const name of [...this.#catalog.names, ...(this.#writer ? [this.#writer.name] : [])]) {
      try {
        for await (const { artifact } of scanPack(this.#catalog.pathOf(name))) yield artifact;
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    }
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#finishWriter());
  }

  #find(sha256: string): { name: string; place: Place } | null {
    const own = this.#writer?.pack.places.get(sha256);
    return this.#writer && own ? { name: this.#writer.name, place: own } : this.#catalog.find(sha256);
  }

  async #findOrLook(sha256: string): Promise<{ name: string; place: Place } | null> {
    const found = this.#find(sha256);
    if (found) return found;
    await this.#catalog.refresh(this.#writer?.name).catch((error: unknown) => {
      throw storeTrouble(error, this.#folder) ?? error;
    });
    return this.#find(sha256);
  }

  #writableNow(): PackWriter | null {
    if (!this.#writer) return null;
    const { pack, since } = this.#writer;
    const isDone = pack.isBroken || pack.length >= this.#packBytes || this.#clock().getTime() - since > PACK_AGE_MS;
    return isDone ? null : pack;
  }

  async #writable(): Promise<PackWriter> {
    const current = this.#writableNow();
    if (current) return current;
    await this.#finishWriter();
    const name = `${newId()}.pack`;
    const pack = await PackWriter.create(this.#catalog.pathOf(name));
    this.#writer = { name, since: this.#clock().getTime(), pack };
    return pack;
  }

  async #finishWriter(): Promise<void> {
    if (!this.#writer) return;
    const { name, pack } = this.#writer;
    this.#catalog.set(name, await pack.seal());
    this.#writer = null;
  }

  /** Copies what stays into a new pack, then removes the old one. Killed in between, both are there, which is harmless. */
  async #rewrite(name: string, staying: readonly [string, Place][]): Promise<void> {
    const path = this.#catalog.pathOf(name);
    if (staying.length > 0) {
      const copy = `${newId()}.pack`;
      const pack = await PackWriter.create(this.#catalog.pathOf(copy));
      for (const [sha256, place] of staying) {
        const record = await readRecord(path, place);
        if (!record) throw new ArtifactAltered(sha256);
        await pack.append(record.artifact, record.stored);
      }
      this.#catalog.set(copy, await pack.seal());
    }
    this.#catalog.forget(name);
    await rm(path, { force: true });
    await rm(indexPathOf(path), { force: true });
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work, work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}

function checked<Found extends { artifact: StoredArtifact }>(sha256: string, found: Found | null): Found {
  if (!found || found.artifact.sha256 !== sha256) throw new ArtifactAltered(sha256);
  return found;
}

/** Over the size that a file may have here. */
const TOO_LARGE = "EFBIG";
/** Read-only, forbidden, removed, or a disk that fails. */
const UNUSABLE: ReadonlySet<string> = new Set(["EROFS", "EACCES", "EPERM", "ENOENT", "ENOTDIR", "EEXIST", "EIO"]);

function storeTrouble(error: unknown, folder: string): AppError | null {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (isDiskFull(code) || code === TOO_LARGE) return new StorageFull(folder, error);
  return UNUSABLE.has(code) ? new ArtifactStoreUnavailable(folder, error) : null;
}
