import { sql } from "kysely";
import { rowSet, type ArtifactTable, type Database, type RowTypes } from "#platform/storage";
import type { StoredArtifact } from "./artifact.ts";

const TYPES: RowTypes<ArtifactTable> = {
  sha256: "text",
  size: "bigint",
  stored_size: "bigint",
  media_type: "text",
  kind: "text",
  source_url: "text",
  stored_at: "timestamptz",
};

/** The index table: what lies in the store, for lists and figures. Never asked whether an artifact exists. */
export class ArtifactIndexStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async write(artifacts: readonly StoredArtifact[]): Promise<void> {
    if (artifacts.length === 0) return;
    const rows = [...new Map(artifacts.map((artifact) => [artifact.sha256, toRow(artifact)])).values()];
    const columns = sql.join(Object.keys(TYPES).map((column) => sql.ref(column)));
    await sql`
      insert into artifact (${columns}) select ${columns} from ${rowSet("stored", { types: TYPES, rows })}
      on conflict (sha256) do update set stored_at = excluded.stored_at`.execute(this.#db);
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

function toRow(artifact: StoredArtifact): ArtifactTable {
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
