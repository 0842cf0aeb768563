import type { HarvestRequest } from "../harvest-request.ts";
import { relearnEndpoint, type Relearnt } from "../learning/relearn-endpoint.ts";
import { visitEndpoint, type EndpointVisit, type OpenSource } from "../learning/visit-endpoint.ts";
import type { RecipeStore, StoredRecipe } from "../recipes/recipe-store.ts";
import type { RunRequest } from "../runs/run.ts";
import { planRun } from "./plan-run.ts";

/** What a run does, by which version of its recipe, and the visitor that stands at its first part already. */
export interface Way {
  readonly plan: RunRequest;
  readonly stored: StoredRecipe | null;
  readonly visit: EndpointVisit | null;
  readonly notes: readonly string[];
}

const AWAY =
  "The address that the page's script gets the records from does not answer now: the page itself was read, in a browser.";
const FELL_BACK =
  "The address that the page's script gets the records from no longer gives them: the page itself was read, in a browser.";
const LEARNT_ANEW =
  "The address that the page's script gets the records from gave something else: it was learnt anew from what the page shows.";

export interface WayDeps {
  readonly open: OpenSource;
  readonly signal: AbortSignal;
  readonly now: Date;
  readonly recipes: Pick<RecipeStore, "save" | "record">;
}

/** Reads the endpoint of a recipe that has one; where it is no longer what was learnt, the page, from which it is learnt anew. */
export async function planWay(request: HarvestRequest, stored: StoredRecipe | null, deps: WayDeps): Promise<Way> {
  const plan = planRun(request, stored?.recipe ?? null, deps.now);
  if (!stored || plan.endpoint !== true) return { plan, stored, visit: null, notes: [] };
  const { open, signal } = deps;
  const state = await visitEndpoint(stored.recipe, open, signal);
  if (state.kind === "well") return { plan, stored, visit: state.visit, notes: [] };
  if (state.kind === "away") return onPage(request, stored, AWAY, deps);
  const relearnt = await relearnEndpoint(stored.recipe, open, signal);
  const saved = relearnt.recipe ? await save(stored, relearnt.recipe, deps) : stored;
  if (relearnt.recipe?.endpoint) {
    const again = await visitEndpoint(saved.recipe, open, signal);
    if (again.kind === "well") return { plan, stored: saved, visit: again.visit, notes: [LEARNT_ANEW] };
  }
  return { ...onPage(request, saved, FELL_BACK, deps), visit: relearnt.visit };
}

/** The next version: what came of the page is as sure as what is learnt of any page. */
async function save(stored: StoredRecipe, recipe: NonNullable<Relearnt["recipe"]>, { recipes }: WayDeps) {
  const note = recipe.endpoint ? "The endpoint was learnt anew." : "The endpoint is gone: the page is read.";
  const saved = await recipes.save(stored.id, { recipe, origin: "learned", note });
  const body = { version: saved.version, sha256: saved.sha256 };
  await recipes.record({ recipeId: stored.id, runId: null, kind: "learned", body });
  return saved;
}

function onPage(request: HarvestRequest, stored: StoredRecipe, note: string, { now }: WayDeps): Way {
  const plan = planRun({ ...request, transport: stored.recipe.transport }, stored.recipe, now);
  return { plan, stored, visit: null, notes: [note] };
}
