import { systemClock, type Clock } from "#kernel";
import type { Database } from "#platform/storage";
import { ArtifactIndexStore } from "./artifact-index-store.ts";
import { Artifacts } from "./artifacts.ts";
import type { ByteStore } from "./byte-store.ts";
import { PackFolder } from "./folder/pack-folder.ts";
import { openBucket, type BucketOptions } from "./s3-bucket.ts";

export type ArtifactsOptions = {
  /** Keeps the index table; without it artifacts are stored and found all the same. */
  db?: Database;
  clock?: Clock;
} & ({ folder: string } | { s3: BucketOptions });

/** Opens the artifact store in a folder or an S3 bucket. Who opens it closes it. */
export async function openArtifacts(options: ArtifactsOptions): Promise<Artifacts> {
  const { db, clock = systemClock } = options;
  const store: ByteStore =
    "folder" in options ? await PackFolder.open({ folder: options.folder, clock }) : await openBucket(options.s3);
  return new Artifacts({ store, clock, ...(db ? { index: new ArtifactIndexStore(db) } : {}) });
}
