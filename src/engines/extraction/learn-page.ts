import { applyRecipe } from "./apply-recipe.ts";
import { pagedByData } from "./endpoint/endpoint-recipe.ts";
import type { FoundForm } from "./forms/found-form.ts";
import { findForms } from "./forms/find-forms.ts";
import { bindToHeading } from "./lists/bind-to-heading.ts";
import { findLists } from "./lists/find-lists.ts";
import { rivalsOf } from "./doubts/rival-lists.ts";
import { locateRecords } from "./lists/locate-records.ts";
import { hintedList } from "./lists/hinted-list.ts";
import type { ListCandidate, RivalList } from "./lists/list-candidate.ts";
import { learnEmbeddedList, learnShownList, type LearnedList } from "./learn-list.ts";
import { selectWished, type Wished } from "./select-wished.ts";
import type { Ranked } from "./lists/rank-lists.ts";
import { outlineOf } from "./outline/page-outline.ts";
import { classifyPage } from "./page-kind/classify-page.ts";
import type { PageKind } from "./page-kind/page-kind.ts";
import { nodePath } from "./page/node-path.ts";
import type { Page } from "./page/page.ts";
import { findPagination } from "./pagination/find-pagination.ts";
import { hintedNext, learnPagination } from "./pagination/learn-pagination.ts";
import type { DeclaredTotal, Pagination } from "./pagination/pagination.ts";
import type { Recipe } from "./recipe.ts";
import type { PageExtraction } from "./records/extracted-record.ts";
import type { Wish } from "./wish/wish.ts";

export interface LearnOptions {
  readonly wish?: Wish;
  /** False leaves JSON-LD, microdata and script state aside. Default true. */
  readonly embedded?: boolean;
  /** Further pages of the same listing: rules that hold there too are preferred. */
  readonly others?: readonly Page[];
  /** Where a person found the list: a selector of its records, or of what holds them. */
  readonly listSelector?: string;
  /** What a person says leads on: a selector of the one control. */
  readonly nextSelector?: string;
}

export interface Learned {
  readonly kind: PageKind;
  /** Null when the page holds no list. */
  readonly recipe: Recipe | null;
  /** 0 to 1. */
  readonly confidence: number;
  /** What the recipe gives on this page. */
  readonly extraction: PageExtraction | null;
  /** Lists of the page, best first. */
  readonly candidates: readonly ListCandidate[];
  /** Whether the list is where a person's selector says. */
  readonly isPointed: boolean;
  /** Those that may be meant as well; none where a person pointed at the list, or wished for its fields. */
  readonly rivals: readonly RivalList[];
  readonly pagination: Pagination;
  readonly declared: DeclaredTotal | null;
  readonly forms: readonly FoundForm[];
  /** Sentences for people: what is unsure. */
  readonly notes: readonly string[];
}

/** Below this a page has no list worth the name: a few links, the parts of an article. */
const LEAST_SCORE = 6;
/** Other lists are tried for what was wished, down to this share of the best one's score. */
const WORTH_TRYING = 0.25;

/** Learns a listing from one of its pages: finds the records, their columns, and the way on. */
export function learnPage(page: Page, options: LearnOptions = {}): Learned {
  const pagination = findPagination(page);
  const all = findLists(page);
  const { ranked, hints } = rankedFor(page, all, options);
  const { learnt, notes: wishes } = learnWished(page, ranked, options);
  const way = wayOn(page, pagination, options);
  const isPointed = options.listSelector !== undefined && hints.length === 0;
  const isChosen = isPointed || (options.wish?.fields.length ?? 0) > 0;
  const rivals = learnt && !learnt.list.embedded && !isChosen ? rivalsIn(page, all, learnt) : [];
  const notes = [...hints, ...conflictNotes(page), ...wishes, ...way.notes, ...rivals.map(noteOfRival)];
  const { recipe, extraction } = learnt ? tried(recipeOf(page, learnt, way.recipe), page, options) : NOTHING;
  return {
    kind: classifyPage(page, { list: learnt ? { records: learnt.count, score: ranked[0]?.score ?? 0 } : null }).kind,
    recipe,
    confidence: recipe?.learned.confidence ?? 0,
    extraction,
    isPointed,
    rivals,
    candidates: describeLists(page, all.slice(0, 10)),
    pagination,
    declared: pagination.declared,
    forms: findForms(page),
    notes: learnt ? notes : [...notes, "The page holds no list of records."],
  };
}

function rivalsIn(page: Page, all: readonly Ranked[], { list }: LearnedList): RivalList[] {
  return rivalsOf(page, all, locateRecords(list, page).units);
}

function conflictNotes({ conflicts }: Page): string[] {
  if (conflicts === 0) return [];
  const what = conflicts === 1 ? "an unresolved conflict" : `${String(conflicts)} unresolved conflicts`;
  return [
    `The stored page holds ${what} of a version control system; only the lower side (what was being brought in) was read.`,
  ];
}

function noteOfRival({ selector, count, sample }: RivalList): string {
  return `The page has another list that may be meant: ${count} records at "${selector}", the first begins "${sample.slice(0, 60)}". To take it, give that selector as opportunityListSelector.`;
}

/** The list that a person pointed at goes first, however little it looks like one. */
function rankedFor(
  page: Page,
  all: readonly Ranked[],
  { listSelector }: LearnOptions,
): { ranked: readonly Ranked[]; hints: string[] } {
  const ranked = all.filter(({ score }) => score >= LEAST_SCORE);
  if (listSelector === undefined) return { ranked, hints: [] };
  const hinted = hintedList(page, all, listSelector);
  if (!hinted)
    return { ranked, hints: [`No list of records stands at "${listSelector}"; it was looked for elsewhere.`] };
  const { candidate, score } = hinted;
  const meant = { candidate: bindToHeading(page, all, candidate, candidate.containers), score };
  return { ranked: [meant, ...ranked.filter((one) => one !== hinted)], hints: [] };
}

/** The way on that was found; where a person pointed at its control, that one goes first. */
function wayOn(
  page: Page,
  pagination: Pagination,
  { nextSelector }: LearnOptions,
): { recipe: Recipe["pagination"]; notes: string[] } {
  const found = learnPagination(page, pagination);
  if (nextSelector === undefined) return { recipe: found, notes: [] };
  const next = hintedNext(page, nextSelector);
  if (!next)
    return {
      recipe: found,
      notes: [`Nothing that leads on stands at "${nextSelector}"; it was looked for elsewhere.`],
    };
  return { recipe: { ...found, kind: found.kind === "none" ? "next-link" : found.kind, next }, notes: [] };
}

/** The best list; where something was wished, the one of the best few that answers most of it. */
function learnWished(
  page: Page,
  ranked: readonly Ranked[],
  { wish, embedded = true }: LearnOptions,
): { learnt: LearnedList | null; notes: string[] } {
  const shown = learnShownList(page, ranked, 0);
  const learnt = (embedded ? learnEmbeddedList(page, shown) : null) ?? shown;
  if (!wish || wish.fields.length === 0) return { learnt, notes: [] };
  const top = ranked[0]?.score ?? 0;
  const tried = [
    learnt,
    ...[1, 2].map((at) => ((ranked[at]?.score ?? 0) >= top * WORTH_TRYING ? learnShownList(page, ranked, at) : null)),
  ];
  let best: Wished | null = null;
  for (const one of tried) {
    const answer = one ? selectWished(page, one, wish) : null;
    if (answer && (!best || answer.missing < best.missing)) best = answer;
  }
  return { learnt: best?.learnt ?? learnt, notes: best?.notes ?? [] };
}

function recipeOf(
  page: Page,
  { list, fields, count, confidence, paging }: LearnedList,
  pagination: Recipe["pagination"],
): Recipe {
  return {
    format: 1,
    name: page.title === "" ? "Listing" : page.title.slice(0, 300),
    source: { url: page.url },
    learned: { at: null, by: "analyser", confidence },
    entry: { url: page.url },
    transport: "http",
    list,
    fields,
    pagination: paging ? pagedByData(paging) : pagination,
    checks: {
      records: { min: 1, learned: count },
      required: fields.filter(({ required }) => required).map(({ name }) => name),
    },
  };
}

const NOTHING = { recipe: null, extraction: null };

/** What a recipe gives on its page. All records of all pages at hand tell which fields are not in every one after all. */
function tried(recipe: Recipe, page: Page, options: LearnOptions): { recipe: Recipe; extraction: PageExtraction } {
  const extraction = applyRecipe(recipe, page, options);
  const records = [extraction, ...(options.others ?? []).map((other) => applyRecipe(recipe, other, options))].flatMap(
    (one) => one.records,
  );
  const optional = new Set(
    recipe.fields
      .filter(({ name, required }) => required && records.some(({ fields }) => fields[name] === undefined))
      .map(({ name }) => name),
  );
  if (optional.size === 0) return { recipe, extraction };
  const loosened = {
    ...recipe,
    fields: recipe.fields.map((field) => (optional.has(field.name) ? { ...field, required: false } : field)),
    checks: { ...recipe.checks, required: recipe.checks.required.filter((name) => !optional.has(name)) },
  };
  return { recipe: loosened, extraction: applyRecipe(loosened, page, options) };
}

function describeLists(page: Page, ranked: readonly Ranked[]): ListCandidate[] {
  const outline = outlineOf(page);
  const top = ranked[0]?.score ?? 1;
  return ranked.map(({ candidate, score }) => {
    const [container] = candidate.containers;
    const [unit] = candidate.units;
    return {
      path: container ? nodePath(container) : "",
      count: candidate.units.length,
      score: Math.round((score / top) * 1000) / 1000,
      sample: unit ? outline.text.slice(unit.span[0], Math.min(unit.span[1], unit.span[0] + 200)) : "",
    };
  });
}
