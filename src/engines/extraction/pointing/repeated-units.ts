import type { AnyNode } from "domhandler";
import { findLists } from "../lists/find-lists.ts";
import type { RecordUnit } from "../lists/candidate.ts";
import type { Page } from "../page/page.ts";

/** Fewer are shown in full. */
const LEAST_UNITS = 5;
/** Shorter than this on average they are a menu, and every item of it may be the way on. */
const LEAST_LENGTH = 40;
/** More than this are counted, menu or not. */
const MOST_ITEMS = 60;

/** Lists of a page whose records need not all be shown. */
export interface RepeatedUnits {
  /** First nodes of the records that are shown, with the number of records of their list. */
  readonly shown: ReadonlyMap<AnyNode, { readonly position: number; readonly count: number }>;
  /** Nodes of the records that are only counted; the first of each list tells how many. */
  readonly counted: ReadonlyMap<AnyNode, number>;
}

/** Finds what repeats on a page, the likeliest list first; lists do not overlap. */
export function repeatedUnits(page: Page, showsFirst: number): RepeatedUnits {
  const shown = new Map<AnyNode, { position: number; count: number }>();
  const counted = new Map<AnyNode, number>();
  const taken: (readonly [number, number])[] = [];
  for (const { candidate } of findLists(page)) {
    const { units } = candidate;
    const span = [units[0]?.span[0] ?? 0, units.at(-1)?.span[1] ?? 0] as const;
    if (!isWorthCounting(units) || taken.some(([from, to]) => span[0] < to && from < span[1])) continue;
    taken.push(span);
    units.forEach(({ nodes }, at) => {
      const [first] = nodes;
      if (!first) return;
      if (at < showsFirst) shown.set(first, { position: at + 1, count: units.length });
      else for (const node of nodes) counted.set(node, node === first && at === showsFirst ? units.length - at : 0);
    });
  }
  return { shown, counted };
}

function isWorthCounting(units: readonly RecordUnit[]): boolean {
  if (units.length < LEAST_UNITS) return false;
  const length = units.reduce((sum, { span }) => sum + span[1] - span[0], 0) / units.length;
  return length >= LEAST_LENGTH || units.length > MOST_ITEMS;
}
