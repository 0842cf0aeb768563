import type { Page } from "../page/page.ts";
import type { Pagination } from "./pagination.ts";

/** Finds how a page leads on to the rest of its listing: links, form post-backs, buttons, scrolling. */
export function findPagination(_page: Page): Pagination {
  return {
    kind: "none",
    next: null,
    previous: null,
    pages: [],
    more: null,
    declared: null,
    current: null,
    addresses: null,
    links: [],
  };
}
