import { AppError } from "#kernel";
import type { Artifacts } from "#platform/artifacts";
import { applyRecipe, type Page, type Recipe } from "#engines/extraction";
import { NoEvidenceStored } from "../errors.ts";
import { checkRecord, parseFetched, standsOn } from "../records/read-page.ts";
import { unpackDetail, unpackRecords, type StoredRecord } from "../records/stored-records.ts";
import { readDetail } from "../running/harvest-details.ts";
import type { RecipeStore } from "../recipes/recipe-store.ts";
import { recordId } from "../runs/run-records.ts";
import type { RunDetail, RunPage, RunStore } from "../runs/run-store.ts";
import { FailureList } from "./failure-list.ts";
import { programVersion } from "./program-version.ts";
import { checkDetail, checkStored, type Checks } from "./check-stored.ts";
import type { VerifyOptions, VerifyReport } from "./verify-report.ts";

export interface VerifyDeps {
  readonly run: string;
  readonly runs: RunStore;
  readonly recipes: RecipeStore;
  readonly artifacts: Artifacts;
}

const ALTERED =
  "The run is not what was sealed when it ended: its times, addresses, order, artifacts or judgement were changed.";
const REMOVED = "The seal of the run was taken away: whoever did that may have changed anything in it.";
const UNREADABLE =
  "The key that sealed the run is not here, so nobody can tell whether it was changed. Put it back (SECRETS_KEY, secrets.key).";

/**
 * Checks a run from stored bytes alone. Each page is read from its artifact (whose hash is checked), each quote is looked
 * for at the place it names, and its value must follow from it. Then the recipe is applied again. By the program that
 * made the run it must give the very same: the rest was altered or invented. What another program reads differently is
 * told apart, and is no failure.
 */
export async function verifyRun(deps: VerifyDeps, { signal, onProgress }: VerifyOptions): Promise<VerifyReport> {
  const { run, runs, recipes } = deps;
  const { request, recipeId, recipeVersion, pages, records: counted } = await runs.get(run);
  if (!request.evidence) throw new NoEvidenceStored(run);
  const stored = recipeId === null ? null : await recipes.get(recipeId, recipeVersion ?? undefined);
  const program = { run: request.program ?? null, now: programVersion() };
  const [list, differing] = [new FailureList(), new FailureList()];
  if (stored && !(await recipes.isIntact(stored.id, stored.version)))
    list.add(run, "", "recipe_altered", "The stored recipe is not the one that was learnt: its digest differs.");
  const facts = { list, differing, isSameProgram: program.run === program.now, embedded: request.embedded };
  let records = 0;
  let seen = 0;
  for await (const row of runs.pages(run)) {
    signal?.throwIfAborted();
    records += await verifyPage(deps, row, stored ? { ...facts, recipe: stored.recipe } : null);
    seen += 1;
    onProgress?.({ page: seen, pages, failures: list.count });
  }
  if (seen !== pages) list.add(run, "", "records_missing", `The run counted ${pages} pages, ${seen} are stored.`);
  if (stored && records !== counted && list.count === 0)
    list.add(run, "", "records_missing", `The run counted ${counted} records, ${records} are stored.`);
  const manifest = await runs.manifestOf(run);
  if (manifest === "altered") list.add(run, "", "run_altered", ALTERED);
  if (manifest === "removed") list.add(run, "", "seal_removed", REMOVED);
  if (manifest === "unreadable") list.add(run, "", "seal_unreadable", UNREADABLE);
  return {
    run,
    program,
    recipeVersion,
    checked: list.checked,
    records,
    pages: seen,
    sealed: manifest !== "unsealed" && manifest !== "removed",
    ok: list.count === 0,
    failed: list.failed,
    failures: list.count,
    differs: differing.failed,
    differences: differing.count,
  };
}

interface Reading extends Checks {
  readonly recipe: Recipe;
  readonly embedded: boolean;
}

async function verifyPage(deps: VerifyDeps, row: RunPage, reading: Reading | null): Promise<number> {
  if (!reading) return 0;
  const { run, runs, artifacts } = deps;
  const { recipe, embedded, list } = reading;
  if (recipe.detail)
    for (const detail of await runs.details(run, row.number)) await verifyDetail(deps, detail, reading);
  const id = `${run}/${row.number}`;
  const stored = list.attempt(id, () => unpackRecords(row.records));
  const page = await openPage(artifacts, row, id, list);
  if (!stored || !page) return 0;
  if (stored.length !== row.record_count)
    list.add(id, "", "records_missing", `The page counted ${row.record_count} records, ${stored.length} are stored.`);
  const again = new ReadAgain(
    applyRecipe(recipe, page, { embedded }).records.map((record) => checkRecord(record, standsOn(page))),
  );
  for (const [at, record] of stored.entries())
    checkStored(reading, {
      id: recordId(run, row.number, at + 1),
      page,
      record,
      again: again.take(record),
      rules: recipe.fields,
    });
  return stored.length;
}

/** What the recipe gives again, by place. Records of embedded data share the place of their script. */
class ReadAgain {
  readonly #byPath = new Map<string, StoredRecord[]>();

  constructor(records: readonly StoredRecord[]) {
    for (const record of records) {
      const there = this.#byPath.get(record.path);
      if (there) there.push(record);
      else this.#byPath.set(record.path, [record]);
    }
  }

  /** Each record answers once, so that one that was copied over another is noticed. */
  take({ path, key }: StoredRecord): StoredRecord | null {
    const there = this.#byPath.get(path) ?? [];
    const same = there.findIndex((record) => record.key === key);
    const [found] = there.splice(Math.max(0, same), 1);
    return found ?? null;
  }
}

async function openPage(
  artifacts: Artifacts,
  { artifact, url, media_type: mediaType }: Pick<RunPage, "artifact" | "url" | "media_type">,
  id: string,
  list: FailureList,
): Promise<Page | null> {
  if (artifact === null) {
    list.add(id, "", "artifact_missing", "The page has records but no stored bytes.");
    return null;
  }
  try {
    const found = await artifacts.get(artifact);
    if (found) return parseFetched({ bytes: found.bytes, url, mediaType });
    list.add(id, "", "artifact_missing", `Artifact ${artifact} is not in the store.`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    list.add(id, "", "artifact_altered", error.message);
  }
  return null;
}

async function verifyDetail({ artifacts, run }: VerifyDeps, row: RunDetail, reading: Reading): Promise<void> {
  const { recipe, embedded, list } = reading;
  const id = recordId(run, row.page, row.position);
  const packed = row.detail;
  if (!packed || !recipe.detail) return;
  const stored = list.attempt(id, () => unpackDetail(packed));
  const page = await openPage(artifacts, row, id, list);
  if (!stored || !page) return;
  checkDetail(reading, {
    id,
    page,
    stored,
    again: readDetail(page, recipe.detail, embedded),
    rules: recipe.detail.fields,
  });
}
