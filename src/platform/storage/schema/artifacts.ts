/** One row for each stored artifact. The store is the truth; this index can be rebuilt from it. */
export interface ArtifactTable {
  /** Of the original bytes, 64 lower-case hex digits. */
  sha256: string;
  /** Original bytes. */
  size: number;
  /** Bytes as they lie in the store, compressed. */
  stored_size: number;
  media_type: string;
  kind: "page" | "screenshot" | "document" | "har" | "export";
  source_url: string | null;
  stored_at: Date;
}

export interface ArtifactTables {
  artifact: ArtifactTable;
}
