import { sql, type Selectable } from "kysely";
import { newId, sha256Hex } from "#kernel";
import type { Database, DocumentTable } from "#platform/storage";
import { DocumentNotFound } from "../errors.ts";
import { storableText } from "../storable-json.ts";
import type { Outcome, StoredDocument } from "./document.ts";
import { DOCUMENT_KINDS, type DocumentPage } from "./reading/reading.ts";

/** A file as an opportunity names it. */
export interface NamedDocument {
  readonly opportunityId: string;
  readonly name: string;
  readonly url: string;
  readonly type: string | null;
  readonly position: number;
}

const PAGES_AT_ONCE = 200;

export class DocumentStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The files that the opportunities of a job name, as they are known now. */
  async namedBy(jobId: string): Promise<NamedDocument[]> {
    const { rows } = await sql<NamedDocument>`
      select opportunity.id as "opportunityId", named.item ->> 'name' as name, named.item ->> 'url' as url,
        named.item ->> 'type' as type, named.position::int as position
      from opportunity_sighting seen
      join opportunity on opportunity.id = seen.opportunity_id
      cross join lateral jsonb_array_elements(opportunity.document -> 'documents') with ordinality named (item, position)
      where seen.job_id = ${jobId} and jsonb_typeof(opportunity.document -> 'documents') = 'array'
      order by seen.position, named.position`.execute(this.#db);
    return rows;
  }

  /** Notes files that were named, each address of a portal once. What is known of one stays. */
  async note(portalId: string, named: readonly NamedDocument[], now: Date): Promise<void> {
    const urls = [...new Set(named.map(({ url }) => url))];
    if (urls.length === 0) return;
    const rows = urls.map((url) => ({
      id: newId(),
      portal_id: portalId,
      url: storableText(url),
      url_sha256: sha256Hex(url),
      named_at: now,
      next_attempt_at: now,
    }));
    await this.#db.transaction().execute(async (trx) => {
      const kept = await trx
        .insertInto("document")
        .values(rows)
        .onConflict((oc) => oc.columns(["portal_id", "url_sha256"]).doUpdateSet({ named_at: now }))
        .returning(["id", "url_sha256"])
        .execute();
      const ids = new Map(kept.map(({ id, url_sha256 }) => [url_sha256, id]));
      const links = named.flatMap(({ opportunityId, name, url, type, position }) => {
        const id = ids.get(sha256Hex(url));
        const link = { opportunity_id: opportunityId, name: storableText(name), type, position };
        return id === undefined ? [] : [{ ...link, document_id: id }];
      });
      await trx
        .insertInto("opportunity_document")
        .values(links)
        .onConflict((oc) =>
          oc.columns(["opportunity_id", "document_id"]).doUpdateSet((eb) => ({
            name: eb.ref("excluded.name"),
            type: eb.ref("excluded.type"),
            position: eb.ref("excluded.position"),
          })),
        )
        .execute();
    });
  }

  /** Those of a portal whose time has come, with what the portal calls them; the longest overdue first. */
  async due(portalId: string, now: Date, limit: number): Promise<(StoredDocument & { type: string | null })[]> {
    const rows = await this.#db
      .selectFrom("document")
      .selectAll("document")
      .select((eb) =>
        eb
          .selectFrom("opportunity_document as named")
          .whereRef("named.document_id", "=", "document.id")
          .select((named) => named.fn.max("named.type").as("type"))
          .as("type"),
      )
      .where("portal_id", "=", portalId)
      .where("next_attempt_at", "<=", now)
      .orderBy("next_attempt_at")
      .orderBy("id")
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...fromRow(row), type: row.type }));
  }

  async get(id: string): Promise<StoredDocument> {
    const row = await this.#db.selectFrom("document").selectAll().where("id", "=", id).executeTakeFirst();
    if (!row) throw new DocumentNotFound(id);
    return fromRow(row);
  }

  /** Writes what is known of a document now, with the text of its bytes, in one transaction. */
  async save(document: StoredDocument, pages: readonly DocumentPage[] = []): Promise<void> {
    const { id, artifact } = document;
    await this.#db.transaction().execute(async (trx) => {
      if (artifact !== null && pages.length > 0) await keepPages(trx, artifact, pages);
      await trx.updateTable("document").set(toRow(document)).where("id", "=", id).execute();
    });
  }

  /** What reading the same bytes brought before, under whatever address. */
  async knownOutcome(artifact: string): Promise<Outcome | null> {
    const row = await this.#db
      .selectFrom("document")
      .selectAll()
      .where("artifact", "=", artifact)
      .where("state", "in", ["text", "no_text"])
      .limit(1)
      .executeTakeFirst();
    if (!row) return null;
    const { state, reason, kind, pages, hasMacros, isCut } = fromRow(row);
    return { state, reason, kind, pages, hasMacros, isCut };
  }

  /** Has a document fetched anew with the next chance. */
  async makeDue(id: string, now: Date): Promise<StoredDocument> {
    const row = await this.#db
      .updateTable("document")
      .set({ state: "pending", reason: null, attempts: 0, next_attempt_at: now, etag: null, last_modified: null })
      .where("id", "=", id)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new DocumentNotFound(id);
    return fromRow(row);
  }

  async pages(artifact: string, { from, limit }: { from: number; limit: number }): Promise<DocumentPage[]> {
    return this.#db
      .selectFrom("document_page")
      .select(["page", "text"])
      .where("artifact", "=", artifact)
      .where("page", ">=", from)
      .orderBy("page")
      .limit(limit)
      .execute();
  }

  /** Of these artifacts, those that are files of a document. */
  async among(sha256s: readonly string[]): Promise<Set<string>> {
    if (sha256s.length === 0) return new Set();
    const rows = await this.#db
      .selectFrom("document")
      .select("artifact")
      .where("artifact", "in", [...sha256s])
      .execute();
    return new Set(rows.flatMap(({ artifact }) => artifact ?? []));
  }

  /** Removes text of bytes that no document has any more. Returns how many pages. */
  async removeStrayPages(): Promise<number> {
    const { numAffectedRows = 0n } = await sql`
      delete from document_page where not exists
        (select from document where document.artifact = document_page.artifact)`.execute(this.#db);
    return Number(numAffectedRows);
  }
}

async function keepPages(trx: Database, artifact: string, pages: readonly DocumentPage[]): Promise<void> {
  for (let from = 0; from < pages.length; from += PAGES_AT_ONCE) {
    const rows = pages.slice(from, from + PAGES_AT_ONCE);
    await trx
      .insertInto("document_page")
      .values(rows.map(({ page, text }) => ({ artifact, page, text: storableText(text) })))
      .onConflict((oc) => oc.columns(["artifact", "page"]).doUpdateSet((eb) => ({ text: eb.ref("excluded.text") })))
      .execute();
  }
}

function toRow(document: StoredDocument) {
  return {
    state: document.state,
    reason: document.reason,
    artifact: document.artifact,
    kind: document.kind,
    size: document.size,
    pages: document.pages,
    has_macros: document.hasMacros,
    is_cut: document.isCut,
    etag: document.etag,
    last_modified: document.lastModified,
    attempts: document.attempts,
    next_attempt_at: document.nextAttemptAt,
    fetched_at: document.fetchedAt,
    checked_at: document.checkedAt,
  };
}

export function fromRow(row: Selectable<DocumentTable>): StoredDocument {
  return {
    id: row.id,
    portalId: row.portal_id,
    url: row.url,
    state: row.state,
    reason: row.reason,
    artifact: row.artifact,
    kind: DOCUMENT_KINDS.find((kind) => kind === row.kind) ?? null,
    size: row.size,
    pages: row.pages,
    hasMacros: row.has_macros,
    isCut: row.is_cut,
    etag: row.etag,
    lastModified: row.last_modified,
    attempts: row.attempts,
    nextAttemptAt: row.next_attempt_at,
    fetchedAt: row.fetched_at,
    checkedAt: row.checked_at,
  };
}
