import {
  applyRecipe,
  learnEndpoint,
  parsePage,
  type ExtractedRecord,
  type Page,
  type Recipe,
} from "#engines/extraction";
import { AppError } from "#kernel";
import type { Transport } from "../harvest-request.ts";
import { parseFetched } from "../records/read-page.ts";
import type { FetchedPage, PageSource } from "../sources/page-source.ts";
import type { Listing } from "./learn-listing.ts";

type OpenSource = (transport: Transport) => Promise<PageSource>;

/** A visitor at an endpoint, with its first answer. */
export interface EndpointVisit {
  readonly source: PageSource;
  readonly fetched: FetchedPage;
  readonly page: Page;
}

/**
 * Where the script of a page that only a browser shows gets its records, the recipe reads that instead: if asking for it
 * without a browser brings what the page shows, and the next part brings more.
 */
export async function findEndpoint(
  { recipe, learned, source }: Pick<Listing, "recipe" | "learned" | "source">,
  open: OpenSource,
  signal?: AbortSignal,
): Promise<Recipe | null> {
  const shown = learned.extraction?.records ?? [];
  if (recipe?.transport !== "browser" || !source.answers || shown.length === 0) return null;
  const answers = source.answers().flatMap(({ url, text }) => pageOf(url, text));
  const endpoint = learnEndpoint(recipe, shown, answers);
  if (!endpoint) return null;
  const candidate = { ...recipe, endpoint };
  return (await isProven(candidate, shown, open, signal)) ? candidate : null;
}

/** Asks for the first part. Null where it is no longer what was learnt: then the page is read. */
export async function visitEndpoint(
  recipe: Recipe,
  open: OpenSource,
  signal?: AbortSignal,
): Promise<EndpointVisit | null> {
  if (!recipe.endpoint) return null;
  const source = await open("http");
  try {
    const fetched = await source.take({ kind: "open", url: recipe.endpoint.url }, signal ? { signal } : {});
    const page = parseFetched(fetched);
    const { drift, records } = applyRecipe(recipe, page);
    const isWell = page.isData && records.length > 0 && drift.every(({ severity }) => severity !== "broken");
    if (fetched.status < 400 && isWell) return { source, fetched, page };
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
  }
  await source.close();
  return null;
}

async function isProven(
  recipe: Recipe,
  shown: readonly ExtractedRecord[],
  open: OpenSource,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const visit = await visitEndpoint(recipe, open, signal);
  if (!visit) return false;
  const { source, page } = visit;
  try {
    const { records, steps } = applyRecipe(recipe, page);
    const known = new Set(shown.map((record) => said(record, recipe)));
    if (!records.every((record) => known.has(said(record, recipe)))) return false;
    const [next] = steps;
    if (next?.kind !== "link") return records.length >= shown.length || recipe.endpoint?.paging !== null;
    const further = await source.take({ ...next, kind: "link" }, signal ? { signal } : {});
    const first = new Set(records.map(({ key }) => key));
    const more = applyRecipe(recipe, parseFetched(further));
    return more.drift.every(({ kind }) => kind !== "list_missing") && more.records.every(({ key }) => !first.has(key));
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return false;
  } finally {
    await source.close();
  }
}

/** The values of the columns that the endpoint has too. */
function said({ fields }: ExtractedRecord, { endpoint }: Recipe): string {
  return JSON.stringify((endpoint?.fields ?? []).map(({ name }) => fields[name]?.value ?? null));
}

/** An answer that cannot be read is none. */
function pageOf(url: string, text: string): Page[] {
  try {
    return [parsePage({ bytes: new TextEncoder().encode(text), url, contentType: "application/json; charset=utf-8" })];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
