import type { Page } from "../page/page.ts";
import { findPagination } from "./find-pagination.ts";
import type { PaginationRecipe } from "./pagination-recipe.ts";
import type { Pagination } from "./pagination.ts";

/** What to keep of a page's pagination, so that other pages of the listing are read the same way. */
export function learnPagination(page: Page, found: Pagination = findPagination(page)): PaginationRecipe {
  return { kind: found.kind, next: null, addresses: found.addresses };
}
