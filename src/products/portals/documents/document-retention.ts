import type { Artifacts } from "#platform/artifacts";
import type { Database } from "#platform/storage";
import { DocumentStore } from "./document-store.ts";

/** What of documents may go when it is old: files that were replaced. Those that a document has now stay. */
export class DocumentRetention {
  readonly #store: DocumentStore;

  /** Makes known to `artifacts` which of them are files of documents. */
  constructor({ db, artifacts }: { db: Database; artifacts: Pick<Artifacts, "registerReferences"> }) {
    this.#store = new DocumentStore(db);
    artifacts.registerReferences((sha256s) => this.#store.among(sha256s));
  }

  /** Removes the text of files that were replaced. Returns how many pages. */
  forgetStrayText(): Promise<number> {
    return this.#store.removeStrayPages();
  }
}
