import { AppError } from "#kernel";
import type { Artifacts } from "#platform/artifacts";
import { applyRecipe, verifyEvidence, type Page, type Recipe } from "#engines/extraction";
import { NoEvidenceStored } from "../errors.ts";
import { checkRecord, parseFetched } from "../records/read-page.ts";
import { readDetail } from "../running/harvest-details.ts";
import {
  unpackDetail,
  unpackRecords,
  type StoredDetail,
  type StoredRecord,
  type StoredValue,
} from "../records/stored-records.ts";
import type { RecipeStore } from "../recipes/recipe-store.ts";
import { recordId } from "../runs/run-records.ts";
import type { RunDetail, RunPage, RunStore } from "../runs/run-store.ts";
import { FailureList } from "./failure-list.ts";
import type { VerifyOptions, VerifyReport } from "./verify-report.ts";

export interface VerifyDeps {
  readonly run: string;
  readonly runs: RunStore;
  readonly recipes: RecipeStore;
  readonly artifacts: Artifacts;
}

/**
 * Checks a run from stored bytes alone. Each page is read from its artifact (whose hash is checked), each quote is
 * looked for at the place it names, and the recipe is applied again: what it does not give was altered or invented.
 */
export async function verifyRun(deps: VerifyDeps, { signal, onProgress }: VerifyOptions): Promise<VerifyReport> {
  const { run, runs, recipes } = deps;
  const { request, recipeId, recipeVersion, pages } = await runs.get(run);
  if (!request.evidence) throw new NoEvidenceStored(run);
  const recipe = recipeId === null ? null : (await recipes.get(recipeId, recipeVersion ?? undefined)).recipe;
  const list = new FailureList();
  let records = 0;
  let seen = 0;
  for await (const row of runs.pages(run)) {
    signal?.throwIfAborted();
    if (recipe) records += await verifyPage(deps, { row, recipe, embedded: request.embedded, list });
    if (recipe?.detail)
      for (const detail of await runs.details(run, row.number))
        await verifyDetail(deps, { detail, recipe, embedded: request.embedded, list });
    seen += 1;
    onProgress?.({ page: seen, pages, failures: list.count });
  }
  if (seen !== pages) list.add(run, "", "records_missing", `The run counted ${pages} pages, ${seen} are stored.`);
  const { checked, count: failures, failed } = list;
  return { run, checked, records, pages: seen, ok: failures === 0, failed, failures };
}

interface PageCheck {
  readonly row: RunPage;
  readonly recipe: Recipe;
  readonly embedded: boolean;
  readonly list: FailureList;
}

async function verifyPage({ artifacts, run }: VerifyDeps, { row, recipe, embedded, list }: PageCheck): Promise<number> {
  const id = `${run}/${row.number}`;
  const stored = list.attempt(id, () => unpackRecords(row.records));
  const page = await openPage(artifacts, row, id, list);
  if (!stored || !page) return 0;
  if (stored.length !== row.record_count)
    list.add(id, "", "records_missing", `The page counted ${row.record_count} records, ${stored.length} are stored.`);
  const extracted = applyRecipe(recipe, page, { embedded }).records;
  const again = new Map(extracted.map((record) => [record.path, checkRecord(page, record)]));
  for (const [at, record] of stored.entries())
    verifyRecord({ id: recordId(run, row.number, at + 1), page, record, again: again.get(record.path) ?? null, list });
  return stored.length;
}

interface RecordCheck {
  readonly id: string;
  readonly page: Page;
  readonly record: StoredRecord;
  readonly again: StoredRecord | null;
  readonly list: FailureList;
}

function verifyRecord({ id, page, record, again, list }: RecordCheck): void {
  if (!again) return list.add(id, "", "record_not_found", "The stored page gives no such record.");
  if (again.text !== record.text || again.links.join("\n") !== record.links.join("\n"))
    list.add(id, "", "record_altered", "Text or links of the record are not those of the stored page.");
  for (const [name, value] of Object.entries(record.fields))
    verifyValue({ id, name, page, value, again: again.fields[name] ?? null, list });
  for (const name of Object.keys(again.fields))
    if (!(name in record.fields))
      list.add(id, name, "value_altered", "The stored page gives a value that the record lacks.");
}

interface ValueCheck {
  readonly id: string;
  readonly name: string;
  readonly page: Page;
  readonly value: StoredValue;
  readonly again: StoredValue | null;
  readonly list: FailureList;
}

function verifyValue({ id, name, page, value, again, list }: ValueCheck): void {
  list.checked += 1;
  const { quote: raw, path, attribute, range } = value;
  const place = { ...(attribute === undefined ? {} : { attribute }), ...(range === undefined ? {} : { range }) };
  const verdict = verifyEvidence({ page, value: { raw, path, ...place } });
  if (!verdict.ok) list.add(id, name, "quote_not_found", verdict.reason);
  else if (!again) list.add(id, name, "value_without_evidence", "The stored page gives no such value.");
  else if (again.value !== value.value || again.quote !== raw)
    list.add(id, name, "value_altered", "The value is not the one that the stored page gives.");
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

interface DetailCheck {
  readonly detail: RunDetail;
  readonly recipe: Recipe;
  readonly embedded: boolean;
  readonly list: FailureList;
}

async function verifyDetail(
  { artifacts, run }: VerifyDeps,
  { detail: row, recipe, embedded, list }: DetailCheck,
): Promise<void> {
  const id = recordId(run, row.page, row.position);
  const packed = row.detail;
  if (!packed || !recipe.detail) return;
  const stored = list.attempt(id, () => unpackDetail(packed));
  const page = await openPage(artifacts, row, id, list);
  if (!stored || !page) return;
  const again = readDetail(page, recipe.detail, embedded);
  for (const [name, { values }] of Object.entries(stored.fields))
    for (const [at, value] of values.entries())
      verifyValue({ id, name, page, value, again: valueOf(again, name, at), list });
}

function valueOf(detail: StoredDetail, name: string, at: number): StoredValue | null {
  return detail.fields[name]?.values[at] ?? null;
}
