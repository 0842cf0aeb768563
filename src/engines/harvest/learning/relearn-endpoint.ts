import type { Page, PageExtraction, Recipe } from "#engines/extraction";
import { AppError } from "#kernel";
import { parseFetched } from "../records/read-page.ts";
import type { FetchedPage } from "../sources/page-source.ts";
import { findEndpoint } from "./find-endpoint.ts";
import { enterListing } from "./prove-recipe.ts";
import type { EndpointVisit, OpenSource } from "./visit-endpoint.ts";

/** What became of a recipe whose endpoint gives something else. */
export interface Relearnt {
  /** With another endpoint, or without one; null where the page does not show its records either: then nothing is known. */
  readonly recipe: Recipe | null;
  /** A visitor that stands on the page, where the page is what is left to read. Whoever is given it closes it. */
  readonly visit: EndpointVisit | null;
  /** The page as it was read: what it shows proves the endpoint. */
  readonly shown: { readonly fetched: FetchedPage; readonly page: Page; readonly extraction: PageExtraction } | null;
}

const UNKNOWN: Relearnt = { recipe: null, visit: null, shown: null };

/** Opens the page itself, reads it as it was learnt, and looks where its script gets the records from now. */
export async function relearnEndpoint(
  { endpoint: _lost, ...recipe }: Recipe,
  open: OpenSource,
  signal?: AbortSignal,
): Promise<Relearnt> {
  try {
    const source = await open(recipe.transport);
    let mayStay = false;
    try {
      const { extraction, fetched } = await enterListing(recipe, source, signal);
      const { records, drift } = extraction;
      if (records.length === 0 || drift.some(({ severity }) => severity === "broken")) return UNKNOWN;
      const page = parseFetched(fetched);
      const shown = { fetched, page, extraction };
      const { recipe: found, moved } = await findEndpoint({ recipe, records, page, fetched, source }, open, signal);
      if (found) return { recipe: found, visit: null, shown };
      mayStay = !moved && recipe.entry.steps === undefined;
      return { recipe, visit: mayStay ? { source, fetched, page } : null, shown };
    } finally {
      if (!mayStay) await source.close();
    }
  } catch (error) {
    // The run opens the page once more, and says what stands before it.
    signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return UNKNOWN;
  }
}
