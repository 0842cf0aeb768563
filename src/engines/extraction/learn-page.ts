import type { FoundForm } from "./forms/found-form.ts";
import { findForms } from "./forms/find-forms.ts";
import type { ListCandidate } from "./lists/list-candidate.ts";
import { classifyPage } from "./page-kind/classify-page.ts";
import type { PageKind } from "./page-kind/page-kind.ts";
import type { Page } from "./page/page.ts";
import { findPagination } from "./pagination/find-pagination.ts";
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
export function learnPage(page: Page, _options: LearnOptions = {}): Learned {
  const pagination = findPagination(page);
  return {
    kind: classifyPage(page).kind,
    recipe: null,
    confidence: 0,
    extraction: null,
    candidates: [],
    pagination,
    declared: pagination.declared,
    forms: findForms(page),
    notes: [],
  };
}
