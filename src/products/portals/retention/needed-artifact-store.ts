import { sql } from "kysely";
import type { Database } from "#platform/storage";

/** Which stored bytes portals point at: evidence of opportunities and of their history, and pictures of steps. */
export class NeededArtifactStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async among(sha256s: readonly string[]): Promise<Set<string>> {
    if (sha256s.length === 0) return new Set();
    const given = sql`array[${sql.join([...sha256s])}]::text[]`;
    const inEvidence = sql`jsonb_path_query_array(evidence, '$.*[*].artifact')`;
    const { rows } = await sql<{ artifact: string }>`
      select distinct artifact from (
        select jsonb_array_elements_text(${inEvidence}) as artifact from opportunity where ${inEvidence} ?| ${given}
        union all
        select unnest(artifacts) from opportunity_event where artifacts && ${given}
        union all
        select screenshot from interaction where screenshot = any(${given})
      ) needed where artifact = any(${given})`.execute(this.#db);
    return new Set(rows.map(({ artifact }) => artifact));
  }
}
