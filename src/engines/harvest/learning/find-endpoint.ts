import {
  applyRecipe,
  learnEndpoints,
  parsePage,
  type DataAnswer,
  type Endpoint,
  type ExtractedRecord,
  type Page,
  type Recipe,
} from "#engines/extraction";
import { AppError } from "#kernel";
import { parseFetched } from "../records/read-page.ts";
import type { FetchedPage, PageSource, SeenAnswer } from "../sources/page-source.ts";
import { askFurther, visitEndpoint, type OpenSource } from "./visit-endpoint.ts";

/** What a browser shows, and who stands there. */
export interface Shown {
  readonly recipe: Recipe;
  readonly records: readonly ExtractedRecord[];
  readonly page: Page;
  readonly fetched: FetchedPage;
  readonly source: PageSource;
}

export interface FoundEndpoint {
  /** Null when no endpoint is proven to give what the page shows. */
  readonly recipe: Recipe | null;
  /** The way on was taken to see what it asks for: the source stands on another part now. */
  readonly moved: boolean;
}

/**
 * Where the script of a page that only a browser shows gets its records, the recipe reads that instead: if asking for it
 * without a browser brings what the page shows, in its order, and the next part brings more. What the page's first requests do
 * not tell, taking the way on once does.
 */
export async function findEndpoint(shown: Shown, open: OpenSource, signal?: AbortSignal): Promise<FoundEndpoint> {
  const { recipe, records, source } = shown;
  if (recipe.transport !== "browser" || !source.answers || records.length === 0) return { recipe: null, moved: false };
  const proof: Proof = { recipe, shown: records, open, signal };
  const answers = (await source.answers()).flatMap(answerOf);
  const found = await firstProven(learnEndpoints(recipe, records, answers), proof);
  if (found) return { recipe: found, moved: false };
  const step = applyRecipe(recipe, shown.page).steps.find(({ kind }) => kind === "click");
  if (!step) return { recipe: null, moved: false };
  return { recipe: await afterPress(shown, { step, before: answers.length, proof }), moved: true };
}

interface Pressing {
  readonly step: Parameters<PageSource["take"]>[0];
  /** How many answers were there already. */
  readonly before: number;
  readonly proof: Proof;
}

/** Takes the way on, and looks at what the script asked for then: for the second part, or for both. */
async function afterPress(
  { recipe, records, fetched, source }: Shown,
  { step, before, proof }: Pressing,
): Promise<Recipe | null> {
  const { signal } = proof;
  let page: Page;
  try {
    page = parseFetched(await source.take(step, { referer: fetched.url, ...(signal ? { signal } : {}) }));
  } catch (error) {
    return refused(error, signal);
  }
  const answers = ((await source.answers?.()) ?? []).flatMap(answerOf);
  if (answers.length <= before) return null;
  const known = new Set(records.map(({ key }) => key));
  const fresh = applyRecipe(recipe, page).records.filter(({ key }) => !known.has(key));
  const asBefore = learnEndpoints(recipe, records, answers);
  const later = learnEndpoints(recipe, fresh, answers.slice(before), { isLater: true });
  return firstProven([...asBefore, ...later], proof);
}

interface Proof {
  readonly recipe: Recipe;
  readonly shown: readonly ExtractedRecord[];
  readonly open: OpenSource;
  readonly signal: AbortSignal | undefined;
}

async function firstProven(endpoints: readonly Endpoint[], proof: Proof): Promise<Recipe | null> {
  for (const endpoint of endpoints) {
    const candidate = { ...proof.recipe, endpoint };
    if (await isProven(candidate, proof)) return candidate;
  }
  return null;
}

/** The first part says what the page shows, record by record in its order; the second says something else, or what follows there. */
async function isProven(recipe: Recipe, { shown, open, signal }: Proof): Promise<boolean> {
  const state = await visitEndpoint(recipe, open, signal);
  if (state.kind !== "well") return false;
  const { visit } = state;
  try {
    const { records } = applyRecipe(recipe, visit.page);
    const seen = shown.map((record) => said(record, recipe));
    if (
      !goesAlong(
        records.map((record) => said(record, recipe)),
        seen,
      )
    )
      return false;
    const further = await askFurther(recipe, visit, signal);
    if (further === "none") return records.length >= shown.length;
    if (further === "failed") return false;
    const first = new Set(records.map(({ key }) => key));
    if (further.some(({ key }) => first.has(key))) return false;
    return goesAlong(
      [...records, ...further].map((record) => said(record, recipe)),
      seen,
    );
  } catch (error) {
    refused(error, signal);
    return false;
  } finally {
    await visit.source.close();
  }
}

/** As far as both go. */
function goesAlong(one: readonly string[], other: readonly string[]): boolean {
  return one.slice(0, other.length).every((value, at) => value === other[at]);
}

/** The values of the columns that the endpoint has too. */
function said({ fields }: ExtractedRecord, { endpoint }: Recipe): string {
  return JSON.stringify((endpoint?.fields ?? []).map(({ name }) => fields[name]?.value ?? null));
}

/** An answer that cannot be read is none. */
function answerOf({ request, text, leadsOn }: SeenAnswer): DataAnswer[] {
  const { url, body } = request;
  const bytes = new TextEncoder().encode(text);
  try {
    const page = parsePage({ bytes, url, contentType: "application/json; charset=utf-8", sent: body?.text ?? null });
    return [{ page, request, leadsOn }];
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

/** What cannot be asked for proves nothing. */
function refused(error: unknown, signal: AbortSignal | undefined): null {
  signal?.throwIfAborted();
  if (!(error instanceof AppError)) throw error;
  return null;
}
