import { applyRecipe } from "../apply-recipe.ts";
import type { FieldRule } from "../columns/field-rule.ts";
import { learnFields } from "../columns/learn-fields.ts";
import { learnEmbeddedList, learnShownList, type LearnedList } from "../learn-list.ts";
import { bindToHeading } from "../lists/bind-to-heading.ts";
import { findLists } from "../lists/find-lists.ts";
import { locateRecords } from "../lists/locate-records.ts";
import type { Ranked } from "../lists/rank-lists.ts";
import type { Page } from "../page/page.ts";
import { NodePaths } from "../outline/node-paths.ts";
import { pathOf } from "../records/build-record.ts";
import { learnPagination } from "../pagination/learn-pagination.ts";
import type { Recipe } from "../recipe.ts";
import type { Drift, ExtractedRecord } from "../records/extracted-record.ts";
import { ValueSearch, type Stands } from "./find-again.ts";
import { lossOf, type Loss } from "./lost-fields.ts";
import { agreementOf, matchFields, ruleFor, type ColumnNow } from "./match-fields.ts";
import { countDoubled, pairSurely, type RecordPair } from "./pair-records.ts";

const MOST_CANDIDATES = 6;
/** Earlier looks of a page that a recipe remembers. */
const MOST_EARLIER = 3;
/** Of the pairs: so many known records may stand on the page twice. */
const MOST_DOUBLED = 0.2;

/** A list of the changed page, read as the fields that were known. */
export interface HealAttempt {
  readonly recipe: Recipe;
  readonly records: readonly ExtractedRecord[];
  readonly pairs: readonly RecordPair[];
  /** Share of the paired values that are the same, over all fields that were kept. */
  readonly agreement: number;
  readonly kept: readonly string[];
  readonly lost: ReadonlyMap<string, Loss>;
  /** Fields of which the list shows other values for the same records. */
  readonly contradicted: readonly string[];
  /** What of the changed page does not fit the healed recipe. */
  readonly drift: readonly Drift[];
}

/** Reads every list of the page that could be the known one, the best first. */
export function attemptsOn(old: Recipe, page: Page, known: readonly ExtractedRecord[]): HealAttempt[] {
  return candidatesOn(old, page)
    .map((learnt) => attempt(old, page, learnt, known))
    .filter((one) => one !== null)
    .sort((a, b) => weightOf(b) - weightOf(a) || densityOf(b) - densityOf(a));
}

/** A list that says otherwise of the same records is another one, however many of them it holds. */
const weightOf = ({ pairs, agreement, kept, contradicted }: HealAttempt): number =>
  (pairs.length * agreement * kept.length) / (contradicted.length > 0 ? 10 : 1);
const densityOf = ({ pairs, records }: HealAttempt): number => pairs.length / Math.max(1, records.length);

function candidatesOn(old: Recipe, page: Page): LearnedList[] {
  const { list } = old;
  const ranked = rankedLike(old, page);
  const shown = ranked.map((_, at) => learnShownList(page, ranked, at)).filter((one) => one !== null);
  const embedded = learnEmbeddedList(page, shown[0] ?? null);
  const { units } = list.embedded ? { units: [] } : locateRecords(list, page);
  const inPlace = { list, fields: learnFields(page, units), count: units.length, confidence: 1 };
  return [...(embedded ? [embedded] : []), ...(units.length > 1 ? [inPlace] : []), ...shown];
}

/** The lists of the changed page; where one was meant among others that are built alike, each is bound to its own heading. */
function rankedLike({ list: { under } }: Recipe, page: Page): Ranked[] {
  const ranked = findLists(page);
  const best = ranked.slice(0, MOST_CANDIDATES);
  if (under === undefined) return best;
  return best.map(({ candidate, score }) => ({
    candidate: bindToHeading(page, ranked, candidate, candidate.containers),
    score,
  }));
}

function attempt(old: Recipe, page: Page, learnt: LearnedList, known: readonly ExtractedRecord[]): HealAttempt | null {
  const raw = applyRecipe(recipeWith(old, page, learnt), page, { pagination: false });
  const pairs = pairSurely(known, raw.records);
  if (pairs.length === 0 || countDoubled(known, raw.records) > pairs.length * MOST_DOUBLED) return null;
  const columns = learnt.fields.map((rule): ColumnNow => ({ rule, valueIn: ({ fields }) => fields[rule.name] }));
  const search = new ValueSearch(standsOf(page, learnt, raw.records), pairs);
  const matched = matchFields(old.fields, columns, pairs, (field, column) => search.isWhole(field, column));
  const found = new Map(matched);
  for (const field of old.fields.filter((one) => !matched.has(one))) {
    const again = search.find(field);
    if (again) found.set(field, again);
  }
  if (found.size === 0) return null;
  const fields = old.fields.flatMap((field) => {
    const column = found.get(field);
    return column ? [ruleFor(field, column)] : [];
  });
  const kept = fields.map(({ name }) => name);
  const missing = old.fields.filter(({ name }) => !kept.includes(name));
  const free = columns.filter((column) => ![...found.values()].includes(column));
  const contradicted = contradictions(missing, free, pairs);
  const losing = { page, known, pairs, kept, contradicted };
  const lost = new Map(missing.map((field) => [field.name, lossOf(field, losing)]));
  const recipe = recipeWith(old, page, { ...learnt, fields: withOptional(old, page, learnt, fields) });
  const { records, drift } = applyRecipe(recipe, page, { pagination: false });
  return {
    recipe,
    records,
    pairs,
    agreement: overall(found, pairs),
    kept,
    lost,
    contradicted,
    drift,
  };
}

function overall(found: ReadonlyMap<FieldRule, ColumnNow>, pairs: readonly RecordPair[]): number {
  const all = [...found].map(([{ name }, column]) => agreementOf(name, column, pairs));
  const compared = all.reduce((sum, one) => sum + one.compared, 0);
  return compared === 0 ? 0 : all.reduce((sum, one) => sum + one.same, 0) / compared;
}

/** Types of which a record has one for each of its fields: another value of the type is another value of the field. */
const SPEAKING: ReadonlySet<string> = new Set(["date", "datetime", "money"]);
const LEAST_COMPARED = 3;

function contradictions(
  missing: readonly FieldRule[],
  columns: readonly ColumnNow[],
  pairs: readonly RecordPair[],
): string[] {
  return missing
    .filter(({ name, type }) =>
      columns.some((column) => {
        const { same, compared } = agreementOf(name, column, pairs);
        return SPEAKING.has(type) && column.rule.type === type && compared >= LEAST_COMPARED && same * 2 < compared;
      }),
    )
    .map(({ name }) => name);
}

/** What the page has no longer stays in the recipe where it finds nothing: stored pages are read by it, and it may come back. */
function withOptional(old: Recipe, page: Page, learnt: LearnedList, fields: readonly FieldRule[]): FieldRule[] {
  const optional = old.fields
    .filter(({ name }) => fields.every((field) => field.name !== name))
    .map((field) => ({ ...field, required: false, fingerprint: { ...field.fingerprint, fill: 0 } }));
  const { records } = applyRecipe(recipeWith(old, page, { ...learnt, fields: [...fields, ...optional] }), page, {
    pagination: false,
  });
  const silent = optional.filter(({ name }) => records.every((record) => record.fields[name] === undefined));
  const names = new Set([...fields, ...silent].map(({ name }) => name));
  return old.fields.flatMap(({ name }) =>
    names.has(name) ? ([...fields, ...silent].find((field) => field.name === name) ?? []) : [],
  );
}

function standsOf(page: Page, { list }: LearnedList, records: readonly ExtractedRecord[]): Stands {
  const units = list.embedded ? [] : locateRecords(list, page).units;
  const paths = new NodePaths();
  const byPath = new Map(units.map((unit) => [pathOf(unit, paths), unit]));
  const stands = records.flatMap((record) => {
    const unit = byPath.get(record.path);
    return unit ? [[record, unit] as const] : [];
  });
  return { page, units: stands.map(([, unit]) => unit), unitOf: new Map(stands) };
}

function recipeWith(old: Recipe, page: Page, { list, fields, count }: LearnedList): Recipe {
  const earlier = [{ list: old.list, fields: old.fields }, ...(old.earlier ?? [])].slice(0, MOST_EARLIER);
  const names = new Set(fields.filter(({ required }) => required).map(({ name }) => name));
  return {
    ...old,
    learned: { at: null, by: "healed", confidence: old.learned.confidence },
    list,
    fields,
    pagination: learnPagination(page),
    earlier,
    checks: {
      records: { min: old.checks.records.min, learned: count },
      required: old.checks.required.filter((name) => names.has(name)),
    },
  };
}
