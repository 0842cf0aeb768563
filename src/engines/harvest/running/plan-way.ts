import type { HarvestRequest, Transport } from "../harvest-request.ts";
import { visitEndpoint, type EndpointVisit } from "../learning/find-endpoint.ts";
import type { StoredRecipe } from "../recipes/recipe-store.ts";
import type { RunRequest } from "../runs/run.ts";
import type { PageSource } from "../sources/page-source.ts";
import { planRun } from "./plan-run.ts";

/** What a run does, and the visitor that stands at its first part already. */
export interface Way {
  readonly plan: RunRequest;
  readonly visit: EndpointVisit | null;
  readonly notes: readonly string[];
}

const FELL_BACK =
  "The address that the page's script gets the records from no longer gives them: the page itself was read, in a browser.";

/** Reads the endpoint of a recipe that has one; where it is no longer what was learnt, the page. */
export async function planWay(
  request: HarvestRequest,
  stored: StoredRecipe | null,
  { open, signal }: { open: (transport: Transport) => Promise<PageSource>; signal: AbortSignal },
): Promise<Way> {
  const plan = planRun(request, stored?.recipe ?? null);
  if (!stored || plan.endpoint !== true) return { plan, visit: null, notes: [] };
  const visit = await visitEndpoint(stored.recipe, open, signal);
  if (visit) return { plan, visit, notes: [] };
  const onPage = planRun({ ...request, transport: stored.recipe.transport }, stored.recipe);
  return { plan: onPage, visit: null, notes: [FELL_BACK] };
}
