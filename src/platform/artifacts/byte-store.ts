import type { StoredArtifact } from "./artifact.ts";

/** Where artifacts lie: a folder or a bucket. One contract suite runs over both. */
export interface ByteStore {
  /** When it was stored, if this process knows and it was after `since`. Asked before every write: never a round trip. */
  knownSince(sha256: string, since: Date): Date | null;
  has(sha256: string): Promise<boolean>;
  /** Durable when it resolves. Writing one that is there already is allowed and makes it younger. */
  write(artifact: StoredArtifact, stored: Uint8Array): Promise<void>;
  read(sha256: string): Promise<{ artifact: StoredArtifact; stored: Uint8Array } | null>;
  /** Removes those that were stored at or before `storedBefore`; returns the ones that are gone. */
  remove(sha256s: ReadonlySet<string>, storedBefore: Date): Promise<readonly string[]>;
  list(): AsyncIterable<StoredArtifact>;
  close(): Promise<void>;
}
