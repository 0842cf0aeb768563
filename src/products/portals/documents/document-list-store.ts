import type { Database } from "#platform/storage";
import type { StoredDocument } from "./document.ts";
import { fromRow } from "./document-store.ts";

/** Which documents belong to which opportunities. */
export class DocumentListStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async ofOpportunity(opportunityId: string): Promise<StoredDocument[]> {
    const rows = await this.#db
      .selectFrom("opportunity_document as own")
      .innerJoin("document", "document.id", "own.document_id")
      .selectAll("document")
      .where("own.opportunity_id", "=", opportunityId)
      .orderBy("own.position")
      .execute();
    return rows.map(fromRow);
  }
}
