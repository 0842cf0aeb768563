import { isTag, type Element } from "domhandler";
import type { Page } from "../page/page.ts";
import { compileSelector, selectAll } from "../records/selector.ts";
import type { Ranked } from "./rank-lists.ts";

/** Share of records and of selected elements from which the two are the same list. */
const SAME = 0.5;

/**
 * The list that a person's selector points at: its elements are the records, or hold them. Null when the selector is
 * not one of the recipes' language, finds nothing, or finds what is no list.
 */
export function hintedList(page: Page, ranked: readonly Ranked[], source: string): Ranked | null {
  const selector = compileSelector(source.replace(/='([^'"\\]*)'/g, '="$1"'));
  const found = new Set(selector ? selectAll(selector, page.root.children) : []);
  if (found.size === 0) return null;
  const held = ranked.find(({ candidate }) => candidate.containers.every((one) => isWithin(one, found))) ?? null;
  // One element holds the records; several may be them.
  if (found.size === 1 && held) return held;
  let best: Ranked | null = null;
  let bestShare = SAME;
  for (const one of ranked) {
    const { units } = one.candidate;
    const hits = units.filter(({ nodes }) => nodes.some((node) => isTag(node) && found.has(node))).length;
    const share = (2 * hits) / (units.length + found.size);
    if (share > bestShare) [best, bestShare] = [one, share];
  }
  return best ?? held;
}

function isWithin(element: Element, found: ReadonlySet<Element>): boolean {
  for (let node: Element | null = element; node; node = node.parent && isTag(node.parent) ? node.parent : null)
    if (found.has(node)) return true;
  return false;
}
