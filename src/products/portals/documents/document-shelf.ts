import type { Clock } from "#kernel";
import type { OpportunityCatalogue } from "../opportunities/opportunity-catalogue.ts";
import type { StoredDocument } from "./document.ts";
import type { DocumentListStore } from "./document-list-store.ts";
import type { DocumentSearch, DocumentSearchStore, FoundPage } from "./document-search-store.ts";
import type { DocumentStore } from "./document-store.ts";
import { excerptOf, type Excerpt } from "./excerpt.ts";
import type { DocumentPage } from "./reading/reading.ts";

/** A file as an opportunity names it; `document` is null where its portal's files are not fetched. */
export interface ListedDocument {
  name: string;
  url: string;
  type: string | null;
  document: StoredDocument | null;
}

/** A place in a document that holds the words, as evidence. */
export type DocumentHit = Omit<FoundPage, "text"> & Excerpt;

interface ShelfDeps {
  store: DocumentStore;
  lists: DocumentListStore;
  searches: DocumentSearchStore;
  catalogue: Pick<OpportunityCatalogue, "get">;
  /** Has the files of a portal fetched that are due. */
  collect: (portalId: string) => Promise<unknown>;
  clock: Clock;
}

/** Documents, to be looked through. */
export class DocumentShelf {
  readonly #deps: ShelfDeps;

  constructor(deps: ShelfDeps) {
    this.#deps = deps;
  }

  /** What an opportunity names, in its order. Throws `OpportunityNotFound`. */
  async ofOpportunity(opportunityId: string): Promise<ListedDocument[]> {
    const { catalogue, lists } = this.#deps;
    const { opportunity } = await catalogue.get(opportunityId);
    const known = new Map((await lists.ofOpportunity(opportunityId)).map((document) => [document.url, document]));
    return (opportunity.documents ?? []).map(({ name, url, type = null }) => ({
      name,
      url,
      type,
      document: known.get(url) ?? null,
    }));
  }

  /** Throws `DocumentNotFound`. */
  get(id: string): Promise<StoredDocument> {
    return this.#deps.store.get(id);
  }

  /** The text of a document from one page on. */
  async text(
    id: string,
    range: { from: number; limit: number },
  ): Promise<{ document: StoredDocument; pages: DocumentPage[] }> {
    const document = await this.#deps.store.get(id);
    const pages = document.artifact === null ? [] : await this.#deps.store.pages(document.artifact, range);
    return { document, pages };
  }

  async search(search: DocumentSearch, range: { limit: number; offset: number }): Promise<DocumentHit[]> {
    const found = await this.#deps.searches.pages(search, range);
    return found.map(({ text, ...hit }) => ({ ...hit, ...excerptOf(text, search.q) }));
  }

  /** Fetches and reads a document anew, soon. */
  async retry(id: string): Promise<StoredDocument> {
    const document = await this.#deps.store.makeDue(id, this.#deps.clock());
    await this.#deps.collect(document.portalId);
    return document;
  }
}
