import { applyRecipe } from "../apply-recipe.ts";
import type { FieldRule } from "../columns/field-rule.ts";
import { learnEmbeddedList, learnShownList, type LearnedList } from "../learn-list.ts";
import { bindToHeading } from "../lists/bind-to-heading.ts";
import { findLists } from "../lists/find-lists.ts";
import type { Ranked } from "../lists/rank-lists.ts";
import type { Page } from "../page/page.ts";
import { learnPagination } from "../pagination/learn-pagination.ts";
import type { Recipe } from "../recipe.ts";
import type { ExtractedRecord } from "../records/extracted-record.ts";
import { isSameValue } from "./check-known.ts";
import { countDoubled, pairRecords, sameForm, type RecordPair } from "./pair-records.ts";

/** A page as it was when the recipe still fitted, with what it gave then. */
export interface KnownGood {
  readonly page: Page;
  readonly records: readonly ExtractedRecord[];
}

/** What speaks for a healed recipe. All counts are of records but `fields` and `lost`. */
export interface HealProof {
  /** Known records that stand on the changed page too. */
  readonly paired: number;
  readonly known: number;
  readonly now: number;
  /** Share of the paired values that are the same, over all fields that were kept. */
  readonly agreement: number;
  readonly kept: readonly string[];
  /** Fields that the changed page does not have. */
  readonly lost: readonly string[];
  /** Stored pages that the healed recipe reads as they were read then. */
  readonly reproduced: number;
  readonly snapshots: number;
}

export type Healing =
  | { readonly kind: "healed"; readonly recipe: Recipe; readonly proof: HealProof }
  /** `recipe` is the best guess, for a person to look at; null when there is none. */
  | {
      readonly kind: "unsure";
      readonly recipe: Recipe | null;
      readonly proof: HealProof | null;
      readonly reasons: readonly string[];
    };

const MOST_CANDIDATES = 6;
/** Earlier looks of a page that a recipe remembers. */
const MOST_EARLIER = 3;
const LEAST_PAIRS = 2;
/** Of the smaller of the two lists: tenders close and new ones come, but not all of them between two runs. */
const LEAST_SHARE = 0.3;
/** A value is the same in so many of the pairs, else the column is another. */
const SAME = 0.9;
/** Of the pairs: so many known records may stand on the page twice. */
const MOST_DOUBLED = 0.2;
/** Of the fields; what a page has lost beyond that is for a person to judge. */
const LEAST_KEPT = 0.6;

/**
 * Learns a changed page anew and keeps it only with proof: records that are known from before stand on it, each known field
 * gives them the same values, and the stored pages still give what they gave. Names, places and classes prove nothing.
 */
export function healRecipe(old: Recipe, page: Page, snapshots: readonly KnownGood[]): Healing {
  const known = distinct(snapshots.flatMap(({ records }) => records));
  if (known.length === 0) return unsure(["No page is stored on which the recipe was right."]);
  const ranked = rankedLike(old, page);
  const shown = ranked.map((_, at) => learnShownList(page, ranked, at)).filter((one) => one !== null);
  const embedded = learnEmbeddedList(page, shown[0] ?? null);
  const attempts = [...(embedded ? [embedded] : []), ...shown]
    .map((learnt) => attempt(old, page, learnt, known))
    .filter((one) => one !== null)
    .sort(
      (a, b) =>
        b.proof.paired * b.proof.agreement * b.proof.kept.length -
        a.proof.paired * a.proof.agreement * a.proof.kept.length,
    );
  const [best, ...others] = attempts;
  if (!best) return unsure(["The changed page holds no list with records that are known from before."]);
  const proof = { ...best.proof, ...reproduce(best.recipe, snapshots) };
  const reasons = doubts(old, best, others, proof);
  return reasons.length === 0
    ? { kind: "healed", recipe: best.recipe, proof }
    : { kind: "unsure", recipe: best.recipe, proof, reasons };
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

interface Attempt {
  readonly recipe: Recipe;
  readonly records: readonly ExtractedRecord[];
  readonly proof: HealProof;
  readonly broken: readonly string[];
}

function attempt(old: Recipe, page: Page, learnt: LearnedList, known: readonly ExtractedRecord[]): Attempt | null {
  const raw = applyRecipe(recipeWith(old, page, learnt), page, { pagination: false });
  const pairs = pairRecords(known, raw.records);
  if (pairs.length === 0 || countDoubled(known, raw.records) > pairs.length * MOST_DOUBLED) return null;
  const { fields, agreement } = matchFields(old.fields, learnt.fields, pairs);
  if (fields.length === 0) return null;
  const recipe = recipeWith(old, page, { ...learnt, fields });
  const { records, drift } = applyRecipe(recipe, page, { pagination: false });
  const kept = fields.map(({ name }) => name);
  const lost = old.fields.map(({ name }) => name).filter((name) => !kept.includes(name));
  const broken = drift.filter(({ severity }) => severity === "broken").map(({ message }) => message);
  const proof = {
    paired: pairs.length,
    known: known.length,
    now: records.length,
    agreement,
    kept,
    lost,
    reproduced: 0,
    snapshots: 0,
  };
  return { recipe, records, proof, broken };
}

/** Which learnt column gives the known values of a field. What a column is called decides only between equals. */
function matchFields(
  old: readonly FieldRule[],
  learnt: readonly FieldRule[],
  pairs: readonly RecordPair[],
): { fields: FieldRule[]; agreement: number } {
  const taken = new Set<FieldRule>();
  const fields: FieldRule[] = [];
  let same = 0;
  let compared = 0;
  for (const field of old) {
    const scored = learnt
      .filter((rule) => !taken.has(rule))
      .map((rule) => ({ rule, ...agreementOf(field.name, rule.name, pairs) }))
      .filter((one) => one.compared >= Math.min(LEAST_PAIRS, pairs.length) && one.same >= one.compared * SAME)
      .sort((a, b) => b.same - a.same || Number(b.rule.name === field.name) - Number(a.rule.name === field.name));
    const [best] = scored;
    if (!best) continue;
    taken.add(best.rule);
    same += best.same;
    compared += best.compared;
    fields.push({ ...best.rule, name: field.name, required: best.rule.required && field.required });
  }
  return { fields, agreement: compared === 0 ? 0 : same / compared };
}

function agreementOf(was: string, is: string, pairs: readonly RecordPair[]): { same: number; compared: number } {
  let same = 0;
  let compared = 0;
  for (const { known, now } of pairs) {
    const before = known.fields[was];
    const after = now.fields[is];
    if (!before) continue;
    compared += 1;
    if (after && isSameValue(before, after)) same += 1;
  }
  return { same, compared };
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

/** How many stored pages the healed recipe reads as they were read when they were stored. */
function reproduce(recipe: Recipe, snapshots: readonly KnownGood[]): { reproduced: number; snapshots: number } {
  const right = snapshots.filter(({ page, records }) => {
    const again = applyRecipe(recipe, page, { pagination: false }).records;
    return again.length === records.length && records.every((record, at) => isSame(record, again[at]));
  });
  return { reproduced: right.length, snapshots: snapshots.length };
}

function isSame(record: ExtractedRecord, again: ExtractedRecord | undefined): boolean {
  if (!again || again.key !== record.key) return false;
  const names = Object.keys(record.fields);
  return (
    names.length === Object.keys(again.fields).length &&
    names.every((name) => again.fields[name]?.value === record.fields[name]?.value)
  );
}

function doubts(old: Recipe, best: Attempt, others: readonly Attempt[], proof: HealProof): string[] {
  const { paired, known, now, agreement, kept, lost, reproduced, snapshots } = proof;
  const share = paired / Math.max(1, Math.min(known, now));
  const rival = others.find((other) => isRival(other, best));
  return [
    ...(paired < LEAST_PAIRS || share < LEAST_SHARE
      ? [`Only ${paired} of ${Math.min(known, now)} records are known from before.`]
      : []),
    ...(agreement < SAME ? [`Only ${Math.round(agreement * 100)} % of the known values came again.`] : []),
    ...(kept.length < old.fields.length * LEAST_KEPT
      ? [`${lost.length} of ${old.fields.length} fields are gone: ${lost.join(", ")}.`]
      : []),
    ...lost
      .filter((name) => old.checks.required.includes(name))
      .map((name) => `"${name}", which every record must have, is gone.`),
    ...best.broken,
    ...(reproduced < snapshots
      ? [`${snapshots - reproduced} of ${snapshots} stored pages are no longer read as they were.`]
      : []),
    ...(rival ? ["Two lists of the page hold the known records, and differ in others."] : []),
  ];
}

/** Another list that fits about as well, but does not hold the same records: one of the two is a decoy. */
function isRival(other: Attempt, best: Attempt): boolean {
  if (other.proof.paired < best.proof.paired * 0.7 || other.proof.kept.length < best.proof.kept.length * 0.7)
    return false;
  const texts = new Set(best.records.map(({ text }) => sameForm(text)));
  const strange = other.records.filter(
    ({ text }) => ![...texts].some((known) => known.includes(sameForm(text)) || sameForm(text).includes(known)),
  );
  return strange.length > 0;
}

function distinct(records: readonly ExtractedRecord[]): ExtractedRecord[] {
  return [...new Map(records.map((record) => [record.key, record])).values()];
}

const unsure = (reasons: readonly string[]): Healing => ({ kind: "unsure", recipe: null, proof: null, reasons });
