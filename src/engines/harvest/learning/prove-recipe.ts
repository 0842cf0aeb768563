import {
  applyRecipe,
  fillIn,
  type EntryStep,
  type InputValues,
  type PageExtraction,
  type Recipe,
} from "#engines/extraction";
import { AppError } from "#kernel";
import type { Transport } from "../harvest-request.ts";
import { parseFetched } from "../records/read-page.ts";
import { gateOf, openSteps } from "../running/pass-gates.ts";
import type { FetchedPage, PageSource } from "../sources/page-source.ts";

const MOST_GATES = 4;
/** Lists change while they are looked at: a recipe is right that gives this share of what was seen. */
const ENOUGH = 0.8;

/** A way to the list that may be as good as another, cheaper one. */
export interface RecipeWay {
  readonly transport: Transport;
  readonly url: string;
  readonly steps: readonly EntryStep[];
}

export interface ProofRequest {
  /** Where the records are and what they hold; how it is reached is what is tried. */
  readonly recipe: Recipe;
  /** Cheapest first. */
  readonly ways: readonly RecipeWay[];
  /** Keys of the records that it must bring again. */
  readonly expected: readonly string[];
  /** What the recipe's inputs are while it is proven. */
  readonly values?: InputValues;
  readonly signal?: AbortSignal;
}

export interface Proven {
  readonly recipe: Recipe;
  readonly extraction: PageExtraction;
  readonly fetched: FetchedPage;
}

export interface Unproven {
  readonly recipe: null;
  /** One sentence for each way that was tried. */
  readonly reasons: readonly string[];
}

/**
 * Walks each way afresh, as a later run would, until one brings the records again. What cannot be repeated is not learnt.
 * A way that cannot be gone is an answer; only what is no refusal of ours is thrown.
 */
export async function proveRecipe(
  { recipe, ways, expected, values = {}, signal }: ProofRequest,
  openSource: (transport: Transport) => Promise<PageSource>,
): Promise<Proven | Unproven> {
  const reasons: string[] = [];
  for (const way of ways) {
    const tried = withWay(recipe, way);
    const name = `${way.transport === "http" ? "over HTTP" : "in a browser"} with ${way.steps.length} steps`;
    try {
      const source = await openSource(way.transport);
      try {
        const seen = await enterListing(fillIn(tried, values), source, signal);
        const missing = missingOf(expected, seen.extraction);
        if (missing === null) return { recipe: tried, ...seen };
        reasons.push(`${name}: ${missing}`);
      } finally {
        await source.close();
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      reasons.push(`${name}: ${error.message}`);
    }
  }
  return { recipe: null, reasons };
}

function withWay(recipe: Recipe, { transport, url, steps }: RecipeWay): Recipe {
  return { ...recipe, transport, entry: steps.length > 0 ? { url, steps: [...steps] } : { url } };
}

/** Takes the whole way in, as a run would, and reads the page that is behind it. */
export async function enterListing(
  recipe: Recipe,
  source: PageSource,
  signal: AbortSignal | undefined,
): Promise<{ extraction: PageExtraction; fetched: FetchedPage }> {
  const cancel = signal ? { signal } : {};
  let fetched = await source.take({ kind: "open", url: recipe.entry.url ?? "" }, cancel);
  let page = parseFetched(fetched);
  const open = openSteps(recipe);
  let opened = 0;
  for (let gates = 0; gates < MOST_GATES + open.length; gates += 1) {
    const gate = gateOf(recipe, { fetched, page }, open[opened] ?? null);
    if (!gate) break;
    if (gate.action === "entry") opened += 1;
    fetched = await source.take(gate.step, { referer: fetched.url, ...cancel });
    page = parseFetched(fetched);
  }
  return { extraction: applyRecipe(recipe, page), fetched };
}

/** Null when enough of the records came again. */
function missingOf(expected: readonly string[], { records }: PageExtraction): string | null {
  if (records.length === 0) return "the page held no such list.";
  const found = new Set(records.map(({ key }) => key));
  const again = expected.filter((key) => found.has(key)).length;
  if (again >= expected.length * ENOUGH) return null;
  return `${again} of ${expected.length} records came again.`;
}
