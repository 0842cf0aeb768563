import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "#kernel";
import { PackIndex, type Place } from "./pack-index.ts";
import { indexPathOf, writeIndex } from "./pack-writer.ts";
import { scanPack } from "./read-pack.ts";

/** A writer leaves its pack after minutes; one that was not touched for an hour has lost its writer. */
const ABANDONED_MS = 3_600_000;

interface OpenPack {
  places: Map<string, Place>;
  scannedTo: number;
}

type KnownPack = PackIndex | OpenPack;

/** Which pack holds what: of all packs in a folder, also those that other processes write. */
export class PackCatalog {
  readonly #folder: string;
  readonly #clock: Clock;
  /** Oldest first: names are sorted by time. */
  #packs = new Map<string, KnownPack>();
  #refreshing: Promise<void> | null = null;

  constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  pathOf(name: string): string {
    return join(this.#folder, name);
  }

  get names(): readonly string[] {
    return [...this.#packs.keys()];
  }

  isFinished(name: string): boolean {
    return this.#packs.get(name) instanceof PackIndex;
  }

  placesIn(name: string): Iterable<[sha256: string, place: Place]> {
    const pack = this.#packs.get(name);
    return pack instanceof PackIndex ? pack : (pack?.places ?? []);
  }

  /** The newest copy this process knows of. */
  find(sha256: string): { name: string; place: Place } | null {
    let newest: { name: string; place: Place } | null = null;
    for (const [name, pack] of this.#packs) {
      const place = pack instanceof PackIndex ? pack.find(sha256) : pack.places.get(sha256);
      if (place) newest = { name, place };
    }
    return newest;
  }

  set(name: string, index: PackIndex): void {
    this.#packs.set(name, index);
  }

  forget(name: string): void {
    this.#packs.delete(name);
  }

  /** Looks at the folder again; calls at the same time share the work. */
  refresh(skip?: string): Promise<void> {
    this.#refreshing ??= this.#read(skip).finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #read(skip?: string): Promise<void> {
    const files = new Set(await readdir(this.#folder));
    const before = new Set(this.#packs.keys());
    const packs = new Map<string, KnownPack>();
    for (const name of [...files].filter((file) => file.endsWith(".pack")).sort()) {
      if (name === skip) continue;
      const pack = await this.#load(name, files.has(indexPathOf(name)));
      if (pack) packs.set(name, pack);
    }
    for (const [name, pack] of this.#packs) if (!before.has(name)) packs.set(name, pack);
    this.#packs = packs;
  }

  async #load(name: string, isFinished: boolean): Promise<KnownPack | null> {
    const known = this.#packs.get(name);
    if (known instanceof PackIndex) return known;
    const path = this.pathOf(name);
    try {
      if (isFinished) return new PackIndex(await readFile(indexPathOf(path)));
      const open = known ?? { places: new Map<string, Place>(), scannedTo: 0 };
      for await (const { artifact, place } of scanPack(path, open.scannedTo)) {
        open.places.set(artifact.sha256, place);
        open.scannedTo = place.offset + place.length;
      }
      return await this.#finishIfAbandoned(path, open);
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }

  async #finishIfAbandoned(path: string, open: OpenPack): Promise<KnownPack> {
    const { mtimeMs } = await stat(path);
    if (this.#clock().getTime() - mtimeMs < ABANDONED_MS) return open;
    const index = PackIndex.of(open.places);
    await writeIndex(path, index);
    return index;
  }
}

export function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
