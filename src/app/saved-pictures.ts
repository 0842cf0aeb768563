import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Artifacts } from "#platform/artifacts";
import type { Pictures } from "#engines/harvest";

export interface SavedPicturesOptions {
  artifacts: Pick<Artifacts, "put">;
  /** `SCREENSHOT_DIR`: where copies lie for people who look into a folder; null: nowhere. */
  folder: string | null;
  /** `SCREENSHOT_QUALITY`. */
  quality: number;
  /** `MAX_SCREENSHOT_WIDTH`. */
  maxWidth: number;
}

/** Keeps pictures as artifacts, which the steps of a job point at, and, where a folder is named, as files by time and host. */
export class SavedPictures implements Pictures {
  readonly quality: number;
  readonly #artifacts: Pick<Artifacts, "put">;
  readonly maxWidth: number;
  readonly ofAll: boolean;
  readonly #folder: string | null;

  constructor({ artifacts, folder, quality, maxWidth }: SavedPicturesOptions) {
    this.quality = quality;
    this.maxWidth = maxWidth;
    this.ofAll = folder !== null;
    this.#artifacts = artifacts;
    this.#folder = folder;
  }

  async keep(bytes: Uint8Array, { url, capturedAt }: { url: string; capturedAt: Date }): Promise<string> {
    const info = { mediaType: "image/jpeg", kind: "screenshot" as const, sourceUrl: url };
    const { sha256 } = await this.#artifacts.put(bytes, info);
    if (this.#folder === null) return sha256;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(join(this.#folder, fileName(sha256, url, capturedAt)), bytes, { mode: 0o600 });
    return sha256;
  }
}

/** What `fileName` gives: other files that lie in the folder are not ours. */
const OURS = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z-.+-[0-9a-f]{12}\.jpg$/;

/** Removes copies of pictures that are older, and nothing else in that folder. Returns how many. */
export async function forgetPictures(
  folder: string,
  { before, dryRun }: { before: Date; dryRun: boolean },
): Promise<number> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  const old = names.filter((name) => {
    const [, day, hours, minutes, seconds, ms] = OURS.exec(name) ?? [];
    return day !== undefined && Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`) < before.getTime();
  });
  if (!dryRun) for (const name of old) await rm(join(folder, name), { force: true });
  return old.length;
}

function fileName(sha256: string, url: string, at: Date): string {
  const time = at.toISOString().replace(/[:.]/g, "-");
  const host = (URL.parse(url)?.hostname ?? "page").replace(/[^a-z0-9.-]/gi, "_").slice(0, 100);
  return `${time}-${host}-${sha256.slice(0, 12)}.jpg`;
}
