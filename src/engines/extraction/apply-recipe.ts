import { readColumns } from "./columns/read-columns.ts";
import { FieldReader } from "./columns/read-field.ts";
import { readEmbeddedList, type EmbeddedRule } from "./lists/embedded-list.ts";
import { endpointRecipe } from "./endpoint/endpoint-recipe.ts";
import { locateRecords } from "./lists/locate-records.ts";
import { relocateRecords } from "./lists/relocate-records.ts";
import { NodePaths } from "./outline/node-paths.ts";
import type { Page } from "./page/page.ts";
import { applyPagination } from "./pagination/apply-pagination.ts";
import { nextPart } from "./pagination/data-paging.ts";
import type { DeclaredTotal } from "./pagination/pagination.ts";
import type { Recipe } from "./recipe.ts";
import { buildRecord } from "./records/build-record.ts";
import { checkFields, checkList } from "./records/check-drift.ts";
import type { Drift, ExtractedRecord, PageExtraction } from "./records/extracted-record.ts";
import type { ExtractedValue } from "./values/extracted-value.ts";

export interface ApplyOptions {
  /** False leaves JSON-LD, microdata and script state aside. Default true. */
  readonly embedded?: boolean;
  /** False leaves the way on and the declared total unread: for pages whose addresses are known. Default true. */
  readonly pagination?: boolean;
}

const NO_PAGINATION = { steps: [], declared: null };

/** Reads a page of the listing with what was learnt. Never throws on any page: what is missing is reported as drift. */
export function applyRecipe(
  recipe: Recipe,
  page: Page,
  { embedded = true, pagination = true }: ApplyOptions = {},
): PageExtraction {
  if (page.isData) return applyToData(recipe.endpoint ? endpointRecipe(recipe, recipe.endpoint) : recipe, page);
  const { steps, declared } = pagination ? applyPagination(recipe.pagination, page) : NO_PAGINATION;
  const read = readAsEver(recipe, page, embedded);
  return { records: read.records, declared: declared ?? read.declared ?? null, steps, drift: read.drift };
}

/** An answer that is data: its list may be empty at the end, and the way on is not in any markup. */
function applyToData(recipe: Recipe, page: Page): PageExtraction {
  const list = recipe.list.embedded ? readEmbeddedList(page, recipe.list.embedded, recipe.fields) : null;
  if (!list) {
    const message = "The answer no longer holds the list where it was learnt.";
    return { records: [], declared: null, steps: [], drift: [{ kind: "list_missing", severity: "broken", message }] };
  }
  const { records, declared, data } = list;
  const part = { data, count: records.length, total: declared?.total ?? null };
  const way = recipe.pagination.data ? nextPart(recipe.pagination.data, page, part, recipe.endpoint ?? null) : null;
  const drift = checkFields(recipe, records, []);
  return { records, declared, steps: way?.step ? [way.step] : [], drift, ...(way ? { pager: way.pager } : {}) };
}

/** By what was learnt last; where that does not fit, by what fitted before the page changed. */
function readAsEver(recipe: Recipe, page: Page, embedded: boolean): Read {
  const read = readList(recipe, page, embedded);
  if (recipe.earlier === undefined || fits(read)) return read;
  for (const { list, fields } of recipe.earlier) {
    const required = recipe.checks.required.filter((name) => fields.some((field) => field.name === name));
    const before = readList({ ...recipe, list, fields, checks: { ...recipe.checks, required } }, page, embedded);
    if (fits(before)) return before;
  }
  return read;
}

function fits({ records, drift }: Read): boolean {
  return records.length > 0 && drift.every(({ severity }) => severity !== "broken");
}

function readList(recipe: Recipe, page: Page, embedded: boolean): Read {
  return recipe.list.embedded ? readFromData(recipe, recipe.list.embedded, page, embedded) : readRecords(recipe, page);
}

/** Records from the data that the page carries beside its text. */
function readFromData(recipe: Recipe, rule: EmbeddedRule, page: Page, isAllowed: boolean): Read {
  const list = isAllowed ? readEmbeddedList(page, rule, recipe.fields) : null;
  if (list) return { ...list, drift: checkFields(recipe, list.records, []) };
  const message = isAllowed
    ? "The page no longer carries the data that the records were read from."
    : "The records are in embedded data, which is switched off.";
  return { records: [], drift: [{ kind: "list_missing", severity: "broken", message }] };
}

/**
 * The row with the names of the columns is no record, though it looks like one where few records are left. It holds nothing
 * but names: records too say "Agenda" and "Minutes" in the columns of these names.
 */
export function isHead({ fields }: Recipe, row: Readonly<Record<string, ExtractedValue>>): boolean {
  let named = 0;
  for (const { name, type, places } of fields) {
    const [place] = places;
    const value = row[name];
    if (!value || place?.by !== "header" || type === "url") continue;
    if (value.raw !== place.header) return false;
    named += 1;
  }
  return named > 1;
}

interface Read {
  readonly records: ExtractedRecord[];
  readonly declared?: DeclaredTotal | null;
  readonly drift: Drift[];
}

/** The records that a page shows, and what does not fit the recipe. */
function readRecords(recipe: Recipe, page: Page): Read {
  const direct = locateRecords(recipe.list, page);
  const located = direct.units.length > 0 ? direct : relocateRecords(recipe.list, page);
  const paths = new NodePaths();
  const columns = readColumns(recipe.fields, located.units, new FieldReader(page, paths));
  const rows: Record<string, ExtractedValue>[] = located.units.map(() => ({}));
  for (const { rule, values } of columns)
    values.forEach((value, i) => {
      const row = rows[i];
      if (value && row) row[rule.name] = value;
    });
  const records = located.units.flatMap((unit, i) => {
    const row = rows[i] ?? {};
    return isHead(recipe, row) ? [] : [buildRecord(page, unit, row, paths)];
  });
  const places = columns.map(({ place }) => place);
  return { records, drift: [...checkList(recipe, located), ...checkFields(recipe, records, places)] };
}
