import type { Database } from "#platform/storage";
import type { StoredArtifact } from "./artifact.ts";

/** The index table: what lies in the store, for lists and figures. Never asked whether an artifact exists. */
export class ArtifactIndexStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async write(artifacts: readonly StoredArtifact[]): Promise<void> {
    if (artifacts.length === 0) return;
    const newest = new Map(artifacts.map((artifact) => [artifact.sha256, toRow(artifact)]));
    await this.#db
      .insertInto("artifact")
      .values([...newest.values()])
      .onConflict((conflict) =>
        conflict.column("sha256").doUpdateSet((eb) => ({ stored_at: eb.ref("excluded.stored_at") })),
      )
      .execute();
  }

  async remove(sha256s: readonly string[]): Promise<void> {
    if (sha256s.length === 0) return;
    await this.#db
      .deleteFrom("artifact")
      .where("sha256", "in", [...sha256s])
      .execute();
  }

  async clear(): Promise<void> {
    await this.#db.deleteFrom("artifact").execute();
  }
}

function toRow(artifact: StoredArtifact) {
  return {
    sha256: artifact.sha256,
    size: artifact.size,
    stored_size: artifact.storedSize,
    media_type: artifact.mediaType,
    kind: artifact.kind,
    source_url: artifact.sourceUrl,
    stored_at: artifact.storedAt,
  };
}
