import { nullIfNotFound } from "#kernel";
import type { HarvestRequest, HarvestResult, Harvester } from "#engines/harvest";

type Runs = Pick<Harvester, "runs" | "ended">;

/** What an earlier attempt left behind. */
export type EarlierRun =
  /** Its worker was lost: the run can go on. */
  | { kind: "cut off"; request: HarvestRequest }
  /** It had come to its end, but the worker was lost before the job had. */
  | { kind: "ended"; result: HarvestResult }
  /** It was stopped for good; what it had learnt is not lost. */
  | { kind: "stopped"; recipeId: string | null };

/** Looks up what became of the run of an earlier attempt. */
export async function earlierRun(runId: string, harvester: Runs): Promise<EarlierRun> {
  const run = await harvester.runs.get(runId).catch(nullIfNotFound);
  if (run === null) return { kind: "stopped", recipeId: null };
  const result = await harvester.ended(runId);
  if (result?.reason === "cancelled" || (result === null && run.recipeId === null))
    return { kind: "stopped", recipeId: run.recipeId };
  return result === null ? { kind: "cut off", request: { resume: runId } } : { kind: "ended", result };
}
