import type { Drift } from "#engines/extraction";
import { lastGood } from "../healing/known-good.ts";
import { unpackDetail } from "../records/stored-records.ts";
import type { RunStore } from "../runs/run-store.ts";
import { questionOf } from "../searching/plan-inputs.ts";
import type { RunContext } from "./run-context.ts";

/** Fewer detail pages than this may all lack a field by chance. */
const LEAST_PAGES = 3;
const NEARLY_ALL = 0.95;
const MOST_PAGES = 100;

/**
 * Fields that nearly all detail pages of the last good run had, and none has now: the pages have changed. Healing learns
 * lists only, so that the recipe stays as it is and a person decides.
 */
export async function lostDetails({ runs, run, recipe, recipeId, request }: RunContext): Promise<Drift[]> {
  const question = questionOf(request.inputs);
  const good = await lastGood(
    runs,
    recipeId,
    (one) => one.request.details && questionOf(one.request.inputs) === question,
  );
  if (!good || !recipe.detail) return [];
  const [then, now] = [await detailsOf(runs, good.id), await detailsOf(runs, run)];
  if (then.length < LEAST_PAGES || now.length < LEAST_PAGES) return [];
  return recipe.detail.fields.flatMap(({ name }): Drift[] => {
    const had = then.filter((names) => names.has(name)).length;
    if (had < then.length * NEARLY_ALL || now.some((names) => names.has(name))) return [];
    const message = `None of ${now.length} detail pages shows "${name}" any more; before, ${had} of ${then.length} did. Learn the page again with details if they have changed.`;
    return [{ kind: "values_lost", severity: "broken", field: name, message }];
  });
}

/** The names of the fields that each detail page of a run gave. */
async function detailsOf(runs: RunStore, run: string): Promise<ReadonlySet<string>[]> {
  const found: ReadonlySet<string>[] = [];
  for await (const { number } of runs.pages(run)) {
    for (const { detail } of await runs.details(run, number))
      if (detail) found.push(new Set(Object.keys(unpackDetail(detail).fields)));
    if (found.length >= MOST_PAGES) break;
  }
  return found;
}
