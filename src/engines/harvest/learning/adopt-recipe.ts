import type { BrowserSession } from "#engines/browser";
import type { LearnRequest, Transport } from "../harvest-request.ts";
import type { RecipeStore, StoredRecipe } from "../recipes/recipe-store.ts";
import type { PageSource } from "../sources/page-source.ts";
import { learnDetails } from "./learn-details.ts";
import { proveRecipe, type ProofRequest, type Proven } from "./prove-recipe.ts";

export type AdoptRequest = ProofRequest &
  Pick<LearnRequest, "allowHosts" | "robots" | "minDelayMs" | "details" | "wish" | "embedded" | "people"> & {
    /** The caller's own session: the proof opens another one in its browser, and need not wait for a free one. */
    readonly beside?: BrowserSession | null;
  };

export interface Adoption {
  /** Null when no way brought the records again. */
  readonly stored: StoredRecipe | null;
  /** Why ways were not taken; what was unsure about the pages behind the records. */
  readonly reasons: readonly string[];
}

export async function adoptRecipe(
  request: AdoptRequest,
  { recipes, open }: { recipes: RecipeStore; open: (transport: Transport) => Promise<PageSource> },
): Promise<Adoption> {
  const proven = await proveRecipe(request, open);
  if (!proven.recipe) return { stored: null, reasons: proven.reasons };
  const { recipe, notes } = await withDetails(proven, request, open);
  return { stored: await recipes.keep({ recipe, origin: "learned" }), reasons: notes };
}

async function withDetails(
  { recipe, extraction, fetched }: Proven,
  request: AdoptRequest,
  open: (transport: Transport) => Promise<PageSource>,
): Promise<{ recipe: Proven["recipe"]; notes: readonly string[] }> {
  if (request.details !== true) return { recipe, notes: [] };
  const source = await open(recipe.transport);
  try {
    const detail = await learnDetails({ records: extraction.records, listUrl: fetched.url }, source, request);
    return { recipe: { ...recipe, detail: detail.recipe }, notes: detail.notes };
  } finally {
    await source.close();
  }
}
