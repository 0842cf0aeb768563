import type { Page } from "../page/page.ts";
import { findPagination } from "./find-pagination.ts";
import type { PaginationRecipe } from "./pagination-recipe.ts";
import type { DeclaredTotal, PageStep } from "./pagination.ts";

/** Where a page of the listing leads, the next page first; and what it declares. */
export function applyPagination(
  _recipe: PaginationRecipe,
  page: Page,
): { steps: PageStep[]; declared: DeclaredTotal | null; current: number | null } {
  const found = findPagination(page);
  return { steps: found.next ? [found.next] : [], declared: found.declared, current: found.current };
}
