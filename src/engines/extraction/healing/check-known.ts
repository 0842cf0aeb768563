import type { Page } from "../page/page.ts";
import type { Recipe } from "../recipe.ts";
import type { Drift, ExtractedRecord, PageExtraction } from "../records/extracted-record.ts";
import { applyRecipe } from "../apply-recipe.ts";
import { PageWords } from "./page-words.ts";
import { distinctRecords, pairSurely } from "./pair-records.ts";
import { otherListSign, type Compared } from "./signs/compared.ts";
import { columnsChanged } from "./signs/columns-changed.ts";
import { otherList } from "./signs/other-list.ts";
import { valuesChanged } from "./signs/values-changed.ts";
import { valuesMoved } from "./signs/values-moved.ts";

/** Fewer known records than this prove nothing. */
const LEAST_KNOWN = 3;

/** Records of one page of an earlier run. */
export type KnownRecords = readonly ExtractedRecord[];

/**
 * Whether a page that a recipe still reads is read wrongly, told by records that are known from before: they stand on the
 * page but not in the list, their values stand on the page but no longer in their field, or what a field holds now cannot be
 * what it held. Values that really changed (a deadline, days that are left, a mark for what is new) are no drift, nor is a
 * list of other records. What the recipe does not expect any more is not missed.
 */
export function checkKnown(
  recipe: Recipe,
  page: Page,
  { records, drift }: Pick<PageExtraction, "records" | "drift">,
  earlier: readonly KnownRecords[],
): readonly Drift[] {
  const expected = new Set(recipe.fields.filter(({ fingerprint }) => fingerprint.fill > 0).map(({ name }) => name));
  const pages = earlier.map((known) => known.map((record) => onlyFields(record, expected)));
  const known = distinctRecords(pages.flat());
  if (known.length < LEAST_KNOWN || records.length === 0) return [];
  const pairs = pairSurely(known, records);
  const moved = new Set(drift.filter(({ kind }) => kind === "field_moved").flatMap(({ field }) => field ?? []));
  const compared = { known, pages, records, pairs, moved: unnamed(recipe, moved), shown: new PageWords(page) };
  const rules = [otherList, valuesMoved, valuesChanged, columnsChanged];
  const signs = [...rules.flatMap((rule) => rule(compared)), ...cutApart(recipe, page, compared)];
  return signs.filter(({ field }, at) => field === undefined || signs.findIndex((one) => one.field === field) === at);
}

/** Fields that were learnt by a name, and are now found by their place alone. */
function unnamed({ fields }: Recipe, moved: ReadonlySet<string>): Set<string> {
  const isNamed = ({ places: [first] }: Recipe["fields"][number]) => first?.by === "header" || first?.by === "label";
  return new Set(fields.filter((field) => moved.has(field.name) && isNamed(field)).map(({ name }) => name));
}

function onlyFields(record: ExtractedRecord, expected: ReadonlySet<string>): ExtractedRecord {
  return {
    ...record,
    fields: Object.fromEntries(Object.entries(record.fields).filter(([name]) => expected.has(name))),
  };
}

/** Fewer may be pinned, or named once more. */
const LEAST_APART = 2;

/** Known records stand in a second list beside the one that is read, built like it: the list was cut into parts. */
function cutApart(recipe: Recipe, page: Page, { pages: [first = []], pairs, records }: Compared): Drift[] {
  const { list } = recipe;
  if (list.several || list.embedded || page.isData) return [];
  const whole = { ...recipe, list: { ...list, several: true }, earlier: [] };
  const all = applyRecipe(whole, page, { pagination: false }).records;
  if (all.length <= records.length) return [];
  const [read, paired] = [new Set(records.map(({ path }) => path)), new Set(pairs.map(({ known }) => known.key))];
  const beside = all.filter(({ path }) => !read.has(path));
  const missed = pairSurely(first, beside).filter(({ known }) => !paired.has(known.key)).length;
  if (missed < LEAST_APART) return [];
  return [otherListSign(`${missed} known records stand in a second list beside the one that is read.`)];
}
