import { sql } from "kysely";
import type { Database } from "#platform/storage";

/** What a search through the text of documents is narrowed to. */
export interface DocumentSearch {
  /** As people write it to a search engine: words, "a phrase", -not, or. */
  q: string;
  portalId?: string | undefined;
  opportunityId?: string | undefined;
}

/** A page that holds the words. */
export interface FoundPage {
  documentId: string;
  portalId: string;
  url: string;
  artifact: string;
  page: number;
  text: string;
  fetchedAt: Date | null;
  /** Who names the file, a few of them. */
  opportunities: { id: string; title: string; name: string }[];
}

const OPPORTUNITIES_SHOWN = 5;

export class DocumentSearchStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Pages that match, best first. Words are compared as they are written, without their case. */
  async pages(search: DocumentSearch, { limit, offset }: { limit: number; offset: number }): Promise<FoundPage[]> {
    const { q, portalId, opportunityId } = search;
    const inPortal = portalId === undefined ? sql`true` : sql`document.portal_id = ${portalId}`;
    const inOpportunity =
      opportunityId === undefined
        ? sql`true`
        : sql`exists (select from opportunity_document own
            where own.document_id = document.id and own.opportunity_id = ${opportunityId}::uuid)`;
    const { rows } = await sql<FoundPage>`
      select found.*, page.text, coalesce(named.opportunities, '[]') as opportunities from (
        select document.id as "documentId", document.portal_id as "portalId", document.url,
          document.fetched_at as "fetchedAt", page.artifact, page.page, ts_rank(page.search, query) as rank
        from websearch_to_tsquery('simple', ${q}) query
        join document_page page on page.search @@ query
        join document on document.artifact = page.artifact
        where ${inPortal} and ${inOpportunity}
        order by rank desc, document.id, page.page
        limit ${limit} offset ${offset}
      ) found
      join document_page page on page.artifact = found.artifact and page.page = found.page
      left join lateral (
        select jsonb_agg(jsonb_build_object('id', few.id, 'title', few.title, 'name', few.name)) as opportunities from (
          select opportunity.id, opportunity.title, own.name
          from opportunity_document own join opportunity on opportunity.id = own.opportunity_id
          where own.document_id = found."documentId"
          order by opportunity.last_seen_at desc, opportunity.id limit ${OPPORTUNITIES_SHOWN}
        ) few
      ) named on true
      order by found.rank desc, found."documentId", found.page`.execute(this.#db);
    return rows;
  }
}
