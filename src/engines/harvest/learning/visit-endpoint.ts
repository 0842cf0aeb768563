import { applyRecipe, firstPart, requestStep, type ExtractedRecord, type Page, type Recipe } from "#engines/extraction";
import { AppError } from "#kernel";
import type { Transport } from "../harvest-request.ts";
import { parseFetched } from "../records/read-page.ts";
import type { FetchedPage, PageSource, TakeOptions } from "../sources/page-source.ts";

export type OpenSource = (transport: Transport) => Promise<PageSource>;

/** A visitor at an endpoint, with its first answer. */
export interface EndpointVisit {
  readonly source: PageSource;
  readonly fetched: FetchedPage;
  readonly page: Page;
}

/** What became of asking an endpoint. `changed`: it gives no longer what was learnt; `away`: it may do so later. */
export type EndpointState =
  { readonly kind: "well"; readonly visit: EndpointVisit } | { readonly kind: "changed" } | { readonly kind: "away" };

/** Statuses by which a server asks for patience. */
const LATER = new Set([408, 425, 429]);
const LATER_CODES = new Set(["unreachable", "timeout"]);

/** Asks for the first part, over plain HTTP. Whoever is given a visitor closes it. */
export async function visitEndpoint(recipe: Recipe, open: OpenSource, signal?: AbortSignal): Promise<EndpointState> {
  if (!recipe.endpoint) return { kind: "changed" };
  const source = await open("http");
  try {
    const fetched = await source.take(firstPart(recipe.endpoint), askedFrom(recipe, signal));
    const page = parseFetched(fetched);
    if (fetched.status < 400 && readsWell(recipe, page)) return { kind: "well", visit: { source, fetched, page } };
    await source.close();
    return { kind: fetched.status >= 500 || LATER.has(fetched.status) ? "away" : "changed" };
  } catch (error) {
    await source.close();
    signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return { kind: LATER_CODES.has(error.code) ? "away" : "changed" };
  }
}

/** The records of the second part; `none` where nothing leads there, `failed` where it did not come or is another list. */
export async function askFurther(
  recipe: Recipe,
  { source, fetched, page }: EndpointVisit,
  signal?: AbortSignal,
): Promise<readonly ExtractedRecord[] | "none" | "failed"> {
  const { linked } = fetched;
  const [learnt] = applyRecipe(recipe, page).steps;
  const next = linked?.next === undefined ? null : requestStep({ url: linked.next, headers: recipe.endpoint?.headers });
  const step = learnt ?? next;
  if (!step) return "none";
  if ("url" in step && URL.parse(step.url)?.host !== URL.parse(fetched.url)?.host) return "failed";
  const further = await source.take(step, askedFrom(recipe, signal));
  const { records, drift } = applyRecipe(recipe, parseFetched(further));
  return further.status < 400 && drift.every(({ kind }) => kind !== "list_missing") ? records : "failed";
}

/** As the page's script asks: from its page. */
function askedFrom({ source }: Recipe, signal: AbortSignal | undefined): TakeOptions {
  return { referer: source.url, ...(signal ? { signal } : {}) };
}

function readsWell(recipe: Recipe, page: Page): boolean {
  const { drift, records } = applyRecipe(recipe, page);
  return page.isData && records.length > 0 && drift.every(({ severity }) => severity !== "broken");
}
