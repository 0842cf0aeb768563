import { applyRecipe } from "./apply-recipe.ts";
import { learnFields } from "./columns/learn-fields.ts";
import type { FoundForm } from "./forms/found-form.ts";
import { findForms } from "./forms/find-forms.ts";
import { findLists } from "./lists/find-lists.ts";
import type { ListCandidate } from "./lists/list-candidate.ts";
import { learnListRule } from "./lists/learn-list-rule.ts";
import { locateRecords } from "./lists/locate-records.ts";
import type { Ranked } from "./lists/rank-lists.ts";
import { outlineOf } from "./outline/page-outline.ts";
import { classifyPage } from "./page-kind/classify-page.ts";
import type { PageKind } from "./page-kind/page-kind.ts";
import { nodePath } from "./page/node-path.ts";
import type { Page } from "./page/page.ts";
import { findPagination } from "./pagination/find-pagination.ts";
import { learnPagination } from "./pagination/learn-pagination.ts";
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
  readonly pagination: Pagination;
  readonly declared: DeclaredTotal | null;
  readonly forms: readonly FoundForm[];
  /** Sentences for people: what is unsure. */
  readonly notes: readonly string[];
}

/** Learns a listing from one of its pages: finds the records, their columns, and the way on. */
export function learnPage(page: Page, options: LearnOptions = {}): Learned {
  const pagination = findPagination(page);
  const ranked = findLists(page);
  const best = ranked[0];
  const recipe = best ? learnRecipe(page, best, pagination) : null;
  const extraction = recipe ? applyRecipe(recipe, page, options) : null;
  return {
    kind: classifyPage(page, { list: best ? { records: best.candidate.units.length, score: best.score } : null }).kind,
    recipe,
    confidence: recipe?.learned.confidence ?? 0,
    extraction,
    candidates: describeLists(page, ranked.slice(0, 10)),
    pagination,
    declared: pagination.declared,
    forms: findForms(page),
    notes: [],
  };
}

function learnRecipe(page: Page, best: Ranked, pagination: Pagination): Recipe {
  const list = learnListRule(page, best.candidate);
  const { units } = locateRecords(list, page);
  const fields = learnFields(page, units);
  return {
    format: 1,
    name: page.title === "" ? "Listing" : page.title.slice(0, 300),
    source: { url: page.url },
    learned: { at: null, by: "analyser", confidence: 0.5 },
    entry: { url: page.url },
    transport: "http",
    list,
    fields,
    pagination: learnPagination(page, pagination),
    checks: {
      records: { min: 1, learned: units.length },
      required: fields.filter(({ required }) => required).map(({ name }) => name),
    },
  };
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
