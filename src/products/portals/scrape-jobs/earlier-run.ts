import { AppError } from "#kernel";
import type { HarvestRequest, HarvestResult, Harvester } from "#engines/harvest";

type Stores = Pick<Harvester, "runs" | "recipes">;

/** What an earlier attempt left behind. */
export type EarlierRun =
  /** Its worker was lost: the run can go on. */
  | { kind: "cut off"; request: HarvestRequest }
  /** It had come to its end, but the worker was lost before the job had. */
  | { kind: "ended"; result: HarvestResult }
  /** It was stopped for good; what it had learnt is not lost. */
  | { kind: "stopped"; recipeId: string | null };

/** Looks up what became of the run of an earlier attempt. */
export async function earlierRun(runId: string, { runs, recipes }: Stores): Promise<EarlierRun> {
  const run = await runs.get(runId).catch(nullIfNotFound);
  if (run === null) return { kind: "stopped", recipeId: null };
  if (run.status === "running") {
    return run.recipeId === null
      ? { kind: "stopped", recipeId: null }
      : { kind: "cut off", request: { resume: runId } };
  }
  const { completeness, outcome, recipeId, recipeVersion } = run;
  if (completeness.stopped === "cancelled") return { kind: "stopped", recipeId };
  const stored =
    recipeId === null ? null : await recipes.get(recipeId, recipeVersion ?? undefined).catch(nullIfNotFound);
  const result = {
    run: runId,
    recipeId,
    recipeVersion,
    recipe: stored?.recipe ?? null,
    completeness,
    reason: completeness.stopped,
    pages: run.pages,
    recordCount: run.records,
    unverifiedCount: run.unverified,
    ...outcome,
  };
  return { kind: "ended", result };
}

function nullIfNotFound(error: unknown): null {
  if (error instanceof AppError && error.kind === "not-found") return null;
  throw error;
}
