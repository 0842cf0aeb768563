export type ArtifactKind = "page" | "screenshot" | "document" | "har" | "export";

/** What evidence points at. */
export interface ArtifactRef {
  /** Of the original bytes, 64 lower-case hex digits. */
  sha256: string;
  /** Original bytes. */
  size: number;
  mediaType: string;
  storedAt: Date;
}

/** What the caller knows about the bytes. The first to store them decides. */
export interface ArtifactInfo {
  mediaType: string;
  kind: ArtifactKind;
  sourceUrl?: string;
}

/** All that is known of a stored artifact without its bytes. It lies beside the bytes, so that the index can be rebuilt. */
export interface StoredArtifact extends ArtifactRef {
  kind: ArtifactKind;
  sourceUrl: string | null;
  /** Bytes as they lie in the store. */
  storedSize: number;
  encoding: Encoding;
}

/** How the bytes lie in the store. What zstd does not shrink is kept as it is. */
export type Encoding = "zstd" | "identity";

export function refOf({ sha256, size, mediaType, storedAt }: ArtifactRef): ArtifactRef {
  return { sha256, size, mediaType, storedAt };
}

export function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
