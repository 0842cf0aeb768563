import type { PageOutline } from "../outline/page-outline.ts";
import type { ShapedItem } from "./find-runs.ts";

/** Fewer may be the parts of a page. */
const FEWEST_PARTS = 3;
const WORDS = /[\p{L}\p{N}]/u;

/**
 * What stands between rules: `<hr>`, an empty line, and neighbours that hold no words (a row with a line, a paragraph for
 * room, a line of dashes). A part that begins or ends the container may hold what belongs to no record: of it, only as much
 * as `longest` is next to a rule.
 */
export function partsOf(items: readonly ShapedItem[], outline: PageOutline, longest = Infinity): ShapedItem[][] {
  const parts: ShapedItem[][] = [[]];
  for (const item of items) {
    const [start, end] = outline.spanAcross(item.nodes);
    const isEmpty = !WORDS.test(outline.text.slice(start, end));
    if (isEmpty || item.isParted) parts.push([]);
    if (!isEmpty) parts.at(-1)?.push(item);
  }
  const [first = []] = parts;
  const inner = parts.slice(1).map((part) => part.slice(0, longest));
  return [first.slice(Math.max(0, first.length - longest)), ...inner].filter((part) => part.length > 0);
}

/** The parts of a container, where rules part groups of neighbours; null where they part nothing, or single neighbours. */
export function partedGroups(items: readonly ShapedItem[], outline: PageOutline): ShapedItem[][] | null {
  const whole = partsOf(items, outline);
  if (whole.length < FEWEST_PARTS) return null;
  const inner = whole.slice(1, -1).map((part) => part.length);
  if (inner.filter((length) => length > 1).length * 2 <= inner.length) return null;
  return partsOf(items, outline, Math.max(...inner));
}
