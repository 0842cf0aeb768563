import { elementsBelow } from "../page/elements.ts";
import type { Page } from "../page/page.ts";
import { resolveUrl } from "../page/resolve-url.ts";
import { addressOfPage, asksForNext, hasPageParameter, pageOfAddress, withoutFragment } from "./address-numbers.ts";
import { stepOf } from "./control-step.ts";
import { controlsOf, type Control } from "./control.ts";
import { onlyElement } from "./durable-selector.ts";
import { findPagination } from "./find-pagination.ts";
import { readPagerLabel } from "./pager-words.ts";
import type { PaginationRecipe } from "./pagination-recipe.ts";
import type { DeclaredTotal, FormStep, PageStep, Pagination } from "./pagination.ts";

/** Where a page of a listing leads. */
export interface PageOutlook {
  /** The next page first, if there is one; then the other pages that the page names. */
  readonly steps: readonly PageStep[];
  readonly declared: DeclaredTotal | null;
  /** Number of this page, from 1, where the page or its address tells it. */
  readonly current: number | null;
}

/**
 * Reads a page of the listing that the recipe was learnt on: by the control that was learnt, else by looking afresh.
 * The last page has no next step: not a disabled control, not one that leads to this page or back.
 */
export function applyPagination(recipe: PaginationRecipe, page: Page): PageOutlook {
  const found = findPagination(page);
  const current = found.current ?? (recipe.addresses && page.url ? pageOfAddress(recipe.addresses, page.url) : null);
  const next = nextStep(recipe, page, found, current);
  const others = found.pages.filter((step) => !next || !isSameTarget(step, next));
  return { steps: next ? [next, ...others] : others, declared: found.declared, current };
}

function nextStep(recipe: PaginationRecipe, page: Page, found: Pagination, current: number | null): PageStep | null {
  const learnt = recipe.next && learntStep(recipe, page);
  const isChronological =
    recipe.next !== null &&
    found.older?.kind !== undefined &&
    found.older.kind !== "scroll" &&
    isLabel(recipe, found.older.label);
  const candidates = [
    learnt,
    isChronological ? found.older : found.next,
    numberedNext(found, current),
    found.next,
    headNext(page),
    found.more,
  ];
  const next = candidates.find((step) => step && leadsOn(step, page, found, current));
  const near = next && skipsPages(next, found, current) ? numberedNext(found, current) : null;
  return next ? asNext(near ?? next, found, current) : null;
}

/** "Next 10" leads past pages that the pager names. */
function skipsPages(step: PageStep, { addresses }: Pagination, current: number | null): boolean {
  if (step.kind !== "link" || !addresses || current === null) return false;
  return (pageOfAddress(addresses, step.url) ?? 0) > current + 1;
}

/** Whether a control of this label, or one that says "next", can no longer be pressed: the pager says itself that it ended. */
export function isSpent(page: Page, label: string): boolean {
  return controlsOf(page).some((control) => control.isDisabled && isSameControl(control, label));
}

function learntStep({ next }: PaginationRecipe, page: Page): PageStep | null {
  if (!next) return null;
  if (next.by === "scroll") return { kind: "scroll", role: "more" };
  const controls = controlsOf(page);
  for (const selector of next.selectors) {
    const node = onlyElement(selector, page);
    const control = node && controls.find((one) => one.node === node);
    if (control && isSameControl(control, next.label)) return stepOf(control, page, "next", null);
  }
  return null;
}

/** By place alone another control may have moved there: "Next" on page 1 can be "Previous" on page 2. */
function isSameControl({ label, said }: Control, learnt: string): boolean {
  if (label === learnt) return true;
  // "Newer" says next, and leads back to where "Older" came from.
  return said.word === "next" && said.mentions.has("next") && !readPagerLabel(learnt).isOlder;
}

function isLabel({ next }: PaginationRecipe, label: string): boolean {
  return next?.label === label;
}

/** `<link rel="next">` in the head; many sites use it for articles too, so its address must speak of pages. */
function headNext(page: Page): PageStep | null {
  for (const { name, attribs } of elementsBelow(page.root)) {
    if (name === "body") return null;
    if (name !== "link" || attribs["rel"]?.toLowerCase() !== "next") continue;
    const url = resolveUrl(attribs["href"] ?? "", page.baseUrl);
    if (url && hasPageParameter(url)) return { kind: "link", url, role: "next", label: "" };
  }
  return null;
}

/** A pager of numbers alone leads on by the number after the current one. */
function numberedNext({ pages }: Pagination, current: number | null): PageStep | null {
  if (current === null) return null;
  return pages.find((step) => step.kind !== "scroll" && step.page === current + 1) ?? null;
}

function leadsOn(step: PageStep, page: Page, found: Pagination, current: number | null): boolean {
  if (step.kind !== "link") return !isPastLast(found, current);
  if (page.url !== null && withoutFragment(step.url) === withoutFragment(page.url)) return asksForNext(step.url);
  if (!found.addresses || current === null) return true;
  const target = pageOfAddress(found.addresses, step.url);
  return target === null || target > current;
}

/** Some pagers leave "Next" alive on the last page; the page number tells. */
function isPastLast({ declared }: Pagination, current: number | null): boolean {
  if (declared?.pages !== undefined && current !== null && current >= declared.pages) return true;
  return declared?.total !== undefined && declared.to !== undefined && declared.to >= declared.total;
}

function asNext(step: PageStep, { addresses }: Pagination, current: number | null): PageStep {
  if (step.kind === "scroll" || step.role === "more") return step;
  const told = step.kind === "link" && addresses ? pageOfAddress(addresses, step.url) : null;
  return { ...step, role: "next", ...(current === null ? {} : { page: told ?? current + 1 }) };
}

function isSameTarget(a: PageStep, b: PageStep): boolean {
  if (a.kind === "link" && b.kind === "link") return a.url === b.url;
  if (a.kind === "form" && b.kind === "form") return a.url === b.url && haveSameFields(a, b);
  return a.kind === "click" && b.kind === "click" && a.selector === b.selector;
}

function haveSameFields({ fields: a }: FormStep, { fields: b }: FormStep): boolean {
  return a.length === b.length && a.every(([name, value], at) => name === b[at]?.[0] && value === b[at][1]);
}

/** Addresses of the pages from 2 to `pages`, by the pattern that was learnt; empty when there is none. */
export function pageAddresses({ addresses }: PaginationRecipe, pages: number): { page: number; url: string }[] {
  if (!addresses) return [];
  return Array.from({ length: Math.max(0, pages - 1) }, (_, at) => ({
    page: at + 2,
    url: addressOfPage(addresses, at + 2),
  }));
}
