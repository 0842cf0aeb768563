import { nodeAt } from "../page/node-path.ts";
import type { Page } from "../page/page.ts";
import { stepOf } from "./control-step.ts";
import { controlsOf, labelOf } from "./control.ts";
import { durableSelectors, onlyElement } from "./durable-selector.ts";
import { findPagination } from "./find-pagination.ts";
import type { PaginationRecipe } from "./pagination-recipe.ts";
import type { PageStep, Pagination } from "./pagination.ts";

/** What to keep of a page's pagination, so that other pages of the listing are read the same way. */
export function learnPagination(page: Page, found: Pagination = findPagination(page)): PaginationRecipe {
  const step = found.older ?? found.next ?? found.more;
  return {
    kind: found.kind,
    next: step ? { ...controlOf(step, page, found), by: step.kind } : null,
    addresses: found.addresses,
  };
}

/** The control that a person says leads on; null where nothing, several things or nothing that leads anywhere stands there. */
export function hintedNext(page: Page, selector: string): PaginationRecipe["next"] {
  const node = onlyElement(selector, page);
  const control = node && controlsOf(page).find((one) => one.node === node);
  const step = control ? stepOf(control, page, "next", null) : null;
  if (!control || !step) return null;
  const others = durableSelectors(control.node, page).filter((one) => one !== selector);
  return { selectors: [selector, ...others], label: control.label, by: step.kind };
}

function controlOf(step: PageStep, page: Page, found: Pagination): { selectors: string[]; label: string } {
  if (step.kind === "scroll") return { selectors: [], label: "" };
  if (step === found.more) return { selectors: step.kind === "click" ? [step.selector] : [], label: step.label };
  const role = step === found.older ? "prev" : "next";
  const link = found.links.find((one) => one.role === role && leadsTo(one.path, step, page));
  const node = link ? nodeAt(page.root, link.path) : null;
  return { selectors: node ? durableSelectors(node, page) : [], label: step.label };
}

function leadsTo(path: string, step: PageStep & { label: string }, page: Page): boolean {
  const node = nodeAt(page.root, path);
  return node !== null && labelOf(node, page) === step.label;
}
