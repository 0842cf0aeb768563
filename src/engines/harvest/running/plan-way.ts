import { proveShown, type Recipe } from "#engines/extraction";
import type { HarvestRequest } from "../harvest-request.ts";
import type { HealLedger } from "../healing/heal-ledger.ts";
import { keepHealed } from "../healing/keep-healed.ts";
import { knownGood, type KnownGoodDeps } from "../healing/known-good.ts";
import { relearnEndpoint, type Relearnt } from "../learning/relearn-endpoint.ts";
import { visitEndpoint, type EndpointVisit, type OpenSource } from "../learning/visit-endpoint.ts";
import type { StoredRecipe } from "../recipes/recipe-store.ts";
import type { RunRequest } from "../runs/run.ts";
import type { FetchedPage } from "../sources/page-source.ts";
import { questionOf } from "../searching/plan-inputs.ts";
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
  /** Where earlier runs and their pages are, and healings that a person has refused. */
  readonly past: KnownGoodDeps & { readonly heals: Pick<HealLedger, "wasRejected"> };
}

/**
 * Reads the endpoint of a recipe that has one; where it is no longer what was learnt, the page, from which it is learnt anew.
 * That is a healing: once a run has brought records, the new endpoint is used only when the page still shows them.
 */
export async function planWay(request: HarvestRequest, stored: StoredRecipe | null, deps: WayDeps): Promise<Way> {
  const plan = planRun(request, stored?.recipe ?? null, deps.now);
  if (!stored || plan.endpoint !== true) return { plan, stored, visit: null, notes: [] };
  const { open, signal } = deps;
  const state = await visitEndpoint(stored.recipe, open, signal);
  if (state.kind === "well") return { plan, stored, visit: state.visit, notes: [] };
  if (state.kind === "away") return onPage(request, stored, AWAY, deps);
  const relearnt = await relearnEndpoint(stored.recipe, open, signal);
  const saved = relearnt.recipe ? await save(stored, { ...relearnt, recipe: relearnt.recipe }, plan, deps) : stored;
  if (saved.recipe.endpoint && saved !== stored) {
    const again = await visitEndpoint(saved.recipe, open, signal);
    if (again.kind === "well") return { plan, stored: saved, visit: again.visit, notes: [LEARNT_ANEW] };
  }
  return { ...onPage(request, saved, FELL_BACK, deps), visit: relearnt.visit };
}

/** The next version, where it is proven, or nothing is known yet that could prove it; else the stored one. */
async function save(
  stored: StoredRecipe,
  { recipe, shown }: Relearnt & { readonly recipe: Recipe },
  { evidence, inputs }: RunRequest,
  { past }: WayDeps,
): Promise<StoredRecipe> {
  const { recipes, artifacts, heals } = past;
  const note = recipe.endpoint ? "The endpoint was learnt anew." : "The endpoint is gone: the page is read.";
  const good = await knownGood(past, stored.id, questionOf(inputs));
  if (good.length === 0 || !shown) {
    const saved = await recipes.save(stored.id, { recipe, origin: "learned", note });
    const body = { version: saved.version, sha256: saved.sha256 };
    await recipes.record({ recipeId: stored.id, runId: null, kind: "learned", body });
    return saved;
  }
  const { proof, reasons } = proveShown(recipe, shown.page, shown.extraction, good);
  if (reasons.length > 0 || (await heals.wasRejected(stored.id, recipe))) return stored;
  const artifact = evidence ? await storeShown(artifacts, shown.fetched) : null;
  return keepHealed(recipes, stored, { recipe, proof, artifact, note });
}

async function storeShown(artifacts: KnownGoodDeps["artifacts"], fetched: FetchedPage): Promise<string> {
  const { bytes, mediaType, url } = fetched;
  return (await artifacts.put(bytes, { mediaType, kind: "page", sourceUrl: url })).sha256;
}

function onPage(request: HarvestRequest, stored: StoredRecipe, note: string, { now }: WayDeps): Way {
  const plan = planRun({ ...request, transport: stored.recipe.transport }, stored.recipe, now);
  return { plan, stored, visit: null, notes: [note] };
}
