import { AppError } from "#kernel";
import type { Artifacts } from "#platform/artifacts";
import type { BrowserPool } from "#engines/browser";
import { markedHtml, parsePage, verifyEvidence, type Page } from "#engines/extraction";
import { shownStored } from "./shown-stored.ts";
import { EvidenceGone } from "../errors.ts";
import type { Evidence } from "../records/harvested-record.ts";

/** Where a value stands, as it is kept beside the value. */
export type EvidencePlace = Pick<Evidence, "artifact" | "url" | "path" | "quote" | "attribute" | "range">;

/** Whether a quote stands where its evidence says, looked up just now. */
export type EvidenceCheck =
  | { readonly verified: true }
  | {
      readonly verified: false;
      readonly reason: "not_stored" | "artifact_missing" | "artifact_altered" | "not_a_page" | "quote_not_found";
      readonly message: string;
    };

export interface PictureOptions {
  /** The whole page instead of the part around the value. */
  readonly fullPage?: boolean;
  /** 1 to 100. */
  readonly quality?: number;
  readonly signal?: AbortSignal;
}

export interface EvidenceViewerDeps {
  readonly artifacts: Pick<Artifacts, "get">;
  readonly browsers: () => Promise<BrowserPool>;
}

/** Shows people where a value stands, from stored bytes alone. */
export class EvidenceViewer {
  readonly #deps: EvidenceViewerDeps;

  constructor(deps: EvidenceViewerDeps) {
    this.#deps = deps;
  }

  /** Looks for the quote again. What is wrong is an answer, not an error. */
  async check({ artifact, url, quote: raw, path, attribute, range }: EvidencePlace): Promise<EvidenceCheck> {
    if (artifact === null) return failed("not_stored", "The run was told to store no evidence.");
    try {
      const opened = await this.#open(artifact, url);
      if (!opened) return failed("artifact_missing", "The stored page is not there any more.");
      const place = { ...(attribute === undefined ? {} : { attribute }), ...(range === undefined ? {} : { range }) };
      const verdict = verifyEvidence({ page: opened.page, value: { raw, path, ...place } });
      return verdict.ok ? { verified: true } : failed("quote_not_found", verdict.reason);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return failed(error.code === "artifact_altered" ? "artifact_altered" : "not_a_page", error.message);
    }
  }

  /** The stored page as HTML that does nothing, with the node at `path`, or the value in its data, outlined. Throws `EvidenceGone`. */
  async page(
    artifact: string,
    { path, url = null, range }: { path: string | null; url?: string | null; range?: EvidencePlace["range"] },
  ): Promise<string> {
    const opened = await this.#open(artifact, url);
    const html = opened && markedHtml(opened.page, path, range ?? null);
    if (html === null) throw new EvidenceGone(artifact);
    return html;
  }

  /** A JPEG of the stored page with a box around the node. Nothing is asked for and no script runs. Throws `EvidenceGone`. */
  async picture({ artifact, url, path, range }: EvidencePlace, options: PictureOptions = {}): Promise<Uint8Array> {
    const { fullPage = false, quality = 80, signal } = options;
    const opened = artifact === null ? null : await this.#open(artifact, url);
    if (!opened) throw new EvidenceGone(artifact);
    const { html, box } = shownStored(opened, { path, range });
    const pool = await this.#deps.browsers();
    const within = signal ? { signal } : {};
    const session = await pool.openSession({ blockResources: false, ...within });
    try {
      await session.showStored({ html, url }, within);
      return await session.screenshot({ ...within, box, fullPage, type: "jpeg", quality });
    } finally {
      await session.close();
    }
  }

  async #open(artifact: string, url: string | null): Promise<{ page: Page; bytes: Uint8Array } | null> {
    const found = await this.#deps.artifacts.get(artifact);
    if (!found) return null;
    const { bytes, ref } = found;
    return { page: parsePage({ bytes, url, contentType: ref.mediaType }), bytes };
  }
}

function failed(reason: Extract<EvidenceCheck, { verified: false }>["reason"], message: string): EvidenceCheck {
  return { verified: false, reason, message };
}
