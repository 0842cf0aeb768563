import type { Clock, Logger } from "#kernel";
import type { Artifacts } from "#platform/artifacts";
import { endpointRecipe, fillIn } from "#engines/extraction";
import type { HarvestRequest } from "../harvest-request.ts";
import { knownGood, knownPages } from "../healing/known-good.ts";
import type { ReadingThread } from "../records/reading-threads.ts";
import type { RecipeStore, StoredRecipe } from "../recipes/recipe-store.ts";
import { CommitGroup } from "../runs/commit-group.ts";
import type { Commit } from "../runs/commit-store.ts";
import type { RunRequest } from "../runs/run.ts";
import type { RunStore } from "../runs/run-store.ts";
import { questionOf, valuesOf } from "../searching/plan-inputs.ts";
import type { Reach } from "./reach.ts";
import type { Restored } from "./restore-run.ts";
import type { RunContext } from "./run-context.ts";
import { RunHistory } from "./run-history.ts";
import type { TimeLimit } from "./time-limit.ts";

/** Pages with known addresses are under way side by side: so long they wait for each other before they are committed. */
const LINGER_MS = 100;

/** A run that is about to begin, or to go on. */
export interface OpenRun {
  readonly id: string;
  readonly plan: RunRequest;
  readonly stored: StoredRecipe;
  readonly request: Pick<HarvestRequest, "onProgress">;
  /** Null where the recipe was there before. */
  readonly listing: object | null;
  readonly reach: Reach;
  readonly limit: TimeLimit;
  readonly threads: readonly ReadingThread[];
}

export interface ContextDeps {
  readonly runs: RunStore;
  readonly recipes: RecipeStore;
  readonly artifacts: Artifacts;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly write: (commits: readonly Commit[]) => Promise<void>;
}

/** What the parts of a run share: the recipe with what this run asks, its stores, and what it has behind it. */
export async function openContext(
  { id, plan, stored, request, listing, reach, limit, threads }: OpenRun,
  restored: Restored,
  { runs, recipes, artifacts, clock, logger, write }: ContextDeps,
): Promise<RunContext> {
  const { recipe: own } = stored;
  const read = plan.endpoint && own.endpoint ? endpointRecipe(own, own.endpoint) : own;
  const recipe = fillIn(read, valuesOf(plan.inputs));
  const question = questionOf(plan.inputs);
  return {
    run: id,
    recipeId: stored.id,
    recipe,
    request: plan,
    artifacts,
    runs,
    history: new RunHistory({
      recipe,
      isNew: listing !== null,
      known: async () => knownPages(await knownGood({ runs, recipes, artifacts }, stored.id, question)),
    }),
    commits: new CommitGroup(write, { lingerMs: plan.addresses ? LINGER_MS : 0 }),
    threads,
    openSource: (cookies) => reach.open(plan.transport, cookies),
    known: restored.known,
    asked: restored.asked,
    mayReuse: plan.evidence && plan.transport === "http" && (await runs.hasKnownPages(stored.id)),
    clock,
    logger,
    signal: limit.signal,
    timeIsUp: () => limit.isUp(),
    onProgress: request.onProgress ?? (() => undefined),
    interactions: [],
    notes: new Set(),
    drift: [],
    wall: null,
  };
}
